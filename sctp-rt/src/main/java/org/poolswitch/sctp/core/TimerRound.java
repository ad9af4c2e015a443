// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

/**
 * Whose timers have their turn, when those of thousands are due at once: a few in each pass, then packets go out and
 * the socket is read. None may have its time-out counted while the answer waits, nor may all take so long that it looks
 * like a pause.
 */
final class TimerRound {
    /** Associations whose timers are looked at before packets go out; after some such passes a shard reads again. */
    private static final int DUE_PER_PASS = 8;

    private final Shared shared;
    private final Agenda agenda;
    private final Timers timers;

    TimerRound(final Shared shared, final Timers timers) {
        this.shared = shared;
        this.agenda = shared.agenda();
        this.timers = timers;
    }

    long nextNs() {
        return Math.min(agenda.nextNs(), shared.pauses().nextNs());
    }

    /** One pass. */
    void onDeadline(final long nowNs) {
        for (Association a = shared.pauses().pollDue(nowNs); a != null; a = shared.pauses().pollDue(nowNs)) {
            if (!a.isClosed()) {
                timers.askAfterPause(a, nowNs);
                agenda.touch(a);
            }
        }
        for (int i = 0; i < DUE_PER_PASS; i++) {
            final Association a = agenda.pollDue(nowNs);
            if (a == null) {
                break;
            }
            if (!timers.catchUp(a, nowNs)) {
                shared.punctuality().late(nowNs - Timers.nextDeadlineNs(a), nowNs);
            }
            shared.counters().increment(SctpCounter.TIMERS);
            timers.onDeadline(a, nowNs);
            agenda.touch(a);
            if (Timers.nextDeadlineNs(a) <= nowNs && !a.isClosed()) {
                // what is due now is written by the flush that follows
                break;
            }
        }
    }

    /** Our own process did not run for so long. */
    void onClockJump(final long pausedNs, final long nowNs) {
        shared.counters().increment(SctpCounter.CLOCK_JUMPS);
        shared.punctuality().late(pausedNs, nowNs);
        shared.pauses().add(shared.table().all(), nowNs);
    }
}
