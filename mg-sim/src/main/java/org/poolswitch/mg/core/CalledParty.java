// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import java.util.random.RandomGenerator;
import org.poolswitch.megaco.PackageItem;

/** The simulated subscriber at the end of one line, for one call. */
final class CalledParty extends Alarm {
    /** Hears what the subscriber does. */
    interface Ear {
        /** Something happened on the subscriber's line. */
        void onLineEvent(CalledParty party, String event, long nowNs);
    }

    private enum State {
        QUIET, CALLED, RINGING, TALKING, DONE
    }

    private static final double LONGEST = 10;

    final Termination line;
    private final CalledSide habits;
    private final AlarmQueue alarms;
    private final RandomGenerator random;
    private final Ear ear;
    private State state = State.QUIET;
    private boolean busy;

    CalledParty(final Termination line, final CalledSide habits, final AlarmQueue alarms,
        final RandomGenerator random, final Ear ear) {
        this.line = line;
        this.habits = habits;
        this.alarms = alarms;
        this.random = random;
        this.ear = ear;
    }

    /** The line gets ringing current. Once is enough: a new owner may repeat the signal. */
    void ring(final long nowNs) {
        if (state == State.QUIET) {
            state = State.CALLED;
            busy = random.nextDouble() < habits.busyFraction();
            alarms.set(this, nowNs + habits.ringAfterNs());
        }
    }

    /** The ringing current stops: who has not answered will not. */
    void stopRinging() {
        if (state == State.CALLED || state == State.RINGING) {
            state = State.QUIET;
            alarms.cancel(this);
        }
    }

    /** The call is gone. */
    void end() {
        state = State.DONE;
        alarms.cancel(this);
    }

    @Override
    void fire(final long nowNs) {
        switch (state) {
            case CALLED -> {
                state = busy ? State.DONE : State.RINGING;
                if (!busy && !never()) {
                    alarms.set(this, nowNs + draw(habits.answerAfterNs()));
                }
                ear.onLineEvent(this, busy ? PackageItem.BUSY : PackageItem.RINGING, nowNs);
            }
            case RINGING -> {
                state = State.TALKING;
                if (random.nextDouble() < habits.hangUpFraction()) {
                    alarms.set(this, nowNs + draw(habits.holdNs()));
                }
                ear.onLineEvent(this, PackageItem.OFF_HOOK, nowNs);
            }
            case TALKING -> {
                state = State.DONE;
                ear.onLineEvent(this, PackageItem.ON_HOOK, nowNs);
            }
            default -> throw new IllegalStateException("a subscriber acts who was not called");
        }
    }

    /** Nobody is at home: a fraction of all calls, drawn among those that are not busy. */
    private boolean never() {
        final double notBusy = 1 - habits.busyFraction();
        return random.nextDouble() * notBusy < habits.noAnswerFraction();
    }

    private long draw(final long mean) {
        if (!habits.exponential()) {
            return mean;
        }
        return (long) (mean * Math.min(LONGEST, -Math.log(1 - random.nextDouble())));
    }
}
