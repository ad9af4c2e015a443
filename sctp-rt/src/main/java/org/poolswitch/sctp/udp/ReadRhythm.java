// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.udp;

/**
 * How datagrams come to one socket. The selector is level-triggered, so asking again after each one only to hear that
 * there is none is a system call too many, unless datagrams come in bursts.
 */
final class ReadRhythm {
    /** Readable so soon after the loop had other things to do: it waited meanwhile, and others may as well. */
    private static final long WAITED_NS = 3_000;

    private boolean bursting;
    /** Read in vain since the last datagram was dealt with: the next one comes just now, however soon. */
    private boolean foundEmpty;
    /** When the socket was last seen with nothing to be read. */
    private long emptyNs = Long.MIN_VALUE;

    /** The socket was read. */
    void found(final boolean something) {
        foundEmpty = !something;
    }

    /**
     * How many datagrams to ask for.
     *
     * @param sinceRunNs time since the loop's last run ended, whatever it was for: who reads one datagram between runs
     *                   that are for timers alone never catches up
     */
    int mostToRead(final long sinceRunNs, final int inBurst) {
        return bursting || !foundEmpty && sinceRunNs < WAITED_NS ? inBurst : 1;
    }

    /** What came of it. */
    void hasRead(final int count, final long nowNs) {
        bursting = count > 1;
        if (foundEmpty) {
            emptyNs = nowNs;
        }
    }

    /** The answers to what was read are on their way. */
    void dealtWith() {
        foundEmpty = false;
    }

    /** Somebody looked, and there was nothing. */
    void seenEmpty(final long nowNs) {
        emptyNs = nowNs;
    }

    /** True if nothing that came before can be unread. */
    boolean wasEmptySince(final long sinceNs) {
        return emptyNs >= sinceNs;
    }
}
