// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.util.ArrayList;
import java.util.List;

/** Drains sessions whose messages wait, in the order in which those came; those of lost elements before new ones. */
final class WaitingSessions {
    private WaitingSessions() {
    }

    /** @param only drains those on this link, or all if it is null */
    static void drain(final PoolState pool, final ElementLink only, final long nowNs) {
        if (pool.resending.head() == null && pool.fresh.head() == null) {
            return;
        }
        final List<PoolSessionImpl> order = new ArrayList<>();
        collect(pool.resending, only, order);
        collect(pool.fresh, only, order);
        for (int i = 0; i < order.size(); i++) {
            order.get(i).visited = false;
        }
        for (int i = 0; i < order.size(); i++) {
            final PoolSessionImpl s = order.get(i);
            if (s.link() == null || !s.link().blocked()) {
                s.drain(nowNs);
            }
        }
    }

    private static void collect(final WaitingList list, final ElementLink only, final List<PoolSessionImpl> order) {
        for (StoredMessage m = list.head(); m != null; m = m.after) {
            final PoolSessionImpl s = m.session;
            if (!s.visited && (only == null || s.link() == only)) {
                s.visited = true;
                order.add(s);
            }
        }
    }

    /** A link can take messages again: drains the sessions on it, of every pool that it serves. */
    static void drain(final ElementLink link, final long nowNs) {
        for (int i = 0; i < link.members.size(); i++) {
            drain(link.members.get(i).pool, link, nowNs);
        }
    }
}
