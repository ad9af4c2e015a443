// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sg.core;

import org.poolswitch.asap.Failover;
import org.poolswitch.asap.PoolSession;
import org.poolswitch.asap.PoolSessionListener;
import org.poolswitch.asap.PoolUser;
import org.poolswitch.asap.SessionFailure;
import org.poolswitch.isup.CauseIndicators;
import org.poolswitch.isup.IsupMessage;
import org.poolswitch.isup.IsupMessages;
import org.poolswitch.isup.IsupType;
import org.poolswitch.m3ua.M3ua;
import org.poolswitch.m3ua.M3uaData;
import org.poolswitch.m3ua.M3uaException;
import org.poolswitch.observe.Counters;
import org.poolswitch.runtime.Machine;
import org.poolswitch.runtime.MalformedException;

/**
 * The circuits' side of the signaling gateway: places calls, keeps what a controller that takes over will need, and
 * judges what comes back.
 */
public final class SgCore implements Machine, PoolSessionListener {
    private static final int FULL = PoolSession.RETAIN | PoolSession.EXPECT_REPLY;

    private final SgConfig config;
    private final SgObserver observer;
    private final Counters counters = new Counters(SgCounter.class);
    private final CircuitTable circuits;
    private final CircuitTimers timers = new CircuitTimers();
    private final ForwardMessages forward;
    private final BackwardMessages backward;
    private int active;
    private int lingering;

    public SgCore(final SgConfig config, final PoolUser user, final SgObserver observer) {
        this.config = config;
        this.observer = observer;
        circuits = new CircuitTable(config);
        forward = new ForwardMessages(config, user, this, observer, counters);
        backward = new BackwardMessages(this, config, forward, timers, counters);
    }

    /** What happened so far. */
    public Counters counters() {
        return counters;
    }

    /** Gauge: calls in whatever state. */
    public int active() {
        return active;
    }

    /** True if no call is left and no RLC is kept any more. */
    public boolean isQuiet() {
        return active == 0 && lingering == 0;
    }

    // ---- calls --------------------------------------------------------------------------------------------------

    /** Places a call on an idle circuit. @return false if there is none: the caller hears congestion */
    public boolean place(final CallRequest request, final long nowNs) {
        counters.increment(SgCounter.CALLS_OFFERED);
        final Circuit circuit = circuits.takeIdle();
        if (circuit == null) {
            counters.increment(SgCounter.CALLS_BLOCKED);
            return false;
        }
        begin(circuit, request, nowNs);
        return send(circuit, IsupMessages.iam(circuit.cic, request.called(), request.calling()), FULL, nowNs);
    }

    /** Plays a captured IAM on the circuit that it names. @return false if that circuit has a call already */
    boolean placeReplay(final ReplayCall replay, final byte[] iam, final CallRequest request, final long nowNs) {
        counters.increment(SgCounter.CALLS_OFFERED);
        final Circuit circuit = circuits.named(replay.opc(), replay.dpc(), replay.cic());
        if (!circuit.isIdle()) {
            counters.increment(SgCounter.CALLS_BLOCKED);
            return false;
        }
        begin(circuit, request, nowNs);
        circuit.replay = replay;
        return sendRaw(circuit, IsupType.IAM, iam, FULL, nowNs);
    }

    private void begin(final Circuit circuit, final CallRequest request, final long nowNs) {
        active++;
        if (circuit.path.isRetaining()) {
            lingering--;
        }
        circuit.state = Circuit.State.WAIT_FIRST;
        circuit.request = request;
        circuit.record = new CallRecord(request, circuit.cic);
        circuit.record.sentNs = nowNs;
        circuit.releaseTries = 0;
        circuit.releaseCause = 0;
        circuit.heard = false;
        timers.start(circuit, nowNs + request.patienceNs(config.firstAnswerNs()));
    }

    boolean send(final Circuit circuit, final IsupMessage message, final int flags, final long nowNs) {
        return sent(circuit, forward.send(circuit, message, flags, nowNs), nowNs);
    }

    /** Sends a captured message as it was. */
    boolean sendRaw(final Circuit circuit, final IsupType type, final byte[] message, final int flags,
        final long nowNs) {
        return sent(circuit, forward.send(circuit, type, message, message.length, flags, nowNs), nowNs);
    }

    private boolean sent(final Circuit circuit, final boolean accepted, final long nowNs) {
        if (!accepted) {
            end(circuit, CallOutcome.LOST, CauseIndicators.SWITCHING_CONGESTION, nowNs);
        }
        return accepted;
    }

    /** The caller hangs up. */
    void release(final Circuit circuit, final int cause, final long nowNs) {
        circuit.state = Circuit.State.WAIT_RLC;
        circuit.releaseCause = cause;
        circuit.releaseTries++;
        circuit.record.releaseNs = nowNs;
        timers.start(circuit, nowNs + config.releaseNs());
        // a repeated REL need not be retained twice
        final int flags = circuit.path.isRetaining(IsupType.REL) ? PoolSession.EXPECT_REPLY : FULL;
        send(circuit, IsupMessages.rel(circuit.cic, CauseIndicators.USER, cause), flags, nowNs);
    }

    void end(final Circuit circuit, final CallOutcome outcome, final int cause, final long nowNs) {
        final CallRecord record = circuit.record;
        record.endNs = nowNs;
        record.cause = cause;
        record.outcome = outcome;
        counters.increment(outcome.counter());
        active--;
        circuit.state = Circuit.State.IDLE;
        timers.stop(circuit);
        if (circuit.replay != null) {
            circuit.replay.onEnd(nowNs);
            circuit.replay = null;
        }
        observer.onEnd(record);
        if (circuit.path.isRetaining()) {
            lingering++;
            timers.start(circuit, nowNs + config.lingerNs());
        } else {
            circuit.path.close(nowNs);
        }
        circuits.giveBack(circuit, config);
    }

    // ---- what comes back ----------------------------------------------------------------------------------------

    @Override
    public void onMessage(final PoolSession session, final int ppid, final byte[] buffer, final int offset,
        final int length, final long nowNs) {
        final Circuit circuit = (Circuit) session.attachment();
        try {
            final M3uaData data = M3uaData.decode(buffer, offset, length);
            final IsupMessage message = IsupMessage.decode(data.userData(), 0, data.userData().length);
            if (ppid != M3ua.PPID || data.si() != M3ua.SI_ISUP || message.cic() != circuit.cic) {
                counters.increment(SgCounter.UNEXPECTED);
                return;
            }
            counters.increment(SgCounter.MESSAGES_BACKWARD);
            observer.onMessage(circuit.cic, false, message.type(), session.element(), nowNs);
            backward.onMessage(circuit, message, nowNs);
        } catch (final M3uaException e) {
            counters.increment(SgCounter.MALFORMED);
            forward.error(session, e.errorCode(), buffer, offset, length, nowNs);
        } catch (final MalformedException e) {
            counters.increment(SgCounter.MALFORMED);
        }
    }

    // ---- sessions -----------------------------------------------------------------------------------------------

    @Override
    public void onFailover(final PoolSession session, final Failover failover, final long nowNs) {
        final Circuit circuit = (Circuit) session.attachment();
        counters.increment(SgCounter.FAILOVERS);
        if (!circuit.isIdle()) {
            circuit.record.failovers++;
        }
    }

    @Override
    public void onRecovered(final PoolSession session, final Failover failover, final long pendingSinceNs,
        final long nowNs) {
        observer.onRecovered(((Circuit) session.attachment()).cic, failover, pendingSinceNs, nowNs);
    }

    @Override
    public void onFailed(final PoolSession session, final SessionFailure reason, final long nowNs) {
        final Circuit circuit = (Circuit) session.attachment();
        final boolean lingered = circuit.isIdle() && circuit.path.isRetaining();
        circuit.path.forget();
        if (!circuit.isIdle()) {
            end(circuit, CallOutcome.LOST, CauseIndicators.NETWORK_OUT_OF_ORDER, nowNs);
        } else if (lingered) {
            lingering--;
        }
    }

    // ---- time ---------------------------------------------------------------------------------------------------

    @Override
    public long nextDeadlineNs() {
        return timers.nextDeadlineNs();
    }

    @Override
    public void onDeadline(final long nowNs) {
        for (Circuit circuit = timers.due(nowNs); circuit != null; circuit = timers.due(nowNs)) {
            onTimer(circuit, nowNs);
        }
    }

    private void onTimer(final Circuit circuit, final long nowNs) {
        switch (circuit.state) {
            case IDLE -> endLinger(circuit, nowNs);
            case WAIT_FIRST, WAIT_ANSWER -> {
                final long giveUp = circuit.request.giveUpNs();
                final boolean asPlanned = giveUp > 0 && nowNs - circuit.record.sentNs >= giveUp;
                release(circuit,
                    asPlanned ? CauseIndicators.NORMAL_CLEARING : CauseIndicators.RECOVERY_ON_TIMER, nowNs);
            }
            case ANSWERED -> release(circuit, CauseIndicators.NORMAL_CLEARING, nowNs);
            default -> {
                if (circuit.releaseTries >= config.releaseTries()) {
                    end(circuit, CallOutcome.LOST, CauseIndicators.RECOVERY_ON_TIMER, nowNs);
                } else {
                    release(circuit, circuit.releaseCause, nowNs);
                }
            }
        }
    }

    private void endLinger(final Circuit circuit, final long nowNs) {
        if (circuit.path.isRetaining()) {
            lingering--;
            circuit.path.close(nowNs);
        }
    }

    /** Where a replay finds its circuit. */
    Circuit circuitOf(final ReplayCall replay) {
        return circuits.named(replay.opc(), replay.dpc(), replay.cic());
    }
}
