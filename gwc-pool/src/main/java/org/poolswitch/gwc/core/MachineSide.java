// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import java.util.function.BiConsumer;
import org.poolswitch.call.CallControl;
import org.poolswitch.call.CallMachine;
import org.poolswitch.isup.CauseIndicators;
import org.poolswitch.runtime.Machine;
import org.poolswitch.runtime.PlugIns;

/** A call as its call machine sees and steers it, and what the machine is told. */
final class MachineSide implements CallControl {
    private final Call call;
    private int state;

    MachineSide(final Call call) {
        this.call = call;
    }

    /**
     * Gives the machine an input. A machine that throws, whatever it throws, ends this call and no other: if it ended
     * the process, the call would go on to the next controller and end that one too.
     */
    void tell(final BiConsumer<CallMachine, CallControl> input) {
        try {
            input.accept(call.services.machine(), this);
        } catch (final Throwable e) {
            if (!PlugIns.survivable(e)) {
                throw e;
            }
            call.services.machineFailed(call, e);
            call.caller.release(CauseIndicators.TEMPORARY_FAILURE);
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
        if (cause < 1 || cause > CauseIndicators.LARGEST) {
            throw new IllegalArgumentException("a Q.850 cause is 1 to " + CauseIndicators.LARGEST + ", not " + cause);
        }
        call.caller.release(cause);
    }

    @Override
    public void startTimer(final long ns) {
        if (ns < 0) {
            throw new IllegalArgumentException("a timer runs for 0 ns or more, not " + ns);
        }
        final long atNs = nowNs() + ns;
        call.services.timers().armMachine(call, atNs < nowNs() ? Machine.NO_DEADLINE : atNs);
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
