// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Inputs of an element's application that wait while their users are fenced ({@link PoolElement#isFenced}): the process
 * was paused, and it is not clear whether it may still act on them. Bounded, all users together.
 *
 * @param <T> what waits
 */
public final class HeldInputs<T> {
    private record Held<T>(int association, T input) {
    }

    private final int limit;
    private final ArrayDeque<Held<T>> held = new ArrayDeque<>(0);

    /** @param limit how many may wait */
    public HeldInputs(final int limit) {
        this.limit = limit;
    }

    /** Keeps one for this user. @return false if too many wait */
    public boolean add(final int association, final T input) {
        return held.size() < limit && held.add(new Held<>(association, input));
    }

    /** Hands out what waits of one user, in its order, and keeps it no longer. */
    public List<T> take(final int association) {
        if (held.isEmpty()) {
            return List.of();
        }
        final List<T> taken = new ArrayList<>();
        for (final Iterator<Held<T>> all = held.iterator(); all.hasNext();) {
            final Held<T> each = all.next();
            if (each.association == association) {
                taken.add(each.input);
                all.remove();
            }
        }
        return taken;
    }
}
