// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import java.util.PriorityQueue;
import org.poolswitch.runtime.Machine;

/** The timers of all calls: of the call machine, of the protocol, and of an admission to be renewed. */
final class CallTimers {
    private enum Kind {
        MACHINE, PROTOCOL, ADMISSION
    }

    private record Timer(long atNs, Call call, Kind kind) {
    }

    private static final int LEAST_STALE = 1_000;

    private int stale;
    private final PriorityQueue<Timer> queue = new PriorityQueue<>((a, b) -> Long.compare(a.atNs, b.atNs));

    void armMachine(final Call call, final long atNs) {
        call.machineTimerNs = atNs;
        queue.add(new Timer(atNs, call, Kind.MACHINE));
    }

    void armProtocol(final Call call, final long atNs) {
        call.protocolTimerNs = atNs;
        queue.add(new Timer(atNs, call, Kind.PROTOCOL));
    }

    void armAdmission(final Call call, final long atNs) {
        call.admissionTimerNs = atNs;
        queue.add(new Timer(atNs, call, Kind.ADMISSION));
    }

    /** Timers of a call that is over would fill the queue until they are due. */
    void forget(final Call call) {
        call.machineTimerNs = Machine.NO_DEADLINE;
        call.protocolTimerNs = Machine.NO_DEADLINE;
        call.admissionTimerNs = Machine.NO_DEADLINE;
        stale++;
        if (stale > queue.size() / 2 + LEAST_STALE) {
            queue.removeIf(timer -> !isArmed(timer));
            stale = 0;
        }
    }

    private static boolean isArmed(final Timer timer) {
        return timer.atNs == switch (timer.kind) {
            case MACHINE -> timer.call.machineTimerNs;
            case PROTOCOL -> timer.call.protocolTimerNs;
            case ADMISSION -> timer.call.admissionTimerNs;
        };
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
            fire(timer, core, nowNs);
        }
        return true;
    }

    private static void fire(final Timer timer, final GwcCore core, final long nowNs) {
        final Call call = timer.call;
        switch (timer.kind) {
            case MACHINE -> {
                call.machineTimerNs = Machine.NO_DEADLINE;
                core.input(call, nowNs, call::onMachineTimer);
            }
            case PROTOCOL -> {
                call.protocolTimerNs = Machine.NO_DEADLINE;
                core.input(call, nowNs, call::onProtocolTimer);
            }
            default -> {
                call.admissionTimerNs = Machine.NO_DEADLINE;
                core.input(call, nowNs, call::onAdmissionTimer);
            }
        }
    }
}
