// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.ArrayList;
import java.util.List;

/**
 * Inputs that wait because this process was paused and does not know yet whether it may still speak for their calls.
 */
final class Fence {
    /** An input of one call, or of a user ({@code call} null). */
    record Waiting(int association, Call call, Runnable input) {
    }

    private final int limit;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

    Fence(final int limit) {
        this.limit = limit;
    }

    /** @return false if too many wait already */
    boolean hold(final int association, final Call call, final Runnable input) {
        return waiting.size() < limit && waiting.add(new Waiting(association, call, input));
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Takes out what waits for one association, in order. */
    List<Waiting> take(final int association) {
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
