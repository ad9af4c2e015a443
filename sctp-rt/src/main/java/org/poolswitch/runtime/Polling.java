// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.runtime;

/**
 * Whether a thread that sleeps should look for its next input a while longer before it does. Falling asleep and being
 * woken costs some microseconds of both processor time and delay; where input comes sooner than that, waiting for it
 * costs less. It is decided by what the last waits were, so that a loop with less to do sleeps at once.
 */
final class Polling {
    /**
     * Waited at most, and on average at most for it to be worth while. A sleep costs some 4 us of processor time and as
     * much of delay, and the waits that say whether it pays contain that delay as long as the thread sleeps: with 8 us
     * a peer that answers at once, after 12 us with the waking and 5 without, never had us begin.
     */
    static final long MOST_NS = 16_000;
    /** A longer wait counts as this one: alone it ends polling. */
    private static final long LONG_NS = 16 * MOST_NS;
    private static final int WEIGHT = 8;

    private long averageNs = LONG_NS;

    /** Input came from where the last came, so long after everything before it was dealt with. */
    void waited(final long ns) {
        averageNs += (Math.min(ns, LONG_NS) - averageNs) / WEIGHT;
    }

    /** Input came from elsewhere: whoever polls would have waited in vain. */
    void elsewhere() {
        waited(LONG_NS);
    }

    /** True if the next input will probably come soon enough. */
    boolean pays() {
        return averageNs < MOST_NS;
    }
}
