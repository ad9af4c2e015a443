// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.util.concurrent.locks.LockSupport;
import org.poolswitch.runtime.Inbox;

/**
 * Messages at a fixed rate, whatever comes back (open loop). The thread that hands them in sleeps between them, as one
 * does whose next call has not come yet, and does not take a core from those that are measured.
 */
final class Pace {
    /** Sleeps end later than asked for, by 50 to 80 µs: the rest is waited for awake, so that what is due goes then. */
    private static final long AWAKE_NS = 100_000;
    private static final long PATIENCE_NS = 60 * Plan.SECOND_NS;

    private Pace() {
    }

    /** Hands in each message when it is due, or as soon as there is room if that is over, from the calling thread. */
    static void keep(final int perSecond, final long durationNs, final Inbox inbox) {
        final long intervalNs = Plan.SECOND_NS / perSecond;
        final long beginNs = System.nanoTime();
        for (long atNs = 0; atNs < durationNs; atNs += intervalNs) {
            await(beginNs + atNs);
            handIn(beginNs + atNs, inbox);
        }
    }

    private static void handIn(final long dueNs, final Inbox inbox) {
        while (!inbox.tryPublish(0, 0, dueNs, null, 0, 0)) {
            if (System.nanoTime() - dueNs > PATIENCE_NS) {
                throw new IllegalStateException("a client did not take its messages for "
                    + PATIENCE_NS / Plan.SECOND_NS + " s");
            }
            LockSupport.parkNanos(AWAKE_NS);
        }
    }

    private static void await(final long dueNs) {
        for (long leftNs = dueNs - System.nanoTime(); leftNs > 0; leftNs = dueNs - System.nanoTime()) {
            if (leftNs > AWAKE_NS) {
                LockSupport.parkNanos(leftNs - AWAKE_NS);
            } else {
                Thread.onSpinWait();
            }
        }
    }
}
