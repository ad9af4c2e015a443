// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import java.nio.charset.StandardCharsets;
import org.poolswitch.isup.CauseIndicators;
import org.poolswitch.ras.AdmissionConfirm;
import org.poolswitch.ras.AdmissionReject;
import org.poolswitch.ras.AdmissionRejectReason;
import org.poolswitch.ras.AdmissionRequest;
import org.poolswitch.ras.DisengageConfirm;
import org.poolswitch.ras.DisengageReject;
import org.poolswitch.ras.DisengageRequest;
import org.poolswitch.ras.PerWriter;
import org.poolswitch.ras.RasCodec;
import org.poolswitch.ras.RasMessage;
import org.poolswitch.runtime.MalformedException;

/** A call's admission: ARQ until ACF or ARJ, DRQ until DCF or DRJ (H.225.0 section 7). */
final class AdmissionDialogue extends Dialogue {
    private enum State {
        NONE, REQUESTED, HELD, RELEASING, RELEASED
    }

    private static final byte[] POOL = "gk".getBytes(StandardCharsets.US_ASCII);

    private State state = State.NONE;
    private int sequence;
    private boolean again;

    AdmissionDialogue(final Call call) {
        super(call, "gk", RasCodec.PPID, CauseIndicators.TEMPORARY_FAILURE);
    }

    @Override
    byte[] pool() {
        return POOL;
    }

    boolean isReleased() {
        return state == State.RELEASED || state == State.NONE;
    }

    /** The same call, rebuilt: what was asked for it or admitted stays. @return false if there is nothing to keep */
    boolean moveTo(final Call rebuilt) {
        if (state != State.REQUESTED && state != State.HELD) {
            return false;
        }
        giveTo(rebuilt);
        return true;
    }

    void request() {
        final Call call = call();
        if (state == State.HELD) {
            services().later(call, call::onAdmitted);
        } else if (state == State.NONE) {
            state = State.REQUESTED;
            sequence = services().tools().nextSequence();
            request(AdmissionRequest.of(sequence, services().tools().endpointIdentifier(), call.called,
                call.calling.isEmpty() ? null : call.calling, services().config().bandwidth(), call.reference,
                call.identifier, call.identifier));
        }
    }

    /** For a call that was taken over: the admission becomes ours; a refusal ends nothing that exists. */
    void requestAgain() {
        again = true;
        if (state == State.NONE) {
            request();
        }
    }

    void release() {
        if (state == State.HELD) {
            state = State.RELEASING;
            sequence = services().tools().nextSequence();
            request(DisengageRequest.of(sequence, services().tools().endpointIdentifier(), call().reference,
                call().identifier, call().identifier));
        }
    }

    private void request(final RasMessage message) {
        final PerWriter out = services().tools().rasWriter();
        final int length = RasCodec.encode(message, out);
        request(out.buffer(), length);
    }

    @Override
    Runnable read(final byte[] buffer, final int offset, final int length) throws MalformedException {
        final RasMessage message = RasCodec.decode(buffer, offset, length);
        return () -> onRas(message);
    }

    private void onRas(final RasMessage message) {
        if (message instanceof AdmissionConfirm acf && waits(State.REQUESTED, acf.requestSeqNum())) {
            stopRepeating();
            state = State.HELD;
            call().onAdmitted();
        } else if (message instanceof AdmissionReject arj && waits(State.REQUESTED, arj.requestSeqNum())) {
            stopRepeating();
            end();
            refused(cause(arj.rejectReason()));
        } else if (message instanceof DisengageConfirm dcf && waits(State.RELEASING, dcf.requestSeqNum())
            || message instanceof DisengageReject drj && waits(State.RELEASING, drj.requestSeqNum())) {
            stopRepeating();
            end();
            call().onAdmissionGone();
        } else {
            // an answer repeated after a failover, or one to somebody else's question
            services().count(GwcCounter.UNEXPECTED);
        }
    }

    private boolean waits(final State wanted, final int answerTo) {
        return state == wanted && answerTo == sequence;
    }

    private void refused(final int cause) {
        if (again) {
            call().onAdmissionGone();
        } else {
            call().onRejected(cause);
        }
    }

    /** H.225.0 reasons as Q.850 causes (H.246 annex C has the full table). */
    private static int cause(final AdmissionRejectReason reason) {
        return switch (reason) {
            case CALLED_PARTY_NOT_REGISTERED, NO_ROUTE_TO_DESTINATION, UNALLOCATED_NUMBER ->
                CauseIndicators.UNALLOCATED_NUMBER;
            case RESOURCE_UNAVAILABLE, EXCEEDS_CALL_CAPACITY -> CauseIndicators.NO_CIRCUIT;
            default -> CauseIndicators.CALL_REJECTED;
        };
    }

    @Override
    void lost(final int cause) {
        final boolean requested = state == State.REQUESTED;
        end();
        if (requested) {
            refused(cause);
        } else {
            call().onAdmissionGone();
        }
    }

    @Override
    void end() {
        state = State.RELEASED;
        super.end();
    }

    @Override
    public String toString() {
        return state.toString();
    }
}
