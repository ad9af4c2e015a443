// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sg.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.PriorityQueue;
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
import org.poolswitch.m3ua.M3uaError;
import org.poolswitch.m3ua.M3uaException;
import org.poolswitch.observe.Counters;
import org.poolswitch.runtime.Machine;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sctp.SendStatus;

/**
 * The circuits' side of the signaling gateway: places calls, keeps what a controller that takes over will need, and
 * judges what comes back.
 */
public final class SgCore implements Machine, PoolSessionListener {
    private static final byte[] POOL = "gwc".getBytes(StandardCharsets.US_ASCII);
    private static final int FULL = PoolSession.RETAIN | PoolSession.EXPECT_REPLY;

    private record Timer(long atNs, Circuit circuit) {
    }

    private final SgConfig config;
    private final PoolUser user;
    private final SgObserver observer;
    private final Counters counters = new Counters(SgCounter.class);
    private final CircuitTable circuits;
    private final PriorityQueue<Timer> timers = new PriorityQueue<>((a, b) -> Long.compare(a.atNs(), b.atNs()));
    private final byte[] isup = new byte[IsupMessage.LONGEST];
    private final byte[] m3ua = new byte[512];
    private int active;
    private int lingering;

    public SgCore(final SgConfig config, final PoolUser user, final SgObserver observer) {
        this.config = config;
        this.user = user;
        this.observer = observer;
        this.circuits = new CircuitTable(config);
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
        return sendRaw(circuit, IsupType.IAM, iam, iam.length, FULL, nowNs);
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
        arm(circuit, nowNs + earlier(config.firstAnswerNs(), request.giveUpNs()));
    }

    private static long earlier(final long limit, final long giveUp) {
        return giveUp > 0 ? Math.min(limit, giveUp) : limit;
    }

    private void arm(final Circuit circuit, final long atNs) {
        circuit.deadlineNs = atNs;
        timers.add(new Timer(atNs, circuit));
    }

    private boolean send(final Circuit circuit, final IsupMessage message, final int flags, final long nowNs) {
        return sendRaw(circuit, message.type(), isup, message.encode(isup, 0), flags, nowNs);
    }

    boolean sendRaw(final Circuit circuit, final IsupType type, final byte[] message, final int length,
        final int flags, final long nowNs) {
        if (!circuit.path.isOpen()) {
            circuit.path.open(user.open(POOL, this, circuit, nowNs));
        }
        if (!transfer(circuit, type, message, length, flags, nowNs)) {
            end(circuit, CallOutcome.LOST, CauseIndicators.SWITCHING_CONGESTION, nowNs);
            return false;
        }
        observer.onMessage(circuit.cic, true, type, circuit.path.element(), nowNs);
        return true;
    }

    /** ISUP in M3UA DATA, on the circuit's own session. @return false if that takes nothing more */
    private boolean transfer(final Circuit circuit, final IsupType type, final byte[] message, final int length,
        final int flags, final long nowNs) {
        final M3uaData data = new M3uaData(circuit.opc, circuit.dpc, M3ua.SI_ISUP, config.networkIndicator(), 0,
            circuit.cic & 0x0f, Arrays.copyOf(message, length));
        if (circuit.path.send(type, m3ua, data.encode(m3ua, 0), flags, nowNs) != SendStatus.ACCEPTED) {
            return false;
        }
        counters.increment(SgCounter.MESSAGES_FORWARD);
        return true;
    }

    /** The caller hangs up. */
    void release(final Circuit circuit, final int cause, final long nowNs) {
        circuit.state = Circuit.State.WAIT_RLC;
        circuit.releaseCause = cause;
        circuit.releaseTries++;
        circuit.record.releaseNs = nowNs;
        arm(circuit, nowNs + config.releaseNs());
        // a repeated REL need not be retained twice
        final int flags = circuit.path.isRetaining(IsupType.REL) ? PoolSession.EXPECT_REPLY : FULL;
        send(circuit, IsupMessages.rel(circuit.cic, CauseIndicators.USER, cause), flags, nowNs);
    }

    private void end(final Circuit circuit, final CallOutcome outcome, final int cause, final long nowNs) {
        final CallRecord record = circuit.record;
        record.endNs = nowNs;
        record.cause = cause;
        record.outcome = outcome;
        counters.increment(outcome.counter());
        active--;
        circuit.state = Circuit.State.IDLE;
        circuit.deadlineNs = Machine.NO_DEADLINE;
        if (circuit.replay != null) {
            circuit.replay.onEnd(nowNs);
            circuit.replay = null;
        }
        observer.onEnd(record);
        if (circuit.path.isRetaining()) {
            lingering++;
            arm(circuit, nowNs + config.lingerNs());
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
            onBackward(circuit, message, nowNs);
        } catch (final M3uaException e) {
            counters.increment(SgCounter.MALFORMED);
            if (!M3uaError.isError(buffer, offset, length)) {
                final int octets = M3uaError.encode(e.errorCode(), buffer, offset, length, m3ua, 0);
                session.send(M3ua.PPID, m3ua, 0, octets, 0, nowNs);
            }
        } catch (final MalformedException e) {
            counters.increment(SgCounter.MALFORMED);
        }
    }

    private void onBackward(final Circuit circuit, final IsupMessage message, final long nowNs)
        throws MalformedException {
        if (circuit.isIdle()) {
            onBackwardWhileIdle(circuit, message, nowNs);
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

    private void onBackwardWhileIdle(final Circuit circuit, final IsupMessage message, final long nowNs) {
        counters.increment(SgCounter.UNEXPECTED);
        if (message.type() == IsupType.REL) {
            // Q.764 section 2.3.1: a REL is always answered; after a failover it may come twice
            transfer(circuit, IsupType.RLC, isup, IsupMessages.rlc(circuit.cic).encode(isup, 0), 0, nowNs);
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
            final long giveUp = circuit.request.giveUpNs();
            arm(circuit, circuit.record.sentNs + earlier(config.answerNs(), giveUp));
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
            circuit.deadlineNs = Machine.NO_DEADLINE;
            if (circuit.request.holdNs() > 0) {
                arm(circuit, nowNs + circuit.request.holdNs());
            }
        }
    }

    /** Repeated by a controller that took over is fine, it cannot know; repeated without that is a double. */
    private void duplicate(final Circuit circuit, final int failoversThen) {
        counters.increment(circuit.record.failovers > failoversThen ? SgCounter.DUPLICATES : SgCounter.CALLS_DOUBLED);
    }

    private void onRelease(final Circuit circuit, final int cause, final long nowNs) {
        final boolean colliding = circuit.state == Circuit.State.WAIT_RLC;
        if (!send(circuit, IsupMessages.rlc(circuit.cic), PoolSession.RETAIN, nowNs)) {
            return;
        }
        if (colliding) {
            // Q.764 section 2.3.1 e: both sides released; each still waits for its own RLC
            return;
        }
        if (circuit.record.releaseNs == 0) {
            circuit.record.releaseNs = nowNs;
        }
        end(circuit, CallOutcome.of(cause, circuit.record.answerNs != 0), cause, nowNs);
    }

    private void onReleaseComplete(final Circuit circuit, final long nowNs) {
        if (circuit.state != Circuit.State.WAIT_RLC) {
            counters.increment(SgCounter.UNEXPECTED);
            end(circuit, CallOutcome.LOST, CauseIndicators.PROTOCOL_ERROR, nowNs);
            return;
        }
        circuit.path.releaseAll();
        final boolean byTimer = circuit.releaseCause == CauseIndicators.RECOVERY_ON_TIMER;
        final CallOutcome outcome = byTimer ? CallOutcome.LOST
            : circuit.record.answerNs != 0 ? CallOutcome.COMPLETED : CallOutcome.ABANDONED;
        end(circuit, outcome, circuit.releaseCause, nowNs);
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
        return timers.isEmpty() ? NO_DEADLINE : timers.peek().atNs();
    }

    @Override
    public void onDeadline(final long nowNs) {
        while (!timers.isEmpty() && timers.peek().atNs() <= nowNs) {
            final Timer timer = timers.poll();
            if (timer.circuit().deadlineNs == timer.atNs()) {
                timer.circuit().deadlineNs = NO_DEADLINE;
                onTimer(timer.circuit(), nowNs);
            }
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
