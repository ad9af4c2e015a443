// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.util.Arrays;
import org.poolswitch.runtime.Machine;

/**
 * Associations by their next deadline: a binary heap in which each knows its place, so that a change costs log n. A
 * deadline
 * that moves away, as most do with every packet, is only noticed when the old one has come: that costs nothing now.
 */
final class DeadlineHeap {
    private Association[] heap = new Association[64];
    private int size;

    long nextNs() {
        return size == 0 ? Machine.NO_DEADLINE : heap[0].heapNs;
    }

    /** The first association whose deadline has really come, or null; those that moved away find their new place. */
    Association due(final long nowNs) {
        while (size > 0 && heap[0].heapNs <= nowNs) {
            final Association first = heap[0];
            final long ns = first.timers().nextDeadlineNs();
            if (ns <= nowNs) {
                return first;
            }
            if (ns == Machine.NO_DEADLINE) {
                remove(first);
            } else {
                first.heapNs = ns;
                sink(0);
            }
        }
        return null;
    }

    void update(final Association a) {
        final long ns = a.timers().nextDeadlineNs();
        if (ns == Machine.NO_DEADLINE) {
            if (a.isClosed()) {
                remove(a);
            }
        } else if (a.heapIndex < 0) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, 2 * size);
            }
            a.heapNs = ns;
            place(a, size++);
            up(a.heapIndex);
        } else if (ns < a.heapNs) {
            a.heapNs = ns;
            up(a.heapIndex);
        }
    }

    private void remove(final Association a) {
        if (a.heapIndex < 0) {
            return;
        }
        final int hole = a.heapIndex;
        a.heapIndex = -1;
        final Association last = heap[--size];
        heap[size] = null;
        if (last != a) {
            place(last, hole);
            up(hole);
            sink(last.heapIndex);
        }
    }

    private void place(final Association a, final int index) {
        heap[index] = a;
        a.heapIndex = index;
    }

    private void up(final int from) {
        int i = from;
        final Association a = heap[i];
        while (i > 0 && heap[i - 1 >> 1].heapNs > a.heapNs) {
            place(heap[i - 1 >> 1], i);
            i = i - 1 >> 1;
        }
        place(a, i);
    }

    private void sink(final int from) {
        int i = from;
        final Association a = heap[i];
        while (2 * i + 1 < size) {
            int child = 2 * i + 1;
            if (child + 1 < size && heap[child + 1].heapNs < heap[child].heapNs) {
                child++;
            }
            if (heap[child].heapNs >= a.heapNs) {
                break;
            }
            place(heap[child], i);
            i = child;
        }
        place(a, i);
    }
}
