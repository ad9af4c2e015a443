// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import java.util.Arrays;
import org.poolswitch.runtime.Machine;

/** Alarms in order of time: a binary heap whose entries know their place, so that one can be taken back. */
final class AlarmQueue {
    private Alarm[] heap = new Alarm[64];
    private int size;

    /** Sets or moves an alarm. */
    void set(final Alarm alarm, final long at) {
        cancel(alarm);
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        alarm.at = at;
        put(alarm, size++);
        up(alarm);
    }

    /** Takes an alarm back; harmless if it is not set. */
    void cancel(final Alarm alarm) {
        final int hole = alarm.index;
        if (hole < 0) {
            return;
        }
        alarm.index = -1;
        final Alarm last = heap[--size];
        heap[size] = null;
        if (last != alarm) {
            put(last, hole);
            up(last);
            down(last);
        }
    }

    long nextNs() {
        return size == 0 ? Machine.NO_DEADLINE : heap[0].at;
    }

    /** Fires what is due, also what firing sets for now or earlier. */
    void fireDue(final long nowNs) {
        while (size > 0 && heap[0].at <= nowNs) {
            final Alarm first = heap[0];
            cancel(first);
            first.fire(nowNs);
        }
    }

    int size() {
        return size;
    }

    private void put(final Alarm alarm, final int index) {
        heap[index] = alarm;
        alarm.index = index;
    }

    private void up(final Alarm alarm) {
        while (alarm.index > 0) {
            final Alarm parent = heap[(alarm.index - 1) / 2];
            if (parent.at <= alarm.at) {
                return;
            }
            swap(parent, alarm);
        }
    }

    private void down(final Alarm alarm) {
        while (2 * alarm.index + 1 < size) {
            Alarm child = heap[2 * alarm.index + 1];
            if (child.index + 1 < size && heap[child.index + 1].at < child.at) {
                child = heap[child.index + 1];
            }
            if (alarm.at <= child.at) {
                return;
            }
            swap(alarm, child);
        }
    }

    /** {@code upper} goes down one level, {@code lower} up. */
    private void swap(final Alarm upper, final Alarm lower) {
        final int above = upper.index;
        put(upper, lower.index);
        put(lower, above);
    }
}
