// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.poolswitch.asap.PoolElement;
import org.poolswitch.observe.Counters;

/**
 * Inputs that wait because this process was paused and does not know yet whether it may still speak for their calls.
 */
final class Fence {
    /** An input of one call, or of a user ({@code call} null). */
    private record Waiting(int association, Call call, Runnable input) {
    }

    private final PoolElement element;
    private final int limit;
    private final Counters counters;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

    /** @param limit how many may wait; more are dropped */
    Fence(final PoolElement element, final int limit, final Counters counters) {
        this.element = element;
        this.limit = limit;
        this.counters = counters;
    }

    /** Does what an input asks for, now or when the user has proved that it still wants us. */
    void pass(final int association, final Call call, final Runnable input) {
        if (!element.isFenced(association)) {
            input.run();
        } else if (waiting.size() < limit) {
            waiting.add(new Waiting(association, call, input));
            counters.increment(GwcCounter.DEFERRED);
        } else {
            counters.increment(GwcCounter.DEFERRED_LOST);
        }
    }

    /** The user still wants us: everything that waited is done. */
    void onUserUnfenced(final int association) {
        for (final Waiting each : take(association)) {
            if (each.call == null || !each.call.removed) {
                each.input.run();
            }
        }
    }

    /** The user is gone: what third parties said still counts, what it said itself before it left does not. */
    void onUserDown(final int association) {
        for (final Waiting each : take(association)) {
            if (each.call != null && !each.call.removed) {
                each.input.run();
            }
        }
    }

    private List<Waiting> take(final int association) {
        final List<Waiting> taken = new ArrayList<>();
        for (final Iterator<Waiting> all = waiting.iterator(); all.hasNext();) {
            final Waiting each = all.next();
            if (each.association == association) {
                taken.add(each);
                all.remove();
            }
        }
        return taken;
    }
}
