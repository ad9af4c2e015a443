// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import org.poolswitch.call.CallMachine;
import org.poolswitch.isup.CauseIndicators;
import org.poolswitch.ras.Guid;
import org.poolswitch.runtime.Machine;

/**
 * One call: what its caller, its called line, gatekeeper and media gateway have said, and what is held for it. What the
 * call should do is the call machine's business; this keeps the promises of docs/failover.md whatever the machine
 * decides.
 */
final class Call {
    final CallServices services;
    final CircuitId circuit;
    final Guid identifier;
    /** RAS callReferenceValue, and RequestID of the line's events. */
    final int reference;
    final CallerSide caller;
    final MachineSide machine = new MachineSide(this);
    private final CalledLine line = new CalledLine(this);
    private final MediaDialogue media;
    private AdmissionDialogue admission;
    String called;
    String calling;
    /** The context that the newest cookie names. */
    private long toldContext;
    /** The SG's association is gone: we speak for the call to nobody. */
    boolean orphaned;
    /** The call is over, or another picture of it counts. */
    boolean removed;
    private boolean endedAsOrphan;
    /** When T9 is over as far as we know: it was begun anew by the takeover. */
    private long renewedT9Ns = Machine.NO_DEADLINE;
    /** What a new IAM asks for that came before this call was cleared, or null. */
    Runnable next;
    long machineTimerNs = Machine.NO_DEADLINE;
    long protocolTimerNs = Machine.NO_DEADLINE;
    long admissionTimerNs = Machine.NO_DEADLINE;
    long mediaTimerNs = Machine.NO_DEADLINE;

    Call(final CallServices services, final Origin origin, final Guid identifier) {
        this.services = services;
        this.circuit = origin.circuit();
        this.identifier = identifier;
        this.reference = services.tools().nextReference();
        this.caller = new CallerSide(this, origin);
        this.admission = new AdmissionDialogue(this);
        this.media = new MediaDialogue(this);
    }

    long nowNs() {
        return services.nowNs();
    }

    /** True while neither side has released. */
    boolean isGoing() {
        return !orphaned && caller.isGoing();
    }

    boolean isClearing() {
        return caller.isClearing() || orphaned && endedAsOrphan;
    }

    /** Whether this media gateway has its context, as far as we know. */
    boolean hasMediaAt(final int element) {
        return media.isHeldAt(element);
    }

    boolean isRinging() {
        return line.isRinging();
    }

    /** True for an IAM that this call has had already and that nothing later has made a new one. */
    boolean isRepeated(final Guid iam) {
        return identifier.equals(iam) && caller.stage() != Stage.CLEARING;
    }

    // ---- the machine ----------------------------------------------------------------------------------------------

    void setUp() {
        saveState();
        machine.tell(CallMachine::onSetup);
    }

    void admit() {
        if (isGoing()) {
            admission.request();
        }
    }

    void connect() {
        if (isGoing()) {
            media.add();
        }
    }

    // ---- timers ---------------------------------------------------------------------------------------------------

    void onMachineTimer() {
        machine.tell(CallMachine::onTimer);
    }

    /** A call that was taken over is admitted as ours: not urgent, so not in the rush of the takeover. */
    void onAdmissionTimer() {
        if (isGoing()) {
            admission.requestAgain();
        }
    }

    void onMediaTimer() {
        media.onTimer();
    }

    void onProtocolTimer() {
        if (orphaned && !endedAsOrphan) {
            endOrphan();
        } else if (isClearing()) {
            giveUpClearing();
        } else {
            caller.onTimer();
        }
    }

    // ---- from gatekeeper and media gateway ------------------------------------------------------------------------

    void onAdmitted() {
        if (isClearing()) {
            clear();
        } else if (isGoing() && media.isUntouched()) {
            machine.tell(CallMachine::onAdmitted);
        }
    }

    void onRejected(final int q850) {
        if (isClearing()) {
            clear();
        } else if (isGoing() && media.isUntouched()) {
            services.count(GwcCounter.REJECTED);
            machine.tell((m, control) -> m.onRejected(control, q850));
        }
    }

    /** Nothing is held at a gatekeeper any more. A call that goes on without it is not ended for that. */
    void onAdmissionGone() {
        if (isClearing()) {
            clear();
        }
    }

    void onConnected() {
        if (isClearing()) {
            clear();
        } else if (isGoing()) {
            if (caller.stage() != Stage.ANSWERED) {
                line.onConnected();
            }
            if (isGoing() && media.context() != toldContext) {
                // the machine had nothing to say, but whoever takes over must find the context
                saveState();
            }
        }
    }

    /** T9 goes on where it was. @param ageNs how long the line is in the context, or -1 if nobody says */
    void onClaimed(final long ageNs) {
        // whatever else the machine has set meanwhile, and what it has stopped, stays
        if (ageNs > 0 && renewedT9Ns != Machine.NO_DEADLINE && machineTimerNs == renewedT9Ns) {
            machine.tell((m, control) -> control.startTimer(Math.max(0, m.noAnswerNs() - ageNs)));
        }
        renewedT9Ns = Machine.NO_DEADLINE;
    }

    void onMediaFailed(final int q850) {
        if (isClearing()) {
            clear();
        } else if (isGoing()) {
            services.count(GwcCounter.MEDIA_FAILED);
            machine.tell((m, control) -> m.onMediaFailed(control, q850));
        }
    }

    /** The context is gone though nobody here gave it back: the controller before was clearing the call. */
    void onContextGone() {
        services.count(GwcCounter.CONTEXTS_GONE);
        if (isClearing()) {
            clear();
        } else {
            caller.release(CauseIndicators.NORMAL_CLEARING);
        }
    }

    void onLineEvent(final String event) {
        if (isGoing()) {
            line.onEvent(event);
        }
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
        if (media.isReleased() && admission.isReleased() && !removed) {
            if (!orphaned) {
                caller.finish();
            }
            services.remove(this);
        } else if (!removed && protocolTimerNs == Machine.NO_DEADLINE) {
            services.timers().armProtocol(this, nowNs() + services.config().clearingNs());
        }
    }

    /** Whoever owes a confirmation lives and does not give it; the circuit's next call finds what was left. */
    private void giveUpClearing() {
        services.count(GwcCounter.CLEARINGS_GIVEN_UP);
        media.end();
        admission.end();
        clear();
    }

    // ---- survival -------------------------------------------------------------------------------------------------

    /** The cookie goes before the message whose effect it describes. */
    void saveState() {
        toldContext = media.context();
        final int flags = (line.isRinging() ? CallCookie.RINGING_SEEN : 0)
            | (caller.acmSent() ? CallCookie.ACM_SENT : 0);
        services.sendCookie(this, new CallCookie(caller.stage(), flags, caller.cause(), circuit, identifier,
            media.context(), media.element(), machine.state(), called, calling));
    }

    /** Rebuilds the call from another controller's cookie and claims what that one held. */
    void takeOver(final CallCookie from) {
        machine.setState(from.machineState());
        called = from.called();
        calling = from.calling();
        caller.restore(from);
        line.restore(from);
        media.restore(from);
        machine.tell(CallMachine::onTakeover);
        if (caller.stage() == Stage.SETUP && from.context() == 0) {
            // nothing is known to be held: go through set-up again, what was held is found on the way
            setUp();
            return;
        }
        saveState();
        media.claimKnown();
        caller.resume();
        switch (caller.stage()) {
            case ANSWERED -> services.timers().armAdmission(this, nowNs());
            case ALERTING -> {
                services.timers().armAdmission(this, nowNs());
                machine.tell((m, control) -> control.startTimer(m.noAnswerNs()));
                renewedT9Ns = machineTimerNs;
            }
            case RELEASED -> {
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

    /** The SG's association is gone: until it returns, this controller speaks for the call to nobody. */
    void orphan() {
        orphaned = true;
        // the SG sends the IAM that waited again, to whomever it turns to
        next = null;
        machine.stopTimer();
        media.orphan();
        services.count(GwcCounter.ORPHANED);
        services.timers().armProtocol(this, nowNs() + services.config().orphanHoldNs());
    }

    /** The SG knows the call no more: everything is given back, if nobody else has it. */
    void endOrphan() {
        if (!endedAsOrphan) {
            services.count(GwcCounter.ORPHANS_CLEARED);
            endedAsOrphan = true;
        }
        clear();
    }

    @Override
    public String toString() {
        return "circuit " + circuit.cic() + " " + caller.stage() + (orphaned ? " orphaned" : "") + ", admission "
            + admission + ", media " + media;
    }
}
