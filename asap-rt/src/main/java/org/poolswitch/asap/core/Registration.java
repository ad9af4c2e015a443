// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.util.Arrays;
import java.util.Objects;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.AsapTimers;
import org.poolswitch.rserpool.ErrorCause;
import org.poolswitch.rserpool.PolicyParameter;
import org.poolswitch.rserpool.PolicyType;
import org.poolswitch.rserpool.TransportParameter;
import org.poolswitch.runtime.Machine;

/** Our element's membership of one pool: wanted, asked for, held and renewed, given back. */
final class Registration {
    private enum State { WANTED, HELD, REFUSED, LEAVING, LEFT }

    /** Load is told again when it moved by a hundredth of the scale: finer steps choose no other element. */
    private static final long LOAD_STEP = 0xffffffffL / 100;
    /** Identifiers tried one after the other if each is somebody else's: with 32 random bits one is enough. */
    private static final int MOST_IDENTIFIERS = 8;

    final byte[] handle;
    private final Registrations all;
    private final AsapTimers timers;
    private TransportParameter transport;
    private PolicyParameter policy;
    /** The application registered something else, which was not told yet. */
    private boolean changed;
    private PolicyParameter told;
    private int identifier;
    private int identifiers = 1;
    private State state = State.WANTED;
    /** A request is under way. */
    private boolean asked;
    private int attempts;
    private long deadlineNs = Machine.NO_DEADLINE;
    private long sentNs;

    /** @param transport where users go; null = our own endpoint */
    Registration(final Registrations all, final byte[] handle, final int identifier, final PolicyParameter policy,
        final TransportParameter transport) {
        this.all = all;
        this.handle = handle;
        this.identifier = identifier;
        this.policy = policy;
        this.transport = transport;
        timers = all.config.timers();
    }

    boolean is(final byte[] otherHandle) {
        return Arrays.equals(handle, otherHandle);
    }

    /** Our PE identifier in this pool. */
    int identifier() {
        return identifier;
    }

    PolicyParameter policy() {
        return policy;
    }

    TransportParameter transport() {
        return transport == null ? all.ownTransport() : transport;
    }

    /** Whether users of this pool may talk ASAP with us. */
    boolean hasControlChannel() {
        return transport == null || transport.use() == TransportParameter.DATA_PLUS_CONTROL;
    }

    boolean held() {
        return state == State.HELD;
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

    /** Registered again, perhaps for another transport: told at once, also if what was told before was refused. */
    void change(final PolicyParameter newPolicy, final TransportParameter newTransport, final long nowNs) {
        if (Objects.equals(transport, newTransport) && policy.equals(newPolicy)) {
            return;
        }
        transport = newTransport;
        policy = newPolicy;
        changed = true;
        if (!asked && all.registrar.connected()) {
            ask(nowNs);
        }
    }

    /** New values, told if they differ enough. */
    void policy(final PolicyParameter changed, final long nowNs) {
        policy = changed;
        if (told != null && differs()) {
            tell(nowNs);
        }
    }

    /** Our load: first value of the adaptive policies (RFC 5356 section 3: bit 30). */
    void load(final long load, final long nowNs) {
        if (isAdaptive(policy.type()) && policy.fields() > 0 && policy.field(0) != load) {
            final int[] values = new int[policy.fields()];
            values[0] = (int) load;
            for (int i = 1; i < values.length; i++) {
                values[i] = (int) policy.field(i);
            }
            policy(PolicyParameter.of(policy.type(), values), nowNs);
        }
    }

    private static boolean isAdaptive(final int type) {
        return (type & PolicyType.ADAPTIVE) != 0 || type < 0 && type != PolicyType.WEIGHTED_RANDOM_DPF;
    }

    private boolean differs() {
        if (!isAdaptive(policy.type()) || policy.type() != told.type()) {
            return !policy.equals(told);
        }
        boolean others = false;
        for (int i = 1; i < policy.fields(); i++) {
            others |= policy.field(i) != told.field(i);
        }
        return others || Math.abs(policy.field(0) - told.field(0)) >= LOAD_STEP;
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
        told = policy;
        changed = false;
        deadlineNs = nowNs + timers.t2RegistrationNs();
        all.counters.increment(AsapCounter.REGISTRATIONS);
        all.registrar.send(all.control.registration(handle, identifier, timers.registrationLifeNs(), transport(),
            policy, transport == null), nowNs);
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
        if (!all.registrar.connected()) {
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
        all.registrar.send(all.control.deregistration(handle, identifier), nowNs);
    }

    void onAccepted(final long nowNs) {
        if (leaving()) {
            return;
        }
        final boolean news = state != State.HELD;
        identifiers = 1;
        answered(State.HELD, nowNs);
        if (changed) {
            ask(nowNs);
        } else if (told != null && differs() || all.registrar.isClaimed()) {
            tell(nowNs);
        }
        if (news) {
            all.observer().onRegistered(handle.clone(), identifier, nowNs);
        }
    }

    void onRefused(final int cause, final long nowNs) {
        if (leaving()) {
            return;
        }
        all.counters.increment(AsapCounter.REGISTRATIONS_REJECTED);
        answered(State.REFUSED, nowNs);
        all.observer().onRegistrationRefused(handle.clone(), cause, nowNs);
        if (cause == ErrorCause.NON_UNIQUE_PE_IDENTIFIER && identifiers < MOST_IDENTIFIERS) {
            // somebody else has it (RFC 5354 section 3.10.4); ours is no better, so we take another
            identifiers++;
            identifier = all.newIdentifier();
            ask(nowNs);
        } else if (changed) {
            ask(nowNs);
        }
    }

    private void answered(final State now, final long nowNs) {
        asked = false;
        attempts = 0;
        state = now;
        all.registrar.onAnswered(sentNs);
        // T4: renewed before its life ends, each node at its own time. A refusal is not argued with, but what stood in
        // our way may be gone by then.
        final long t4 = timers.t4ReregistrationNs();
        deadlineNs = nowNs + t4 - all.random.nextLong(t4 / 8 + 1);
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
            if (all.registrar.connected() && attempts < timers.maxRegistrationAttempts()) {
                leave(nowNs);
            } else {
                state = State.LEFT;
            }
        } else if (!asked) {
            ask(nowNs);
        } else {
            all.counters.increment(AsapCounter.REQUEST_TIMEOUTS);
            if (attempts < timers.maxRegistrationAttempts()) {
                all.registrar.late(nowNs);
                ask(nowNs);
            } else {
                all.registrar.giveUp(nowNs);
            }
        }
    }
}
