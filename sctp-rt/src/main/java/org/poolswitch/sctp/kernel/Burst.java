// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

/**
 * How many messages to ask a socket for. The selector is level-triggered, so asking again only to hear that there is
 * nothing is a system call too many, and never asking again is a look at the selector for each message. So it is tried
 * again after each success, and ever more seldom after failures.
 */
final class Burst {
    /** Single reads between two tries, at most. */
    private static final int LONGEST_PAUSE = 15;

    private final int limit;
    private int pause;
    private int singles;
    private int most;

    Burst(final int limit) {
        this.limit = limit;
    }

    /** Messages to ask for now. */
    int most() {
        most = singles > 0 ? 1 : limit;
        return most;
    }

    /** What came of it. */
    void hasRead(final int count) {
        if (most == 1) {
            singles--;
        } else if (count > 1) {
            pause = 0;
        } else {
            pause = Math.min(2 * pause + 1, LONGEST_PAUSE);
            singles = pause;
        }
    }
}
