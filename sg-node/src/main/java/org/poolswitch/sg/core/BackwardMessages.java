// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sg.core;

import org.poolswitch.asap.PoolSession;
import org.poolswitch.isup.CauseIndicators;
import org.poolswitch.isup.IsupMessage;
import org.poolswitch.isup.IsupMessages;
import org.poolswitch.isup.IsupType;
import org.poolswitch.observe.Counters;
import org.poolswitch.runtime.MalformedException;

/**
 * What ISUP messages of the pool mean to a circuit's call (Q.764 section 2). One that comes twice is judged: repeated
 * by a controller that took over is fine, it cannot know; repeated without that is a double.
 */
final class BackwardMessages {
    private final SgCore core;
    private final SgConfig config;
    private final ForwardMessages forward;
    private final CircuitTimers timers;
    private final Counters counters;

    BackwardMessages(final SgCore core, final SgConfig config, final ForwardMessages forward,
        final CircuitTimers timers, final Counters counters) {
        this.core = core;
        this.config = config;
        this.forward = forward;
        this.timers = timers;
        this.counters = counters;
    }

    void onMessage(final Circuit circuit, final IsupMessage message, final long nowNs) throws MalformedException {
        if (circuit.isIdle()) {
            onMessageWhileIdle(circuit, message, nowNs);
            return;
        }
        if (!circuit.heard) {
            circuit.heard = true;
            circuit.path.releaseUpTo(IsupType.IAM);
        }
        if (circuit.replay != null) {
            circuit.replay.onBackward(message.type());
        }
        switch (message.type()) {
            case ACM -> onAddressComplete(circuit, nowNs);
            case ANM, CON -> onAnswer(circuit, nowNs);
            case REL -> onRelease(circuit, CauseIndicators.value(message.variable().get(0)), nowNs);
            case RLC -> onReleaseComplete(circuit, nowNs);
            case CPG, SUS, RES -> { }
            default -> counters.increment(SgCounter.UNEXPECTED);
        }
    }

    private void onMessageWhileIdle(final Circuit circuit, final IsupMessage message, final long nowNs) {
        counters.increment(SgCounter.UNEXPECTED);
        if (message.type() == IsupType.REL) {
            // Q.764 section 2.3.1: a REL is always answered; after a failover it may come twice
            forward.answer(circuit, IsupMessages.rlc(circuit.cic), nowNs);
        }
    }

    private void onAddressComplete(final Circuit circuit, final long nowNs) {
        if (circuit.record.acmNs != 0) {
            duplicate(circuit, circuit.failoversAtAcm);
            return;
        }
        circuit.record.acmNs = nowNs;
        circuit.failoversAtAcm = circuit.record.failovers;
        if (circuit.state == Circuit.State.WAIT_FIRST) {
            circuit.state = Circuit.State.WAIT_ANSWER;
            timers.start(circuit, circuit.record.sentNs + circuit.request.patienceNs(config.answerNs()));
        }
    }

    private void onAnswer(final Circuit circuit, final long nowNs) {
        if (circuit.record.answerNs != 0) {
            duplicate(circuit, circuit.failoversAtAnswer);
            return;
        }
        circuit.record.answerNs = nowNs;
        circuit.failoversAtAnswer = circuit.record.failovers;
        if (circuit.state == Circuit.State.WAIT_FIRST || circuit.state == Circuit.State.WAIT_ANSWER) {
            circuit.state = Circuit.State.ANSWERED;
            timers.stop(circuit);
            if (circuit.request.holdNs() > 0) {
                timers.start(circuit, nowNs + circuit.request.holdNs());
            }
        }
    }

    private void duplicate(final Circuit circuit, final int failoversThen) {
        counters.increment(circuit.record.failovers > failoversThen ? SgCounter.DUPLICATES : SgCounter.CALLS_DOUBLED);
    }

    private void onRelease(final Circuit circuit, final int cause, final long nowNs) {
        final boolean colliding = circuit.state == Circuit.State.WAIT_RLC;
        if (!core.send(circuit, IsupMessages.rlc(circuit.cic), PoolSession.RETAIN, nowNs)) {
            return;
        }
        if (colliding) {
            // Q.764 section 2.3.1 e: both sides released; each still waits for its own RLC
            return;
        }
        if (circuit.record.releaseNs == 0) {
            circuit.record.releaseNs = nowNs;
        }
        core.end(circuit, CallOutcome.of(cause, circuit.record.answerNs != 0), cause, nowNs);
    }

    private void onReleaseComplete(final Circuit circuit, final long nowNs) {
        if (circuit.state != Circuit.State.WAIT_RLC) {
            counters.increment(SgCounter.UNEXPECTED);
            core.end(circuit, CallOutcome.LOST, CauseIndicators.PROTOCOL_ERROR, nowNs);
            return;
        }
        circuit.path.releaseAll();
        final boolean byTimer = circuit.releaseCause == CauseIndicators.RECOVERY_ON_TIMER;
        final CallOutcome outcome = byTimer ? CallOutcome.LOST
            : circuit.record.answerNs != 0 ? CallOutcome.COMPLETED : CallOutcome.ABANDONED;
        core.end(circuit, outcome, circuit.releaseCause, nowNs);
    }
}
