// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.util.Arrays;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.AsapTimers;
import org.poolswitch.runtime.Machine;

/** Our element's membership of one pool: wanted, asked for, held and renewed, given back. */
final class Registration {
    private enum State { WANTED, HELD, REFUSED, LEAVING, LEFT }

    final byte[] handle;
    final int policyType;
    private final AsapPoolElement element;
    private final AsapTimers timers;
    private State state = State.WANTED;
    /** A request is under way. */
    private boolean asked;
    private int attempts;
    private long deadlineNs = Machine.NO_DEADLINE;
    private long sentNs;

    Registration(final AsapPoolElement element, final byte[] handle, final int policyType) {
        this.element = element;
        this.handle = handle;
        this.policyType = policyType;
        timers = element.config.timers();
    }

    boolean is(final byte[] otherHandle) {
        return Arrays.equals(handle, otherHandle);
    }

    boolean held() {
        return state == State.HELD;
    }

    /** Whether users choose by our load: the adaptive policies have bit 30 set (RFC 5356). */
    boolean tellsLoad() {
        return (policyType & 0x40000000) != 0 || policyType < 0;
    }

    boolean left() {
        return state == State.LEFT;
    }

    boolean leaving() {
        return state == State.LEAVING || state == State.LEFT;
    }

    long nextDeadlineNs() {
        return deadlineNs;
    }

    /** A registrar is there: it may know nothing of us, so everything is told again. */
    void onRegistrarUp(final long nowNs) {
        attempts = 0;
        if (state == State.LEAVING) {
            leave(nowNs);
        } else if (state != State.LEFT) {
            ask(nowNs);
        }
    }

    void onRegistrarDown(final long nowNs) {
        asked = false;
        deadlineNs = Machine.NO_DEADLINE;
        if (state == State.LEAVING) {
            // the next registrar is told, if one is found in time; keep-alives will tell them otherwise
            deadlineNs = nowNs + timers.t3DeregistrationNs();
        }
    }

    /** Registers, or renews the registration. */
    void ask(final long nowNs) {
        if (leaving()) {
            return;
        }
        asked = true;
        attempts++;
        sentNs = nowNs;
        deadlineNs = nowNs + timers.t2RegistrationNs();
        element.counters.increment(AsapCounter.REGISTRATIONS);
        element.registrar.send(element.registrationMessage(this), nowNs);
    }

    /** Something in the registration changed; tells it now, or as soon as the last message is old enough. */
    void tell(final long nowNs) {
        if (!asked && state == State.HELD) {
            deadlineNs = Math.min(deadlineNs, Math.max(nowNs, sentNs + timers.loadReportNs()));
        }
    }

    void deregister(final long nowNs) {
        if (leaving()) {
            return;
        }
        final boolean known = state != State.WANTED || asked;
        state = State.LEAVING;
        attempts = 0;
        if (!element.registrar.connected()) {
            state = known ? state : State.LEFT;
            deadlineNs = known ? nowNs + timers.t3DeregistrationNs() : Machine.NO_DEADLINE;
        } else {
            leave(nowNs);
        }
    }

    private void leave(final long nowNs) {
        asked = true;
        attempts++;
        deadlineNs = nowNs + timers.t3DeregistrationNs();
        element.registrar.send(element.control.deregistration(handle, element.identifier()), nowNs);
    }

    void onRegistered(final boolean rejected, final long nowNs) {
        if (leaving()) {
            return;
        }
        asked = false;
        attempts = 0;
        state = rejected ? State.REFUSED : State.HELD;
        if (rejected) {
            element.counters.increment(AsapCounter.REGISTRATIONS_REJECTED);
        }
        // T4: renewed before its life ends, each node at its own time. A refusal is not argued with, but what stood in
        // our way may be gone by then.
        final long t4 = timers.t4ReregistrationNs();
        deadlineNs = nowNs + t4 - element.random.nextLong(t4 / 8 + 1);
    }

    void onDeregistered() {
        if (state == State.LEAVING) {
            state = State.LEFT;
            deadlineNs = Machine.NO_DEADLINE;
        }
    }

    void onDeadline(final long nowNs) {
        if (nowNs < deadlineNs) {
            return;
        }
        deadlineNs = Machine.NO_DEADLINE;
        if (state == State.LEAVING) {
            if (element.registrar.connected() && attempts < timers.maxRegistrationAttempts()) {
                leave(nowNs);
            } else {
                state = State.LEFT;
            }
        } else if (!asked) {
            ask(nowNs);
        } else {
            element.counters.increment(AsapCounter.REQUEST_TIMEOUTS);
            if (attempts < timers.maxRegistrationAttempts()) {
                element.registrar.late(nowNs);
                ask(nowNs);
            } else {
                element.registrar.giveUp(nowNs);
            }
        }
    }
}
