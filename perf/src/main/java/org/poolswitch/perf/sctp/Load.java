// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.util.concurrent.locks.LockSupport;
import org.poolswitch.runtime.Inbox;

/** How messages come to the end that sends them. */
enum Load {
    /** From its own timer, which an event loop serves every millisecond: twenty are due, each flushed by itself. */
    DUE_TOGETHER(20_000, false),
    /** The same, but those of one association may share packets. */
    SHARING(20_000, false),
    /** From another thread through the node's inbox, one at a time as trunks hand them in: each wakes the loop. */
    ONE_BY_ONE(5_000, true),
    /** The same, and the peer's user answers each at once, as to a request. */
    ANSWERED(5_000, true);

    final int perSecond;
    /** From outside: the loop's own timer has no part in it. */
    final boolean fromOutside;

    Load(final int perSecond, final boolean fromOutside) {
        this.perSecond = perSecond;
        this.fromOutside = fromOutside;
    }

    /** Hands in inputs from the calling thread, each when it is due. */
    void handIn(final Inbox inbox, final long durationNs) {
        final long intervalNs = Plan.SECOND_NS / perSecond;
        final long beginNs = System.nanoTime();
        for (long dueNs = 0; dueNs < durationNs; dueNs += intervalNs) {
            long leftNs = beginNs + dueNs - System.nanoTime();
            while (leftNs > 0 || !inbox.tryPublish(0, 0, beginNs + dueNs, null, 0, 0)) {
                LockSupport.parkNanos(Math.max(intervalNs / 2, leftNs));
                leftNs = beginNs + dueNs - System.nanoTime();
            }
        }
    }
}
