// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import java.util.function.Consumer;
import org.poolswitch.call.CallControl;
import org.poolswitch.call.CallMachine;
import org.poolswitch.isup.CauseIndicators;
import org.poolswitch.isup.IsupMessages;
import org.poolswitch.ras.Guid;
import org.poolswitch.runtime.Machine;

/**
 * One call: where it stands towards the caller ({@link Stage}), what is held for it at gatekeeper and media gateway,
 * and
 * the steps from one to the next. What the call should do is the call machine's business; this keeps the promises of
 * docs/failover.md whatever the machine decides.
 */
final class Call implements CallControl {
    /** Where the call stands towards the caller. The order is that of the cookie: do not change it. */
    enum Stage {
        /** No call; a cookie of this stage tells the next controller that there is nothing to do. */
        IDLE,
        /** IAM received. */
        SETUP,
        /** ACM sent. */
        ALERTING,
        /** ANM sent. */
        ANSWERED,
        /** REL sent, RLC awaited. */
        RELEASING,
        /** REL received: everything is given back, then RLC goes. */
        RELEASED,
        /** RLC received: everything is given back. */
        CLEARING
    }

    final GwcCore core;
    final CircuitId circuit;
    final Guid identifier;
    private AdmissionDialogue admission;
    private final MediaDialogue media;
    final int reference;
    int association;
    int stream;
    Stage stage = Stage.SETUP;
    String called;
    String calling;
    private int machineState;
    private int cause;
    private boolean acmSent;
    private boolean acmSentHere;
    private boolean connectedTold;
    boolean ringingSeen;
    boolean answerSeen;
    private boolean endSeen;
    boolean takenOver;
    boolean orphaned;
    boolean removed;
    private boolean ended;
    private int releaseTries;
    private boolean owesRlc;
    /** A new IAM that came before this call was cleared. */
    WaitingIam next;
    long machineTimerNs = Machine.NO_DEADLINE;
    long protocolTimerNs = Machine.NO_DEADLINE;
    long admissionTimerNs = Machine.NO_DEADLINE;

    Call(final GwcCore core, final CircuitId circuit, final Guid identifier, final int reference) {
        this.core = core;
        this.circuit = circuit;
        this.identifier = identifier;
        this.reference = reference;
        this.admission = new AdmissionDialogue(this);
        this.media = new MediaDialogue(this);
    }

    // ---- what the machine may ask ---------------------------------------------------------------------------------

    @Override
    public String called() {
        return called;
    }

    @Override
    public String calling() {
        return calling;
    }

    @Override
    public void redirectTo(final String number) {
        if (!GwcCore.isDialable(number)) {
            throw new IllegalArgumentException("a called number is 1 to 20 of 0123456789*#, not '" + number + "'");
        }
        called = number;
    }

    @Override
    public int state() {
        return machineState;
    }

    @Override
    public void setState(final int state) {
        machineState = state;
    }

    @Override
    public void admit() {
        if (isGoing()) {
            admission.request();
        }
    }

    @Override
    public void connect() {
        if (isGoing()) {
            media.add();
        }
    }

    @Override
    public void sendAddressComplete(final boolean subscriberFree) {
        if (stage == Stage.SETUP) {
            stage = Stage.ALERTING;
            acmSent = true;
            acmSentHere = true;
            saveState();
            core.send(this, IsupMessages.acm(circuit.cic(), subscriberFree));
        }
    }

    @Override
    public void sendAlerting() {
        if (stage == Stage.SETUP) {
            sendAddressComplete(true);
        } else if (stage == Stage.ALERTING) {
            saveState();
            core.send(this, IsupMessages.cpg(circuit.cic(), IsupMessages.EVENT_ALERTING));
        }
    }

    @Override
    public void sendAnswer() {
        if (stage == Stage.SETUP) {
            sendAddressComplete(true);
        }
        if (stage == Stage.ALERTING) {
            stage = Stage.ANSWERED;
            saveState();
            core.send(this, IsupMessages.anm(circuit.cic()));
        }
    }

    @Override
    public void release(final int q850) {
        if (!isGoing()) {
            return;
        }
        stopTimer();
        stage = Stage.RELEASING;
        cause = q850;
        saveState();
        sendRelease();
    }

    private void sendRelease() {
        releaseTries++;
        core.send(this, IsupMessages.rel(circuit.cic(), CauseIndicators.LOCAL_NETWORK, cause));
        core.armProtocolTimer(this, nowNs() + core.config().releaseNs());
    }

    @Override
    public void startTimer(final long ns) {
        core.armMachineTimer(this, nowNs() + ns);
    }

    @Override
    public void stopTimer() {
        machineTimerNs = Machine.NO_DEADLINE;
    }

    @Override
    public long nowNs() {
        return core.nowNs();
    }

    /** True while neither side has released. */
    boolean isGoing() {
        return !orphaned && (stage == Stage.SETUP || stage == Stage.ALERTING || stage == Stage.ANSWERED);
    }

    private boolean isClearing() {
        return stage == Stage.RELEASED || stage == Stage.CLEARING || orphaned && ended;
    }

    // ---- from the caller's side -----------------------------------------------------------------------------------

    void setUp() {
        saveState();
        tell(machine -> machine.onSetup(this));
    }

    /** True for an IAM that this call has had already and that nothing later has made a new one. */
    boolean isRepeated(final Guid iam) {
        return identifier.equals(iam) && stage != Stage.CLEARING;
    }

    /** The IAM again, after a failover: the SG has not seen any backward message. */
    void onRepeatedIam() {
        // what this controller has sent itself arrives without help: the IAM was only slower than the cookie
        if (acmSent && !acmSentHere && (stage == Stage.ALERTING || stage == Stage.ANSWERED)) {
            acmSentHere = true;
            core.send(this, IsupMessages.acm(circuit.cic(), ringingSeen));
        }
    }

    void onRelease(final int q850) {
        if (stage == Stage.RELEASED) {
            return;
        }
        stopTimer();
        owesRlc = true;
        if (stage == Stage.CLEARING) {
            return;
        }
        // Q.764 section 2.3.1 e: if both sides release, each REL is answered with RLC
        final boolean wasGoing = isGoing();
        stage = Stage.RELEASED;
        cause = q850;
        saveState();
        if (wasGoing) {
            tell(machine -> machine.onCallerReleased(this, q850));
        }
        clear();
    }

    void onReleaseComplete() {
        if (stage == Stage.RELEASING) {
            stage = Stage.CLEARING;
            protocolTimerNs = Machine.NO_DEADLINE;
            clear();
        }
    }

    /** The SG uses the circuit for something else, so for it this call is over. */
    void abandon() {
        if (!isClearing()) {
            stopTimer();
            stage = Stage.CLEARING;
            protocolTimerNs = Machine.NO_DEADLINE;
            clear();
        }
    }

    /** A call that was taken over is admitted as ours: not urgent, so not in the rush of the takeover. */
    void onAdmissionTimer() {
        if (isGoing()) {
            admission.requestAgain();
        }
    }

    /** T1, or the wait of a controller that took over a release. */
    void onProtocolTimer() {
        if (orphaned) {
            endOrphan();
        } else if (stage == Stage.RELEASING && releaseTries >= core.config().releaseTries()) {
            stage = Stage.CLEARING;
            clear();
        } else if (stage == Stage.RELEASING) {
            if (releaseTries > 0) {
                core.count(GwcCounter.RELEASES_REPEATED);
            }
            sendRelease();
        }
    }

    // ---- from gatekeeper and media gateway ------------------------------------------------------------------------

    void onAdmitted() {
        if (isClearing()) {
            clear();
        } else if (isGoing() && media.isUntouched()) {
            tell(machine -> machine.onAdmitted(this));
        }
    }

    void onRejected(final int q850) {
        if (isClearing()) {
            clear();
        } else if (isGoing() && media.isUntouched()) {
            core.count(GwcCounter.REJECTED);
            tell(machine -> machine.onRejected(this, q850));
        }
    }

    void onConnected() {
        if (isClearing()) {
            clear();
        } else if (isGoing() && stage != Stage.ANSWERED && !connectedTold) {
            // also if an adopted context's ringing was reported before it was ours: the timer must run
            connectedTold = true;
            tell(machine -> machine.onConnected(this));
        }
    }

    void onMediaFailed(final int q850) {
        if (isClearing()) {
            clear();
        } else if (isGoing()) {
            core.count(GwcCounter.MEDIA_FAILED);
            tell(machine -> machine.onMediaFailed(this, q850));
        }
    }

    /** The context is gone though nobody here gave it back: the controller before was clearing the call. */
    void onContextGone() {
        core.count(GwcCounter.CONTEXTS_GONE);
        if (isClearing()) {
            clear();
        } else if (isGoing()) {
            release(CauseIndicators.NORMAL_CLEARING);
        }
    }

    /** An event of the called side, reported now or found by an audit; told to the machine once. */
    void onLineEvent(final String event) {
        if (!isGoing()) {
            return;
        }
        switch (event) {
            case "cd/rt" -> {
                if (!ringingSeen) {
                    ringingSeen = true;
                    tell(machine -> machine.onRinging(this));
                }
            }
            case "al/of" -> {
                if (!answerSeen) {
                    answerSeen = true;
                    tell(machine -> machine.onAnswer(this));
                }
            }
            case "cd/bt" -> onEnd(machine -> machine.onBusy(this));
            case "cd/ct" -> onEnd(machine -> machine.onCongestion(this));
            case "al/on" -> onEnd(machine -> machine.onHangUp(this));
            default -> core.count(GwcCounter.UNEXPECTED);
        }
    }

    private void onEnd(final Consumer<CallMachine> input) {
        if (!endSeen) {
            endSeen = true;
            tell(input);
        }
    }

    /**
     * Gives the machine an input. A machine that throws ends this call and no other: if it ended the process, the call
     * would go on to the next controller and end that one too.
     */
    private void tell(final Consumer<CallMachine> input) {
        try {
            input.accept(core.machine());
        } catch (final RuntimeException e) {
            core.machineFailed(this, e);
            release(CauseIndicators.TEMPORARY_FAILURE);
        }
    }

    void onMachineTimer() {
        tell(machine -> machine.onTimer(this));
    }

    // ---- giving back ----------------------------------------------------------------------------------------------

    /** Goes on giving back: context and admission at the same time; the end when both are confirmed. */
    void clear() {
        if (orphaned) {
            media.releaseOrphan();
        } else {
            media.release();
        }
        admission.release();
        if (media.isReleased() && admission.isReleased() && !core.isGone(this)) {
            finish();
        }
    }

    private void finish() {
        if (!orphaned) {
            stage = Stage.IDLE;
            saveState();
            if (owesRlc) {
                core.send(this, IsupMessages.rlc(circuit.cic()));
            }
        }
        core.remove(this);
    }

    // ---- survival -------------------------------------------------------------------------------------------------

    /** The cookie goes before the message whose effect it describes. */
    private void saveState() {
        core.sendCookie(this, cookie());
    }

    CallCookie cookie() {
        final int flags = (admission.isHeld() ? CallCookie.ADMITTED : 0) | (ringingSeen ? CallCookie.RINGING_SEEN : 0)
            | (answerSeen ? CallCookie.ANSWER_SEEN : 0) | (acmSent ? CallCookie.ACM_SENT : 0);
        return new CallCookie(stage, flags, cause, circuit, identifier, media.context(), media.element(), machineState,
            called, calling);
    }

    /** Rebuilds the call from another controller's cookie and claims what that one held. */
    void takeOver(final CallCookie from) {
        takenOver = true;
        stage = from.stage();
        cause = from.cause();
        machineState = from.machineState();
        called = from.called();
        calling = from.calling();
        acmSent = from.has(CallCookie.ACM_SENT);
        ringingSeen = from.has(CallCookie.RINGING_SEEN);
        tell(machine -> machine.onTakeover(this));
        if (stage == Stage.SETUP && from.context() == 0) {
            // nothing is known to be held: go through set-up again, what was held is found on the way
            setUp();
            return;
        }
        connectedTold = stage != Stage.SETUP;
        saveState();
        media.claim(from.context(), from.mediaElement());
        switch (stage) {
            case ANSWERED -> {
                core.armAdmissionTimer(this);
                answerSeen = true;
                // the ANM may have died with its sender; a second one is ignored
                core.send(this, IsupMessages.anm(circuit.cic()));
            }
            case ALERTING -> {
                core.armAdmissionTimer(this);
                core.armMachineTimer(this, nowNs() + core.machine().noAnswerNs());
            }
            case RELEASING -> core.armProtocolTimer(this, nowNs() + core.config().repeatReleaseNs());
            case RELEASED -> {
                owesRlc = true;
                admission.requestAgain();
                clear();
            }
            default -> { }
        }
    }

    /** Takes over what an older picture of the same call has at the gatekeeper; the context is claimed anew. */
    void inherit(final Call older) {
        if (older.admission.moveTo(this)) {
            admission = older.admission;
        } else {
            older.admission.end();
        }
        older.media.end();
    }

    /** The SG knows the call no more: everything is given back, if nobody else has it. */
    void endOrphan() {
        if (!ended) {
            core.count(GwcCounter.ORPHANS_CLEARED);
            ended = true;
            clear();
        }
    }

    /** The SG's association is gone: until it returns, this controller speaks for the call to nobody. */
    void orphan() {
        orphaned = true;
        stopTimer();
        media.orphan();
        core.count(GwcCounter.ORPHANED);
        core.armProtocolTimer(this, nowNs() + core.config().orphanHoldNs());
    }

    @Override
    public String toString() {
        return "circuit " + circuit.cic() + " " + stage + (orphaned ? " orphaned" : "") + ", admission " + admission
            + ", media " + media;
    }
}
