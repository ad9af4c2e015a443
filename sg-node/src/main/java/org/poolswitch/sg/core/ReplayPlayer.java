// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sg.core;

import java.util.List;
import org.poolswitch.isup.CauseIndicators;
import org.poolswitch.isup.IsupMessage;
import org.poolswitch.isup.IsupType;
import org.poolswitch.isup.PartyNumber;
import org.poolswitch.asap.PoolSession;
import org.poolswitch.runtime.Machine;
import org.poolswitch.runtime.MalformedException;

/** Plays captured calls: each forward message at its time, kept or scaled, but never before what it answers. */
public final class ReplayPlayer implements Machine {
    private static final long POLL_NS = 5_000_000L;
    private static final long PATIENCE_NS = 15_000_000_000L;

    private final SgCore core;
    private final List<ReplayCall> calls;
    private final double speed;
    private final long startNs;
    private long nextNs;
    private long lastProgressNs;

    /** @param speed how many times faster than captured */
    public ReplayPlayer(final SgCore core, final List<ReplayCall> calls, final double speed, final long startNs) {
        this.core = core;
        this.calls = List.copyOf(calls);
        this.speed = speed;
        this.startNs = startNs;
        this.nextNs = startNs;
        this.lastProgressNs = startNs;
    }

    /** The calls with what became of them. */
    public List<ReplayCall> calls() {
        return calls;
    }

    /** True if every call has ended, or nothing has happened for so long that nothing will. */
    public boolean isDone(final long nowNs) {
        return calls.stream().allMatch(ReplayCall::isEnded) || nowNs - lastProgressNs > PATIENCE_NS;
    }

    @Override
    public long nextDeadlineNs() {
        return calls.stream().allMatch(ReplayCall::isEnded) ? NO_DEADLINE : nextNs;
    }

    @Override
    public void onDeadline(final long nowNs) {
        if (nextNs > nowNs) {
            return;
        }
        for (final ReplayCall call : calls) {
            play(call, nowNs);
        }
        nextNs = nowNs + POLL_NS;
    }

    private void play(final ReplayCall call, final long nowNs) {
        final ReplayCall.Step step = call.isEnded() ? null : call.nextForward();
        if (step == null || startNs + (long) (step.atNs() / speed) > nowNs) {
            return;
        }
        lastProgressNs = nowNs;
        call.playedNext();
        if (step.type() == IsupType.IAM) {
            core.placeReplay(call, step.isup(), request(call, step), nowNs);
            return;
        }
        final Circuit circuit = core.circuitOf(call);
        if (step.type() == IsupType.REL && !circuit.isIdle()) {
            core.release(circuit, cause(step), nowNs);
        } else if (step.type() != IsupType.RLC && !circuit.isIdle()) {
            // an RLC is sent by the circuit itself when the REL comes
            core.sendRaw(circuit, step.type(), step.isup(), PoolSession.RETAIN, nowNs);
        }
    }

    private CallRequest request(final ReplayCall call, final ReplayCall.Step iam) {
        String called = "";
        try {
            final IsupMessage message = IsupMessage.decode(iam.isup(), 0, iam.isup().length);
            called = PartyNumber.digits(message.variable().get(0));
        } catch (final MalformedException e) {
            // played as it was captured all the same: refusing it is the controller's business
            called = "unreadable";
        }
        return new CallRequest(calls.indexOf(call), startNs + (long) (iam.atNs() / speed), called, "", 0, 0);
    }

    private static int cause(final ReplayCall.Step rel) {
        try {
            return CauseIndicators.value(IsupMessage.decode(rel.isup(), 0, rel.isup().length).variable().get(0));
        } catch (final MalformedException e) {
            return CauseIndicators.NORMAL_UNSPECIFIED;
        }
    }
}
