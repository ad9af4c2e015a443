// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import org.poolswitch.asap.HeldInputs;
import org.poolswitch.asap.PoolElement;
import org.poolswitch.observe.Counters;

/**
 * Inputs that wait because this process was paused and does not know yet whether it may still speak for their calls.
 */
final class Fence {
    /** An input of one call, or of a user ({@code call} null). */
    private record Waiting(Call call, Runnable input) {
    }

    private final PoolElement element;
    private final Counters counters;
    private final HeldInputs<Waiting> waiting;

    /** @param limit how many may wait; more are dropped */
    Fence(final PoolElement element, final int limit, final Counters counters) {
        this.element = element;
        this.waiting = new HeldInputs<>(limit);
        this.counters = counters;
    }

    /** Does what an input asks for, now or when the user has proved that it still wants us. */
    void pass(final int association, final Call call, final Runnable input) {
        if (!element.isFenced(association)) {
            input.run();
        } else if (waiting.add(association, new Waiting(call, input))) {
            counters.increment(GwcCounter.DEFERRED);
        } else {
            counters.increment(GwcCounter.DEFERRED_LOST);
        }
    }

    /** The user still wants us: everything that waited is done. */
    void onUserUnfenced(final int association) {
        for (final Waiting each : waiting.take(association)) {
            if (each.call == null || !each.call.removed) {
                each.input.run();
            }
        }
    }

    /** The user is gone: what third parties said still counts, what it said itself before it left does not. */
    void onUserDown(final int association) {
        for (final Waiting each : waiting.take(association)) {
            if (each.call != null && !each.call.removed) {
                each.input.run();
            }
        }
    }
}
