// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

/** A user message on its way: kept until the peer has acknowledged every fragment, so that it can be handed back. */
final class OutMessage {
    final int stream;
    final int ppid;
    final boolean unordered;
    final byte[] data;
    /** Octets already cut into chunks. */
    int taken;
    int fragmentsUnacked;
    boolean sent;
    int ssn;

    OutMessage(final int stream, final int ppid, final boolean unordered, final byte[] data) {
        this.stream = stream;
        this.ppid = ppid;
        this.unordered = unordered;
        this.data = data;
    }

    boolean isAcked() {
        return taken == data.length && fragmentsUnacked == 0;
    }
}
