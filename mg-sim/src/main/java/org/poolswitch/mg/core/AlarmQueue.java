// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import org.poolswitch.runtime.Deadlines;

/** Alarms in order of time. */
final class AlarmQueue {
    private final Deadlines<Alarm> heap = new Deadlines<>();

    /** Sets or moves an alarm. */
    void set(final Alarm alarm, final long at) {
        heap.remove(alarm);
        alarm.at = at;
        heap.update(alarm);
    }

    /** Takes an alarm back; harmless if it is not set. */
    void cancel(final Alarm alarm) {
        heap.remove(alarm);
    }

    long nextNs() {
        return heap.nextNs();
    }

    /** Fires what is due, also what firing sets for now or earlier. */
    void fireDue(final long nowNs) {
        for (Alarm first = heap.first(nowNs); first != null; first = heap.first(nowNs)) {
            cancel(first);
            first.fire(nowNs);
        }
    }

    int size() {
        return heap.size();
    }
}
