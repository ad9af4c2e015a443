// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.util.Arrays;
import org.poolswitch.runtime.Machine;

/** Links by when they are to be looked at next: a binary heap, so that one link's time costs nothing to the others. */
final class LinkDeadlines {
    private ElementLink[] heap = new ElementLink[16];
    private int size;

    long nextNs() {
        return size == 0 ? Machine.NO_DEADLINE : heap[0].dueNs;
    }

    /** The link whose time has come, or null. */
    ElementLink first(final long nowNs) {
        return size > 0 && heap[0].dueNs <= nowNs ? heap[0] : null;
    }

    /** Looks at a link at this time, and not at the one said before; {@link Machine#NO_DEADLINE} = not at all. */
    void put(final ElementLink link, final long dueNs) {
        if (dueNs == Machine.NO_DEADLINE) {
            remove(link);
            return;
        }
        link.dueNs = dueNs;
        if (link.heapIndex < 0) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, 2 * size);
            }
            place(link, size++);
        }
        up(link);
        sink(link);
    }

    void remove(final ElementLink link) {
        final int hole = link.heapIndex;
        if (hole < 0) {
            return;
        }
        link.heapIndex = -1;
        link.dueNs = Machine.NO_DEADLINE;
        final ElementLink last = heap[--size];
        heap[size] = null;
        if (last != link) {
            place(last, hole);
            up(last);
            sink(last);
        }
    }

    private void place(final ElementLink link, final int index) {
        heap[index] = link;
        link.heapIndex = index;
    }

    private void up(final ElementLink link) {
        int i = link.heapIndex;
        while (i > 0 && heap[i - 1 >> 1].dueNs > link.dueNs) {
            place(heap[i - 1 >> 1], i);
            i = i - 1 >> 1;
        }
        place(link, i);
    }

    private void sink(final ElementLink link) {
        int i = link.heapIndex;
        while (2 * i + 1 < size) {
            int child = 2 * i + 1;
            if (child + 1 < size && heap[child + 1].dueNs < heap[child].dueNs) {
                child++;
            }
            if (heap[child].dueNs >= link.dueNs) {
                break;
            }
            place(heap[child], i);
            i = child;
        }
        place(link, i);
    }
}
