// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.util.Arrays;
import org.poolswitch.rserpool.PoolElementEntry;
import org.poolswitch.runtime.Machine;

/** Elements by what is due first, the end of their life or a keep-alive: a binary heap; a change costs log n. */
final class ElementDeadlines {
    private PoolElementEntry[] heap = new PoolElementEntry[64];
    private int size;

    private static long due(final PoolElementEntry e) {
        return Math.min(e.expiresNs(), e.keepAliveNs());
    }

    long nextNs() {
        return size == 0 ? Machine.NO_DEADLINE : due(heap[0]);
    }

    /** The element for which something is due, or null. */
    PoolElementEntry first(final long nowNs) {
        return size > 0 && due(heap[0]) <= nowNs ? heap[0] : null;
    }

    /** An element is new, or its times changed. */
    void update(final PoolElementEntry e) {
        if (e.heapIndex() < 0) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, 2 * size);
            }
            place(e, size++);
        }
        up(e.heapIndex());
        sink(e.heapIndex());
    }

    void remove(final PoolElementEntry e) {
        final int hole = e.heapIndex();
        if (hole < 0) {
            return;
        }
        e.heapIndex(-1);
        final PoolElementEntry last = heap[--size];
        heap[size] = null;
        if (last != e) {
            place(last, hole);
            up(hole);
            sink(last.heapIndex());
        }
    }

    private void place(final PoolElementEntry e, final int index) {
        heap[index] = e;
        e.heapIndex(index);
    }

    private void up(final int from) {
        final PoolElementEntry e = heap[from];
        int i = from;
        while (i > 0 && due(heap[i - 1 >> 1]) > due(e)) {
            place(heap[i - 1 >> 1], i);
            i = i - 1 >> 1;
        }
        place(e, i);
    }

    private void sink(final int from) {
        final PoolElementEntry e = heap[from];
        int i = from;
        while (2 * i + 1 < size) {
            int child = 2 * i + 1;
            if (child + 1 < size && due(heap[child + 1]) < due(heap[child])) {
                child++;
            }
            if (due(heap[child]) >= due(e)) {
                break;
            }
            place(heap[child], i);
            i = child;
        }
        place(e, i);
    }
}
