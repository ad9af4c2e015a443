// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import org.poolswitch.isup.CauseIndicators;
import org.poolswitch.isup.IsupMessage;
import org.poolswitch.isup.IsupMessages;
import org.poolswitch.isup.PartyNumber;
import org.poolswitch.ras.Guid;
import org.poolswitch.runtime.MalformedException;

/** Finds the call that a signaling gateway's message or cookie is about, or makes it, or says why there is none. */
final class SignalingInput {
    private final CallServices services;
    private final CallTable calls;
    private final Outlet outlet;
    private final GwcObserver observer;
    private final CallIdentifiers identifiers = new CallIdentifiers();

    SignalingInput(final CallServices services, final Outlet outlet, final GwcObserver observer) {
        this.services = services;
        this.calls = services.calls();
        this.outlet = outlet;
        this.observer = observer;
    }

    /** @param octets the message as it came */
    void onMessage(final Origin origin, final IsupMessage message, final byte[] octets) {
        final Call call = calls.on(origin.circuit());
        if (call != null && !call.orphaned) {
            if (call.caller.association == origin.association()) {
                call.caller.stream = origin.stream();
            } else {
                // the SG has been elsewhere meanwhile: what this controller knows of the circuit is history
                call.orphan();
            }
        }
        try {
            switch (message.type()) {
                case IAM -> onIam(call, origin, octets);
                case REL -> onRelease(call, origin, CauseIndicators.value(message.variable().get(0)));
                // Q.764 section 2.9.3.1: the circuit becomes idle whatever it was, and RLC says so
                case RSC -> onRelease(call, origin, CauseIndicators.NORMAL_UNSPECIFIED);
                case RLC -> onReleaseComplete(current(call));
                default -> services.count(GwcCounter.UNEXPECTED);
            }
        } catch (final MalformedException e) {
            services.count(GwcCounter.MALFORMED);
        }
    }

    /** Of an orphan nobody speaks any more, except by a cookie or an IAM. */
    private static Call current(final Call call) {
        return call == null || call.orphaned ? null : call;
    }

    private void onIam(final Call call, final Origin origin, final byte[] iam) throws MalformedException {
        final Guid identifier = identifiers.of(origin.circuit(), iam);
        if (call == null || call.orphaned && call.identifier.equals(identifier)) {
            begin(origin, identifier, iam);
        } else if (call.orphaned) {
            call.next = () -> beginNext(origin, identifier, iam);
            call.endOrphan();
        } else if (call.isRepeated(identifier)) {
            services.count(GwcCounter.DUPLICATE_IAMS);
            call.caller.onRepeatedIam();
        } else {
            call.next = () -> beginNext(origin, identifier, iam);
            call.caller.abandon();
        }
    }

    /** The circuit's last call is cleared. */
    private void beginNext(final Origin origin, final Guid identifier, final byte[] iam) {
        try {
            begin(origin, identifier, iam);
        } catch (final MalformedException e) {
            services.count(GwcCounter.MALFORMED);
        }
    }

    private void begin(final Origin origin, final Guid identifier, final byte[] iam) throws MalformedException {
        final IsupMessage message = IsupMessage.decode(iam, 0, iam.length);
        final String called = PartyNumber.digits(message.variable().get(0));
        final byte[] calling = message.parameter(PartyNumber.CALLING);
        services.count(GwcCounter.CALLS);
        if (!isDialable(called)) {
            services.count(GwcCounter.CALLS_REFUSED_NUMBER);
            refuse(origin, CauseIndicators.INVALID_NUMBER);
        } else if (calls.size() >= services.config().maxCalls() && calls.on(origin.circuit()) == null) {
            services.count(GwcCounter.CALLS_REFUSED_FULL);
            refuse(origin, CauseIndicators.SWITCHING_CONGESTION);
        } else {
            final Call call = open(origin, identifier);
            call.called = called;
            call.calling = calling == null ? "" : callingNumber(calling);
            call.setUp();
        }
    }

    private void refuse(final Origin origin, final int cause) {
        answer(origin, IsupMessages.rel(origin.circuit().cic(), CauseIndicators.LOCAL_NETWORK, cause));
    }

    private void answer(final Origin origin, final IsupMessage message) {
        outlet.isup(origin.circuit(), origin.association(), origin.stream(), message, services.nowNs());
    }

    /** The calling number is told to the gatekeeper if it can be; a strange one is no reason to refuse a call. */
    private static String callingNumber(final byte[] parameter) {
        try {
            final String digits = PartyNumber.digits(parameter);
            return isDialable(digits) ? digits : "";
        } catch (final MalformedException e) {
            return "";
        }
    }

    /** Whether gatekeepers and media gateways can name such a number: H.225.0 dialledDigits, an H.248 pathNAME. */
    static boolean isDialable(final String number) {
        return number.matches("[0-9*#]{1,20}");
    }

    private Call open(final Origin origin, final Guid identifier) {
        final Call call = new Call(services, origin, identifier);
        final Call older = calls.put(call);
        if (older != null) {
            replace(older, call);
        }
        return call;
    }

    /** The circuit's older picture: of the same call it is continued, another call's is given back on the side. */
    private void replace(final Call older, final Call newer) {
        if (older.identifier.equals(newer.identifier)) {
            newer.inherit(older);
            services.retire(older);
            return;
        }
        calls.detach(older);
        if (!older.orphaned) {
            older.orphan();
        }
        services.timers().forget(older);
        older.endOrphan();
    }

    private void onRelease(final Call call, final Origin origin, final int cause) {
        if (call != null) {
            // an IAM that waits for the circuit's last call to be given back is over before it began
            call.next = null;
        }
        if (current(call) != null) {
            call.caller.onRelease(cause);
        } else {
            // Q.764 section 2.3.1: REL on an idle circuit is answered all the same
            answer(origin, IsupMessages.rlc(origin.circuit().cic()));
        }
    }

    private void onReleaseComplete(final Call call) {
        if (call == null) {
            services.count(GwcCounter.UNEXPECTED);
        } else {
            call.caller.onReleaseComplete();
        }
    }

    /** The signaling gateway lost the circuit's controller and turns to us. */
    void onCookie(final int association, final int stream, final CallCookie cookie) {
        if (cookie.stage() == Stage.IDLE) {
            services.count(GwcCounter.TAKEOVERS_IDLE);
            final Call older = calls.on(cookie.circuit());
            if (older != null && older.orphaned) {
                older.endOrphan();
            }
            return;
        }
        services.count(GwcCounter.TAKEOVERS_BY_COOKIE);
        observer.onTakeover(cookie.circuit().cic(), cookie.stage().name(), services.nowNs());
        open(new Origin(cookie.circuit(), association, stream), cookie.callIdentifier()).takeOver(cookie);
    }
}
