// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import org.poolswitch.asap.Failover;
import org.poolswitch.asap.PoolUser;
import org.poolswitch.call.CallMachine;
import org.poolswitch.isup.IsupMessage;
import org.poolswitch.observe.Counters;

/**
 * What calls and their dialogues use of the controller that has them: its settings, its ways out, its timers, and the
 * time of the input that is being handled.
 */
final class CallServices {
    private final GwcConfig config;
    private final CallMachine machine;
    private final PoolUser user;
    private final Outlet outlet;
    private final Fence fence;
    private final DialogueTools tools;
    private final Counters counters;
    private final GwcObserver observer;
    private final CallTable calls = new CallTable();
    private final CallTimers timers;
    private final ArrayDeque<Runnable> later = new ArrayDeque<>();
    private long nowNs;

    CallServices(final GwcConfig config, final CallMachine machine, final PoolUser user, final Outlet outlet,
        final Fence fence, final DialogueTools tools, final Counters counters, final GwcObserver observer) {
        this.config = config;
        this.machine = machine;
        this.user = user;
        this.outlet = outlet;
        this.fence = fence;
        this.tools = tools;
        this.counters = counters;
        this.observer = observer;
        this.timers = new CallTimers(config.renewal());
    }

    // ---- time -----------------------------------------------------------------------------------------------------

    /** Every input begins with this. */
    void at(final long now) {
        nowNs = now;
    }

    long nowNs() {
        return nowNs;
    }

    CallTimers timers() {
        return timers;
    }

    /** Does something after the present input, which must not be interrupted by its own consequences. */
    void later(final Call call, final Runnable step) {
        later.add(() -> {
            if (!call.removed) {
                step.run();
            }
        });
    }

    long nextDeadlineNs() {
        return later.isEmpty() ? timers.nextNs() : nowNs;
    }

    void onDeadline() {
        for (final Runnable step : new ArrayList<>(later)) {
            later.poll();
            step.run();
        }
        timers.fireDue(this);
    }

    // ---- calls ----------------------------------------------------------------------------------------------------

    CallTable calls() {
        return calls;
    }

    /** Something from a gatekeeper or media gateway for a call: waits while it is not clear whose the call is. */
    void input(final Call call, final long now, final Runnable input) {
        nowNs = now;
        if (!call.removed) {
            fence.pass(call.caller.association, call, input);
        }
    }

    /** Nobody will call it any more. */
    void retire(final Call call) {
        timers.forget(call);
        call.removed = true;
    }

    /** The call is over, and the IAM that waited for its circuit has its turn. */
    void remove(final Call call) {
        retire(call);
        calls.remove(call);
        if (call.next != null) {
            later.add(call.next);
        }
    }

    // ---- ways out -------------------------------------------------------------------------------------------------

    void send(final Call call, final IsupMessage message) {
        outlet.isup(call.circuit, call.caller.association, call.caller.stream, message, nowNs);
    }

    void sendCookie(final Call call, final CallCookie cookie) {
        outlet.cookie(call.caller.association, call.caller.stream, cookie, nowNs);
    }

    void recovered(final Call call, final String pool, final Failover failover, final long pendingSinceNs,
        final long now) {
        observer.onRecovered(call.circuit.cic(), pool, failover, pendingSinceNs, now);
    }

    void machineFailed(final Call call, final Throwable e) {
        count(GwcCounter.MACHINE_FAULTS);
        observer.onMachineFault(call.circuit.cic(), e);
    }

    void count(final GwcCounter counter) {
        counters.increment(counter);
    }

    // ---- what there is --------------------------------------------------------------------------------------------

    GwcConfig config() {
        return config;
    }

    CallMachine machine() {
        return machine;
    }

    PoolUser user() {
        return user;
    }

    /** What dialogues with gatekeepers and media gateways need. */
    DialogueTools tools() {
        return tools;
    }
}
