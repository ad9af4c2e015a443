// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.util.ArrayDeque;

/** Which associations have something to do: now, in the next flush, or at a later time. */
final class Agenda {
    private final DeadlineHeap deadlines = new DeadlineHeap();
    private final ArrayDeque<Association> dirty = new ArrayDeque<>();

    /** Something happened to this association: packets may be due, and its next deadline may be another. */
    void touch(final Association a) {
        deadlines.update(a);
        if (!a.dirty) {
            a.dirty = true;
            dirty.add(a);
        }
    }

    /** The next association that may owe packets, or null. */
    Association pollDirty() {
        final Association a = dirty.poll();
        if (a != null) {
            a.dirty = false;
        }
        return a;
    }

    void reschedule(final Association a) {
        deadlines.update(a);
    }

    /** When this association is looked at at the latest, or NO_DEADLINE. */
    long plannedNs(final Association a) {
        return deadlines.timeOf(a);
    }

    long nextNs() {
        return deadlines.nextNs();
    }

    /** The first association whose deadline has really come, or null. */
    Association pollDue(final long nowNs) {
        return deadlines.due(nowNs);
    }
}
