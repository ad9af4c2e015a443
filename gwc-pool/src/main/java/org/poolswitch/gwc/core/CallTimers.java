// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import java.util.PriorityQueue;
import org.poolswitch.runtime.Machine;

/** The timers of all calls: two per call, one of the call machine and one of the protocol. */
final class CallTimers {
    private record Timer(long atNs, Call call, boolean ofMachine) {
    }

    private static final int LEAST_STALE = 1_000;

    private int stale;
    private final PriorityQueue<Timer> queue = new PriorityQueue<>((a, b) -> Long.compare(a.atNs, b.atNs));

    void armMachine(final Call call, final long atNs) {
        call.machineTimerNs = atNs;
        queue.add(new Timer(atNs, call, true));
    }

    void armProtocol(final Call call, final long atNs) {
        call.protocolTimerNs = atNs;
        queue.add(new Timer(atNs, call, false));
    }

    /** Timers of a call that is over would fill the queue until they are due. */
    void forget(final Call call) {
        call.machineTimerNs = Machine.NO_DEADLINE;
        call.protocolTimerNs = Machine.NO_DEADLINE;
        stale++;
        if (stale > queue.size() / 2 + LEAST_STALE) {
            queue.removeIf(timer -> !isArmed(timer));
            stale = 0;
        }
    }

    private static boolean isArmed(final Timer timer) {
        return timer.atNs == (timer.ofMachine ? timer.call.machineTimerNs : timer.call.protocolTimerNs);
    }

    long nextNs() {
        return queue.isEmpty() ? Machine.NO_DEADLINE : queue.peek().atNs;
    }

    /** Takes one that is due. @return whether there was one */
    boolean fireOne(final GwcCore core, final long nowNs) {
        if (nextNs() > nowNs) {
            return false;
        }
        final Timer timer = queue.poll();
        if (isArmed(timer)) {
            if (timer.ofMachine) {
                timer.call.machineTimerNs = Machine.NO_DEADLINE;
                core.input(timer.call, nowNs, () -> core.machine().onTimer(timer.call));
            } else {
                timer.call.protocolTimerNs = Machine.NO_DEADLINE;
                core.input(timer.call, nowNs, timer.call::onProtocolTimer);
            }
        }
        return true;
    }
}
