// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import java.util.function.BiConsumer;
import org.poolswitch.call.CallControl;
import org.poolswitch.call.CallMachine;

/** What a call's called side has done. An event may be reported now, found by an audit, or both: it counts once. */
final class CalledLine {
    private final Call call;
    private boolean connected;
    private boolean ringing;
    private boolean answered;
    private boolean ended;

    CalledLine(final Call call) {
        this.call = call;
    }

    boolean isRinging() {
        return ringing;
    }

    /** Stands where another controller's cookie says that the call was. */
    void restore(final CallCookie from) {
        connected = from.stage() != Stage.SETUP;
        ringing = from.has(CallCookie.RINGING_SEEN);
        answered = from.stage() == Stage.ANSWERED;
    }

    /** The line is seized. */
    void onConnected() {
        if (!connected) {
            // also if an adopted context's ringing was reported before it was ours: the timer must run
            connected = true;
            call.machine.tell(CallMachine::onConnected);
        }
    }

    /** An event of the line's H.248 packages. */
    void onEvent(final String event) {
        switch (event) {
            case "cd/rt" -> {
                if (!ringing) {
                    ringing = true;
                    call.machine.tell(CallMachine::onRinging);
                }
            }
            case "al/of" -> {
                if (!answered) {
                    answered = true;
                    call.machine.tell(CallMachine::onAnswer);
                }
            }
            case "cd/bt" -> onEnd(CallMachine::onBusy);
            case "cd/ct" -> onEnd(CallMachine::onCongestion);
            case "al/on" -> onEnd(CallMachine::onHangUp);
            default -> call.services.count(GwcCounter.UNEXPECTED);
        }
    }

    private void onEnd(final BiConsumer<CallMachine, CallControl> input) {
        if (!ended) {
            ended = true;
            call.machine.tell(input);
        }
    }
}
