// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gk.core;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.poolswitch.asap.CookieSeal;
import org.poolswitch.asap.ElementListener;
import org.poolswitch.asap.ElementMachine;
import org.poolswitch.asap.PoolElement;
import org.poolswitch.gk.admission.AdmissionPolicy;
import org.poolswitch.observe.Counters;
import org.poolswitch.ras.AdmissionConfirm;
import org.poolswitch.ras.AdmissionReject;
import org.poolswitch.ras.AdmissionRejectReason;
import org.poolswitch.ras.AdmissionRequest;
import org.poolswitch.ras.BandRejectReason;
import org.poolswitch.ras.BandwidthConfirm;
import org.poolswitch.ras.BandwidthReject;
import org.poolswitch.ras.BandwidthRequest;
import org.poolswitch.ras.DisengageConfirm;
import org.poolswitch.ras.DisengageReject;
import org.poolswitch.ras.DisengageRejectReason;
import org.poolswitch.ras.DisengageRequest;
import org.poolswitch.ras.Guid;
import org.poolswitch.ras.InfoRequestResponse;
import org.poolswitch.ras.OtherMessage;
import org.poolswitch.ras.PerWriter;
import org.poolswitch.ras.RasCodec;
import org.poolswitch.ras.RasMessage;
import org.poolswitch.ras.TransportAddress;
import org.poolswitch.ras.UnknownMessageResponse;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.runtime.PlugIns;
import org.poolswitch.sctp.SendStatus;

/** The gatekeeper: admits calls and ends their admission (H.225.0 section 7). See docs/failover.md for who owns one. */
public final class GkCore implements ElementMachine, ElementListener {
    /** The pool that gatekeepers join. */
    public static final byte[] POOL = "gk".getBytes(StandardCharsets.US_ASCII);
    /** 100 percent (RFC 5356 section 4). */
    private static final long FULL_LOAD = 0xffffffffL;

    private final GkConfig config;
    private final AdmissionPolicy policy;
    private final GkObserver observer;
    private final PoolElement element;
    private final TransportAddress callSignalAddress;
    private final Counters counters = new Counters(GkCounter.class);
    private final AdmissionTable admissions = new AdmissionTable();
    private final StatusInquiry inquiry;
    private final CookieSeal seal;
    private final PerWriter writer = new PerWriter();

    /**
     * @param elements          makes our pool element, given this as its listener
     * @param callSignalAddress told in every ACF as the place to send the call's signaling to
     */
    public GkCore(final GkConfig config, final AdmissionPolicy policy,
        final Function<ElementListener, PoolElement> elements, final TransportAddress callSignalAddress,
        final GkObserver observer) {
        this.config = config;
        this.policy = policy;
        this.observer = observer;
        this.element = elements.apply(this);
        this.callSignalAddress = callSignalAddress;
        this.seal = new CookieSeal(config.cookieKey());
        this.inquiry = new StatusInquiry(config, admissions, counters);
    }

    /** Joins the pool. */
    @Override
    public void start(final long nowNs) {
        element.register(POOL, config.policyType(), nowNs);
    }

    /** What happened so far. */
    public Counters counters() {
        return counters;
    }

    /** Gauge: calls admitted and not over. */
    public int admissions() {
        return admissions.size();
    }

    /** Tells the pool how full we are, for its Least Used policies: a few times a second is often enough. */
    public void reportLoad(final long nowNs) {
        element.updateLoad(Math.min(FULL_LOAD, FULL_LOAD * admissions() / config.maxAdmissions()), nowNs);
    }

    /** Gauge: what they use, hundreds of bits per second. */
    public long bandwidth() {
        return admissions.bandwidth();
    }

    /** Our PE identifier. */
    public int identifier() {
        return element.identifier();
    }

    /** Leaves the pool. */
    @Override
    public void beginDrain(final long nowNs) {
        element.deregister(nowNs);
    }

    /** True if the pool knows us no more and no call is admitted here. */
    @Override
    public boolean isDrained() {
        return admissions.size() == 0 && element.isDeregistered();
    }

    // ---- from controllers -----------------------------------------------------------------------------------------

    @Override
    public void onUserUp(final int association, final long nowNs) {
        // it is known when it asks
    }

    @Override
    public void onUserMessage(final int association, final int stream, final int ppid, final byte[] buffer,
        final int offset, final int length, final long nowNs) {
        if (ppid != RasCodec.PPID) {
            counters.increment(GkCounter.UNEXPECTED);
            return;
        }
        try {
            final RasMessage message = RasCodec.decode(buffer, offset, length);
            if (message instanceof AdmissionRequest arq) {
                onAdmissionRequest(association, stream, arq, nowNs);
            } else if (message instanceof DisengageRequest drq) {
                answer(association, stream, disengage(drq), nowNs);
            } else if (message instanceof BandwidthRequest brq) {
                answer(association, stream, changeBandwidth(brq, association, stream, nowNs), nowNs);
            } else if (message instanceof InfoRequestResponse irr) {
                if (!inquiry.onResponse(association, irr, nowNs)) {
                    counters.increment(GkCounter.UNEXPECTED);
                }
            } else if (message.kind().isRequest()) {
                notUnderstood(association, stream, message.requestSeqNum(), buffer, offset, length, nowNs);
            } else {
                counters.increment(GkCounter.UNEXPECTED);
            }
        } catch (final MalformedException e) {
            counters.increment(GkCounter.MALFORMED);
            final OtherMessage header = RasCodec.header(buffer, offset, length);
            if (header != null && header.kind().isRequest()) {
                notUnderstood(association, stream, header.requestSeqNum(), buffer, offset, length, nowNs);
            }
        }
    }

    /** H.225.0 section 7.17: an unknown message is answered with XRS, which is never answered itself. */
    private void notUnderstood(final int association, final int stream, final int number, final byte[] buffer,
        final int offset, final int length, final long nowNs) {
        counters.increment(GkCounter.NOT_UNDERSTOOD);
        answer(association, stream, UnknownMessageResponse.of(number, buffer, offset, length), nowNs);
    }

    /** The call's identifier; an endpoint of version 1 gives only the conference's. */
    private static Guid call(final Guid callIdentifier, final Guid conferenceId) {
        return callIdentifier != null ? callIdentifier : conferenceId;
    }

    private void onAdmissionRequest(final int association, final int stream, final AdmissionRequest arq,
        final long nowNs) {
        final Guid call = call(arq.callIdentifier(), arq.conferenceId());
        Admission admission = admissions.get(call);
        if (admission != null) {
            // a controller that took over asks again: one call is one admission
            counters.increment(GkCounter.ADMITTED_AGAIN);
        } else {
            final AdmissionRejectReason refused = decide(arq);
            if (refused != null) {
                counters.increment(GkCounter.REJECTED);
                answer(association, stream, AdmissionReject.of(arq.requestSeqNum(), refused), nowNs);
                return;
            }
            counters.increment(GkCounter.ADMITTED);
            admission = admissions.add(call, arq.bandWidth());
        }
        admission.callReference = arq.callReferenceValue();
        own(admission, arq.endpointIdentifier(), association, nowNs);
        sendCookie(association, stream, admission, nowNs);
        answer(association, stream, AdmissionConfirm.of(arq.requestSeqNum(), admission.bandwidth, callSignalAddress),
            nowNs);
    }

    private void own(final Admission admission, final String endpoint, final int association, final long nowNs) {
        admissions.owned(admission, endpoint, association);
        inquiry.confirmed(admission, nowNs);
    }

    private AdmissionRejectReason decide(final AdmissionRequest arq) {
        if (admissions.size() >= config.maxAdmissions()) {
            counters.increment(GkCounter.REFUSED_FULL);
            return AdmissionRejectReason.RESOURCE_UNAVAILABLE;
        }
        try {
            final AdmissionRejectReason reason = policy.decide(arq, admissions.size(), admissions.bandwidth());
            if (reason == null || reason.isSendable()) {
                return reason;
            }
            return policyFailed(new IllegalArgumentException("an ARJ cannot say " + reason));
        } catch (final Throwable e) {
            if (!PlugIns.survivable(e)) {
                throw e;
            }
            return policyFailed(e);
        }
    }

    /** It costs this call and no other: if it ended the process, the ARQ would go on and end the next one too. */
    private AdmissionRejectReason policyFailed(final Throwable fault) {
        counters.increment(GkCounter.POLICY_FAULTS);
        observer.onPolicyFault(fault);
        return AdmissionRejectReason.UNDEFINED_REASON;
    }

    private RasMessage disengage(final DisengageRequest drq) {
        final Admission admission = admissions.get(call(drq.callIdentifier(), drq.conferenceId()));
        if (admission == null) {
            // it was disengaged already, and the answer got lost with a gatekeeper: confirming it again is the truth
            counters.increment(GkCounter.DISENGAGED_UNKNOWN);
            return DisengageConfirm.of(drq.requestSeqNum());
        }
        if (!admission.endpoint.equals(drq.endpointIdentifier())) {
            counters.increment(GkCounter.DISENGAGE_REJECTED);
            return DisengageReject.of(drq.requestSeqNum(), DisengageRejectReason.REQUEST_TO_DROP_OTHER);
        }
        counters.increment(GkCounter.DISENGAGED);
        inquiry.forget(admission);
        admissions.remove(admission);
        return DisengageConfirm.of(drq.requestSeqNum());
    }

    private RasMessage changeBandwidth(final BandwidthRequest brq, final int association, final int stream,
        final long nowNs) {
        final Admission admission = admissions.get(call(brq.callIdentifier(), brq.conferenceId()));
        if (admission == null || !admission.endpoint.equals(brq.endpointIdentifier())) {
            counters.increment(GkCounter.BANDWIDTH_REJECTED);
            return new BandwidthReject(brq.requestSeqNum(), BandRejectReason.INVALID_PERMISSION,
                admission == null ? 0 : admission.bandwidth, null);
        }
        counters.increment(GkCounter.BANDWIDTH_CHANGED);
        admissions.change(admission, brq.bandWidth());
        inquiry.confirmed(admission, nowNs);
        sendCookie(association, stream, admission, nowNs);
        return new BandwidthConfirm(brq.requestSeqNum(), brq.bandWidth(), null);
    }

    /** COOKIE_ECHO of a controller whose gatekeeper is lost: what that one had admitted is admitted here now. */
    @Override
    public void onCookieEcho(final int association, final int stream, final byte[] buffer, final int offset,
        final int length, final long nowNs) {
        final AdmissionCookie cookie = AdmissionCookie.open(seal, buffer, offset, length);
        if (cookie == null) {
            counters.increment(GkCounter.BAD_COOKIES);
            observer.onBadCookie(nowNs);
            return;
        }
        counters.increment(GkCounter.TAKEOVERS);
        Admission admission = admissions.get(cookie.callIdentifier());
        if (admission == null) {
            // a call that exists is admitted whatever the limits say now
            admission = admissions.add(cookie.callIdentifier(), cookie.bandwidth());
        }
        own(admission, cookie.endpoint(), association, nowNs);
        sendCookie(association, stream, admission, nowNs);
    }

    @Override
    public void onUserDown(final int association, final long nowNs) {
        admissions.orphan(association, nowNs + config.orphanHoldNs(), inquiry::forget);
    }

    // ---- to controllers ---------------------------------------------------------------------------------------------

    private void sendCookie(final int association, final int stream, final Admission admission, final long nowNs) {
        final byte[] cookie = new AdmissionCookie(admission.callIdentifier, admission.bandwidth, admission.endpoint)
            .seal(seal);
        checked(association, element.sendCookie(association, stream, cookie, 0, cookie.length, nowNs), nowNs);
    }

    private void answer(final int association, final int stream, final RasMessage message, final long nowNs) {
        final int length = RasCodec.encode(message, writer);
        checked(association, element.sendToUser(association, stream, RasCodec.PPID, writer.buffer(), 0, length, nowNs),
            nowNs);
    }

    /** A controller that takes nothing more would wait for answers for ever: let it go, it finds another of us. */
    private void checked(final int association, final SendStatus status, final long nowNs) {
        if (status == SendStatus.FULL) {
            counters.increment(GkCounter.USERS_BLOCKED);
            element.abortUser(association, nowNs);
        }
    }

    // ---- time -------------------------------------------------------------------------------------------------------

    @Override
    public long nextDeadlineNs() {
        return Math.min(admissions.nextDeadlineNs(), inquiry.nextDeadlineNs());
    }

    @Override
    public void onDeadline(final long nowNs) {
        counters.add(GkCounter.ORPHANS_ENDED, admissions.endOrphans(nowNs));
        // on stream 0: it concerns no session, which may be closed already
        inquiry.onDeadline((association, irq) -> answer(association, 0, irq, nowNs), nowNs);
    }
}
