// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import org.poolswitch.isup.CauseIndicators;
import org.poolswitch.isup.IsupMessage;
import org.poolswitch.isup.IsupMessages;
import org.poolswitch.runtime.Machine;

/** A call towards its caller: the stage it is in, and the ISUP messages that lead from one to the next (Q.764). */
final class CallerSide {
    int association;
    int stream;
    private final Call call;
    private final CallServices services;
    private Stage stage = Stage.SETUP;
    private int cause;
    private boolean acmSent;
    private boolean acmSentHere;
    private boolean owesRlc;
    private int releaseTries;

    CallerSide(final Call call, final Origin origin) {
        this.call = call;
        this.services = call.services;
        this.association = origin.association();
        this.stream = origin.stream();
    }

    Stage stage() {
        return stage;
    }

    /** Q.850 cause of the release, if it has begun. */
    int cause() {
        return cause;
    }

    boolean acmSent() {
        return acmSent;
    }

    /** True while neither side has released. */
    boolean isGoing() {
        return stage == Stage.SETUP || stage == Stage.ALERTING || stage == Stage.ANSWERED;
    }

    /** True if all that is left is to give everything back. */
    boolean isClearing() {
        return stage == Stage.RELEASED || stage == Stage.CLEARING;
    }

    private void send(final IsupMessage message) {
        services.send(call, message);
    }

    private int cic() {
        return call.circuit.cic();
    }

    // ---- to the caller --------------------------------------------------------------------------------------------

    void sendAddressComplete(final boolean subscriberFree) {
        if (stage == Stage.SETUP) {
            stage = Stage.ALERTING;
            acmSent = true;
            acmSentHere = true;
            call.saveState();
            send(IsupMessages.acm(cic(), subscriberFree));
        }
    }

    void sendAlerting() {
        if (stage == Stage.SETUP) {
            sendAddressComplete(true);
        } else if (stage == Stage.ALERTING) {
            call.saveState();
            send(IsupMessages.cpg(cic(), IsupMessages.EVENT_ALERTING));
        }
    }

    void sendAnswer() {
        sendAddressComplete(true);
        if (stage == Stage.ALERTING) {
            stage = Stage.ANSWERED;
            call.saveState();
            send(IsupMessages.anm(cic()));
        }
    }

    void release(final int q850) {
        if (call.isGoing()) {
            call.machine.stopTimer();
            stage = Stage.RELEASING;
            cause = q850;
            call.saveState();
            sendRelease();
        }
    }

    private void sendRelease() {
        releaseTries++;
        send(IsupMessages.rel(cic(), CauseIndicators.LOCAL_NETWORK, cause));
        services.timers().armProtocol(call, call.nowNs() + services.config().releaseNs());
    }

    /** Everything is given back: the circuit is idle. */
    void finish() {
        stage = Stage.IDLE;
        call.saveState();
        // an SG that sends the next IAM waits for no RLC any more, and would take it for that call's
        if (owesRlc && call.next == null) {
            send(IsupMessages.rlc(cic()));
        }
    }

    // ---- from the caller ------------------------------------------------------------------------------------------

    /** The IAM again, after a failover: the SG has not seen any backward message. */
    void onRepeatedIam() {
        // what this controller has sent itself arrives without help: the IAM was only slower than the cookie
        if (acmSent && !acmSentHere && (stage == Stage.ALERTING || stage == Stage.ANSWERED)) {
            acmSentHere = true;
            send(IsupMessages.acm(cic(), call.isRinging()));
        }
    }

    void onRelease(final int q850) {
        if (stage == Stage.RELEASED) {
            return;
        }
        call.machine.stopTimer();
        owesRlc = true;
        if (stage == Stage.CLEARING) {
            return;
        }
        // Q.764 section 2.3.1 e: if both sides release, each REL is answered with RLC
        final boolean wasGoing = call.isGoing();
        stage = Stage.RELEASED;
        cause = q850;
        call.protocolTimerNs = Machine.NO_DEADLINE;
        call.saveState();
        if (wasGoing) {
            call.machine.tell((m, control) -> m.onCallerReleased(control, q850));
        }
        call.clear();
    }

    void onReleaseComplete() {
        if (stage == Stage.RELEASING) {
            startClearing();
        }
    }

    /** The SG uses the circuit for something else, so for it this call is over. */
    void abandon() {
        if (!call.isClearing()) {
            call.machine.stopTimer();
            startClearing();
        }
    }

    private void startClearing() {
        stage = Stage.CLEARING;
        call.protocolTimerNs = Machine.NO_DEADLINE;
        call.clear();
    }

    /** T1, or the wait of a controller that took over a release. */
    void onTimer() {
        if (stage != Stage.RELEASING) {
            return;
        }
        if (releaseTries >= services.config().releaseTries()) {
            startClearing();
            return;
        }
        if (releaseTries > 0) {
            services.count(GwcCounter.RELEASES_REPEATED);
        }
        sendRelease();
    }

    // ---- survival -------------------------------------------------------------------------------------------------

    /** Stands where another controller's cookie says that the call was. */
    void restore(final CallCookie from) {
        stage = from.stage();
        cause = from.cause();
        acmSent = from.has(CallCookie.ACM_SENT);
    }

    /** After a takeover: what the controller before may have owed the caller. */
    void resume() {
        switch (stage) {
            // the ANM may have died with its sender; a second one is ignored
            case ANSWERED -> send(IsupMessages.anm(cic()));
            case RELEASING -> services.timers().armProtocol(call,
                call.nowNs() + services.config().repeatReleaseNs());
            case RELEASED -> owesRlc = true;
            default -> { }
        }
    }
}
