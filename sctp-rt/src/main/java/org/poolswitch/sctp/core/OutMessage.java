// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.util.Arrays;
import org.poolswitch.sctp.UndeliveredMessage;

/**
 * A user message on its way: kept until the peer has acknowledged every fragment, so that it can be handed back.
 * Comes from a {@link MessagePool} and returns there.
 */
final class OutMessage {
    final byte[] data;
    final int sizeClass;
    /** The one sent after this one, or the next free one in the pool. */
    OutMessage next;
    int length;
    int stream;
    int ppid;
    boolean unordered;
    /** Octets already cut into chunks. */
    int taken;
    /** TSN of its first fragment, once there is one; the others follow it. */
    int firstTsn;
    /** Fragments with a TSN that the peer has not acknowledged, not even by a gap block. */
    int fragmentsUnacked;
    /** Fragments whose TSN is above the cumulative one: they may still be taken back (section 6.2.1). */
    int fragmentsHeld;
    boolean sent;
    boolean abandoned;
    int ssn;
    long expiresNs;

    OutMessage(final int sizeClass, final int capacity) {
        this.sizeClass = sizeClass;
        this.data = new byte[capacity];
    }

    void set(final int toStream, final int protocol, final boolean isUnordered, final long expires,
        final byte[] buffer, final int offset, final int octets) {
        stream = toStream;
        ppid = protocol;
        unordered = isUnordered;
        expiresNs = expires;
        length = octets;
        System.arraycopy(buffer, offset, data, 0, octets);
        taken = 0;
        fragmentsUnacked = 0;
        fragmentsHeld = 0;
        sent = false;
        abandoned = false;
        ssn = 0;
        next = null;
    }

    boolean isCut() {
        return taken == length;
    }

    boolean isAcked() {
        return isCut() && fragmentsUnacked == 0;
    }

    /** Nothing will ask for its bytes again. */
    boolean isDone() {
        return (isCut() || abandoned) && fragmentsHeld == 0;
    }

    UndeliveredMessage undelivered() {
        return new UndeliveredMessage(stream, ppid, unordered, sent, Arrays.copyOf(data, length));
    }
}
