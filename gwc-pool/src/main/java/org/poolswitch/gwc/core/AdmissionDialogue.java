// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import java.nio.charset.StandardCharsets;
import org.poolswitch.asap.Failover;
import org.poolswitch.asap.PoolSession;
import org.poolswitch.asap.PoolSessionListener;
import org.poolswitch.asap.SessionFailure;
import org.poolswitch.isup.CauseIndicators;
import org.poolswitch.ras.AdmissionConfirm;
import org.poolswitch.ras.AdmissionReject;
import org.poolswitch.ras.AdmissionRejectReason;
import org.poolswitch.ras.AdmissionRequest;
import org.poolswitch.ras.DisengageConfirm;
import org.poolswitch.ras.DisengageReject;
import org.poolswitch.ras.DisengageRequest;
import org.poolswitch.ras.RasCodec;
import org.poolswitch.ras.RasMessage;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sctp.SendStatus;

/** A call's admission: ARQ until ACF or ARJ, DRQ until DCF or DRJ (H.225.0 section 7). */
final class AdmissionDialogue implements PoolSessionListener {
    private enum State {
        NONE, REQUESTED, HELD, RELEASING, RELEASED
    }

    static final byte[] POOL = "gk".getBytes(StandardCharsets.US_ASCII);
    private static final int REQUEST = PoolSession.RETAIN | PoolSession.EXPECT_REPLY;

    private Call call;
    private State state = State.NONE;
    private PoolSession session;
    private int sequence;
    private boolean again;

    AdmissionDialogue(final Call call) {
        this.call = call;
    }

    boolean isHeld() {
        return state == State.HELD;
    }

    boolean isReleased() {
        return state == State.RELEASED || state == State.NONE;
    }

    /** The same call, rebuilt: what was asked for it or admitted stays. @return false if there is nothing to keep */
    boolean moveTo(final Call rebuilt) {
        if (state != State.REQUESTED && state != State.HELD) {
            return false;
        }
        call = rebuilt;
        return true;
    }

    void request(final long nowNs) {
        if (state == State.HELD) {
            call.core.later(call, call::onAdmitted);
        } else if (state == State.NONE) {
            state = State.REQUESTED;
            sequence = call.core.tools().nextSequence();
            send(AdmissionRequest.of(sequence, call.core.tools().endpointIdentifier(), call.called,
                call.calling.isEmpty() ? null : call.calling, call.core.config().bandwidth(), call.reference,
                call.identifier, call.identifier), nowNs);
        }
    }

    /** For a call that was taken over: the admission becomes ours; a refusal ends nothing that exists. */
    void requestAgain(final long nowNs) {
        again = true;
        if (state == State.NONE) {
            request(nowNs);
        }
    }

    void release(final long nowNs) {
        if (state == State.HELD) {
            state = State.RELEASING;
            sequence = call.core.tools().nextSequence();
            send(DisengageRequest.of(sequence, call.core.tools().endpointIdentifier(), call.reference, call.identifier,
                call.identifier), nowNs);
        }
    }

    private void send(final RasMessage message, final long nowNs) {
        if (session == null) {
            session = call.core.user().open(POOL, this, null, nowNs);
        }
        final int length = RasCodec.encode(message, call.core.tools().rasWriter());
        final SendStatus status = session == null ? SendStatus.FULL
            : session.send(RasCodec.PPID, call.core.tools().rasWriter().buffer(), 0, length, REQUEST, nowNs);
        if (status != SendStatus.ACCEPTED) {
            call.core.later(call, () -> failed(CauseIndicators.SWITCHING_CONGESTION));
        }
    }

    @Override
    public void onMessage(final PoolSession from, final int ppid, final byte[] buffer, final int offset,
        final int length, final long nowNs) {
        try {
            if (ppid != RasCodec.PPID) {
                call.core.count(GwcCounter.UNEXPECTED);
                return;
            }
            final RasMessage message = RasCodec.decode(buffer, offset, length);
            call.core.input(call, nowNs, () -> onRas(message));
        } catch (final MalformedException e) {
            call.core.count(GwcCounter.MALFORMED);
        }
    }

    private void onRas(final RasMessage message) {
        if (message instanceof AdmissionConfirm acf && waits(State.REQUESTED, acf.requestSeqNum())) {
            answered();
            state = State.HELD;
            tell(true, 0);
        } else if (message instanceof AdmissionReject arj && waits(State.REQUESTED, arj.requestSeqNum())) {
            answered();
            ended();
            tell(false, cause(arj.rejectReason()));
        } else if (message instanceof DisengageConfirm dcf && waits(State.RELEASING, dcf.requestSeqNum())
            || message instanceof DisengageReject drj && waits(State.RELEASING, drj.requestSeqNum())) {
            answered();
            ended();
            call.clear();
        } else {
            // an answer repeated after a failover, or one to somebody else's question
            call.core.count(GwcCounter.UNEXPECTED);
        }
    }

    private boolean waits(final State wanted, final int answerTo) {
        return state == wanted && answerTo == sequence;
    }

    private void answered() {
        session.releaseRetained(session.retained());
    }

    private void tell(final boolean admitted, final int cause) {
        if (admitted) {
            call.onAdmitted();
        } else if (again) {
            if (call.isGoing()) {
                return;
            }
            call.clear();
        } else {
            call.onRejected(cause);
        }
    }

    /** H.225.0 reasons as Q.850 causes (H.246 annex C has the full table). */
    private static int cause(final AdmissionRejectReason reason) {
        switch (reason) {
            case CALLED_PARTY_NOT_REGISTERED, NO_ROUTE_TO_DESTINATION, UNALLOCATED_NUMBER:
                return CauseIndicators.UNALLOCATED_NUMBER;
            case RESOURCE_UNAVAILABLE, EXCEEDS_CALL_CAPACITY:
                return CauseIndicators.NO_CIRCUIT;
            default:
                return CauseIndicators.CALL_REJECTED;
        }
    }

    private void ended() {
        state = State.RELEASED;
        if (session != null) {
            session.close(call.nowNs());
            session = null;
        }
    }

    private void failed(final int cause) {
        final boolean requested = state == State.REQUESTED;
        ended();
        if (requested) {
            tell(false, cause);
        } else {
            call.clear();
        }
    }

    @Override
    public void onFailover(final PoolSession from, final Failover failover, final long nowNs) {
        // the stack has sent the cookie and what waits for an answer; there is nothing to add
    }

    @Override
    public void onRecovered(final PoolSession from, final Failover failover, final long pendingSinceNs,
        final long nowNs) {
        call.core.recovered(call, "gk", failover, pendingSinceNs, nowNs);
    }

    @Override
    public void onFailed(final PoolSession from, final SessionFailure reason, final long nowNs) {
        session = null;
        call.core.input(call, nowNs, () -> failed(CauseIndicators.TEMPORARY_FAILURE));
    }

    /** Forgets everything silently: somebody else speaks for the call. */
    void drop(final long nowNs) {
        if (session != null) {
            session.close(nowNs);
            session = null;
        }
        state = State.RELEASED;
    }

    @Override
    public String toString() {
        return state.toString();
    }
}
