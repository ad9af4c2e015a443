// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import org.poolswitch.runtime.Deadlines;
import org.poolswitch.runtime.Machine;

/** Links by when they are to be looked at next, which may be earlier than they want. */
final class LinkDeadlines {
    private final Deadlines<ElementLink> heap = new Deadlines<>();

    long nextNs() {
        return heap.nextNs();
    }

    /** The link whose time has come, or null. */
    ElementLink first(final long nowNs) {
        return heap.first(nowNs);
    }

    /** Looks at a link at this time, and not at the one said before; {@link Machine#NO_DEADLINE} = not at all. */
    void put(final ElementLink link, final long dueNs) {
        link.dueNs = dueNs;
        if (dueNs == Machine.NO_DEADLINE) {
            heap.remove(link);
        } else {
            heap.update(link);
        }
    }

    void remove(final ElementLink link) {
        put(link, Machine.NO_DEADLINE);
    }
}
