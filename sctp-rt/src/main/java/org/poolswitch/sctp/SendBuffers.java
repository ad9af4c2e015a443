// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp;

/** How many messages a send buffer holds, whichever transport it belongs to. */
public final class SendBuffers {
    /**
     * Octets that a message takes up at least: a tiny one costs 216 to keep in user space, and some hundred beside the
     * kernel, which needs as much again.
     */
    private static final int LEAST_MESSAGE = 256;

    private SendBuffers() {
    }

    /** How many messages a send buffer of so many octets holds at most, 1 or more. */
    public static long mostMessages(final long octets) {
        return Math.max(1, octets / LEAST_MESSAGE);
    }
}
