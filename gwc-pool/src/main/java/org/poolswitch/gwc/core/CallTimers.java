// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import java.util.PriorityQueue;
import org.poolswitch.runtime.Machine;

/** The timers of all calls: of machine and protocol, of an admission to be renewed, of a gateway out of reach. */
final class CallTimers {
    private enum Kind {
        MACHINE, PROTOCOL, ADMISSION, MEDIA
    }

    private record Timer(long atNs, Call call, Kind kind) {
    }

    private static final int LEAST_STALE = 1_000;

    private final AdmissionRenewal renewal;
    private final PriorityQueue<Timer> queue = new PriorityQueue<>((a, b) -> Long.compare(a.atNs, b.atNs));
    private int stale;
    private int renewalSlot;

    CallTimers(final AdmissionRenewal renewal) {
        this.renewal = renewal;
    }

    void armMachine(final Call call, final long atNs) {
        call.machineTimerNs = atNs;
        if (atNs != Machine.NO_DEADLINE) {
            queue.add(new Timer(atNs, call, Kind.MACHINE));
        }
    }

    void armProtocol(final Call call, final long atNs) {
        call.protocolTimerNs = atNs;
        queue.add(new Timer(atNs, call, Kind.PROTOCOL));
    }

    /** Calls taken over together renew their admissions one after another. */
    void armAdmission(final Call call, final long nowNs) {
        renewalSlot = (renewalSlot + 1) % renewal.slots();
        call.admissionTimerNs = nowNs + renewal.delayNs() + renewalSlot * renewal.gapNs();
        queue.add(new Timer(call.admissionTimerNs, call, Kind.ADMISSION));
    }

    void armMedia(final Call call, final long atNs) {
        call.mediaTimerNs = atNs;
        queue.add(new Timer(atNs, call, Kind.MEDIA));
    }

    /** Timers of a call that is over would fill the queue until they are due. */
    void forget(final Call call) {
        call.machineTimerNs = Machine.NO_DEADLINE;
        call.protocolTimerNs = Machine.NO_DEADLINE;
        call.admissionTimerNs = Machine.NO_DEADLINE;
        call.mediaTimerNs = Machine.NO_DEADLINE;
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
            case MEDIA -> timer.call.mediaTimerNs;
        };
    }

    long nextNs() {
        return queue.isEmpty() ? Machine.NO_DEADLINE : queue.peek().atNs;
    }

    /** Fires those that are due, and those that become due by it. */
    void fireDue(final CallServices services) {
        final long nowNs = services.nowNs();
        while (nextNs() <= nowNs) {
            final Timer timer = queue.poll();
            if (isArmed(timer)) {
                fire(timer, services, nowNs);
            }
        }
    }

    private static void fire(final Timer timer, final CallServices services, final long nowNs) {
        final Call call = timer.call;
        switch (timer.kind) {
            case MACHINE -> {
                call.machineTimerNs = Machine.NO_DEADLINE;
                services.input(call, nowNs, call::onMachineTimer);
            }
            case PROTOCOL -> {
                call.protocolTimerNs = Machine.NO_DEADLINE;
                services.input(call, nowNs, call::onProtocolTimer);
            }
            case ADMISSION -> {
                call.admissionTimerNs = Machine.NO_DEADLINE;
                services.input(call, nowNs, call::onAdmissionTimer);
            }
            default -> {
                call.mediaTimerNs = Machine.NO_DEADLINE;
                services.input(call, nowNs, call::onMediaTimer);
            }
        }
    }
}
