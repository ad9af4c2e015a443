// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import java.util.function.BiConsumer;
import org.poolswitch.call.CallControl;
import org.poolswitch.call.CallMachine;
import org.poolswitch.isup.CauseIndicators;
import org.poolswitch.runtime.Machine;

/** A call as its call machine sees and steers it, and what the machine is told. */
final class MachineSide implements CallControl {
    private final Call call;
    private int state;

    MachineSide(final Call call) {
        this.call = call;
    }

    /**
     * Gives the machine an input. A machine that throws ends this call and no other: if it ended the process, the call
     * would go on to the next controller and end that one too.
     */
    void tell(final BiConsumer<CallMachine, CallControl> input) {
        try {
            input.accept(call.services.machine(), this);
        } catch (final RuntimeException e) {
            call.services.machineFailed(call, e);
            release(CauseIndicators.TEMPORARY_FAILURE);
        }
    }

    @Override
    public String called() {
        return call.called;
    }

    @Override
    public String calling() {
        return call.calling;
    }

    @Override
    public void redirectTo(final String number) {
        if (!SignalingInput.isDialable(number)) {
            throw new IllegalArgumentException("a called number is 1 to 20 of 0123456789*#, not '" + number + "'");
        }
        call.called = number;
    }

    @Override
    public int state() {
        return state;
    }

    @Override
    public void setState(final int newState) {
        state = newState;
    }

    @Override
    public void admit() {
        call.admit();
    }

    @Override
    public void connect() {
        call.connect();
    }

    @Override
    public void sendAddressComplete(final boolean subscriberFree) {
        call.caller.sendAddressComplete(subscriberFree);
    }

    @Override
    public void sendAlerting() {
        call.caller.sendAlerting();
    }

    @Override
    public void sendAnswer() {
        call.caller.sendAnswer();
    }

    @Override
    public void release(final int cause) {
        call.caller.release(cause);
    }

    @Override
    public void startTimer(final long ns) {
        call.services.timers().armMachine(call, nowNs() + ns);
    }

    @Override
    public void stopTimer() {
        call.machineTimerNs = Machine.NO_DEADLINE;
    }

    @Override
    public long nowNs() {
        return call.nowNs();
    }
}
