// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import org.poolswitch.sctp.SctpConfig;

/**
 * How late a process was lately: our own, whose timers were run late, or a peer's, who broke his silence late. What an
 * overloaded machine does once it does again, and what it does to us it does to peers on it as well: one that is merely
 * not scheduled must not be taken for dead. A peer that is slow on purpose puts off nothing but his own end.
 */
final class Punctuality {
    /** Timers of the JVM and the scheduler of a healthy machine are this late now and then: that proves nothing. */
    private static final long USUAL_NS = 8_000_000;
    /** A peer's delay is a whole way there and back, with two schedulers and a network in it: more is usual. */
    private static final long USUAL_OF_PEERS_NS = 2 * USUAL_NS;
    /**
     * How long a delay of our own is remembered, at least. An overloaded machine shows one in nearly every second; a
     * peer's is only seen when we wait for it just then, once in a minute or two, and Load.Memory is longer.
     */
    private static final long WINDOW_NS = 10_000_000_000L;
    /** The patience never grows beyond this: an overloaded machine must still notice the dead. */
    private static final long MOST_NS = 1_000_000_000L;

    private final long usualNs;
    private final int factor;
    private final long windowNs;
    private long worstNs;
    private long worstBeforeNs;
    private long windowEndNs = Long.MIN_VALUE;

    private Punctuality(final SctpConfig config, final long usualNs, final long windowNs) {
        this.usualNs = usualNs;
        this.windowNs = windowNs;
        this.factor = config.loadPatience();
    }

    /** Of our own process. */
    static Punctuality ours(final SctpConfig config) {
        return new Punctuality(config, USUAL_NS, WINDOW_NS);
    }

    /** Of a peer's. */
    static Punctuality peers(final SctpConfig config) {
        return new Punctuality(config, USUAL_OF_PEERS_NS, config.loadMemoryNs());
    }

    /** Something was done so much later than it was due. */
    void late(final long lateNs, final long nowNs) {
        if (lateNs > usualNs) {
            turn(nowNs);
            worstNs = Math.max(worstNs, lateNs);
        }
    }

    private void turn(final long nowNs) {
        if (nowNs >= windowEndNs) {
            final boolean next = windowEndNs != Long.MIN_VALUE && nowNs - windowEndNs < windowNs;
            // nothing at all for a whole window: the one before is forgotten too
            worstBeforeNs = next ? worstNs : 0;
            worstNs = 0;
            // right behind the one before, however late it is asked: no delay counts for longer than two
            windowEndNs = next ? windowEndNs + windowNs : nowNs + windowNs;
        }
    }

    /** How much longer than usual a peer may be silent. */
    long patienceNs(final long nowNs) {
        if (worstNs == 0 && worstBeforeNs == 0) {
            return 0;
        }
        turn(nowNs);
        final long worst = Math.max(worstNs, worstBeforeNs);
        return worst == 0 ? 0 : Math.min(MOST_NS, factor * (worst - usualNs));
    }
}
