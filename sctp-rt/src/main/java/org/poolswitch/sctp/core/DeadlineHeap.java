// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.util.Arrays;
import org.poolswitch.runtime.Machine;

/**
 * Associations by their next deadline: a heap in which each knows its place, so that a change costs log n. A deadline
 * that moves away, as most do with every packet, is only noticed when the old one has come: that costs nothing now.
 *
 * <p>Times stand beside the associations in an array of their own, and a node has four children: with ten thousand
 * associations the way down is seven steps, each of which looks at one or two cache lines and at no association.
 */
final class DeadlineHeap {
    private static final int CHILDREN = 4;

    private Association[] heap = new Association[64];
    private long[] times = new long[64];
    private int size;

    long nextNs() {
        return size == 0 ? Machine.NO_DEADLINE : times[0];
    }

    /** When its turn comes, or NO_DEADLINE if it has none. */
    long timeOf(final Association a) {
        return a.heapIndex < 0 ? Machine.NO_DEADLINE : times[a.heapIndex];
    }

    /** The first association whose deadline has really come, or null; those that moved away find their new place. */
    Association due(final long nowNs) {
        while (size > 0 && times[0] <= nowNs) {
            final Association first = heap[0];
            final long ns = first.timers().nextDeadlineNs();
            if (ns <= nowNs) {
                return first;
            }
            if (ns == Machine.NO_DEADLINE) {
                remove(first);
            } else {
                sink(first, ns, 0);
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
                times = Arrays.copyOf(times, 2 * size);
            }
            up(a, ns, size++);
        } else if (ns < times[a.heapIndex]) {
            up(a, ns, a.heapIndex);
        }
    }

    private void remove(final Association a) {
        if (a.heapIndex < 0) {
            return;
        }
        final int hole = a.heapIndex;
        a.heapIndex = -1;
        final Association last = heap[--size];
        final long ns = times[size];
        heap[size] = null;
        if (last != a) {
            up(last, ns, hole);
            sink(last, ns, last.heapIndex);
        }
    }

    private void place(final Association a, final long ns, final int index) {
        heap[index] = a;
        times[index] = ns;
        a.heapIndex = index;
    }

    private void up(final Association a, final long ns, final int from) {
        int i = from;
        while (i > 0 && times[(i - 1) / CHILDREN] > ns) {
            final int parent = (i - 1) / CHILDREN;
            place(heap[parent], times[parent], i);
            i = parent;
        }
        place(a, ns, i);
    }

    private void sink(final Association a, final long ns, final int from) {
        int i = from;
        while (CHILDREN * i + 1 < size) {
            final int child = firstChild(i);
            if (times[child] >= ns) {
                break;
            }
            place(heap[child], times[child], i);
            i = child;
        }
        place(a, ns, i);
    }

    /** The child with the earliest deadline. */
    private int firstChild(final int parent) {
        final int first = CHILDREN * parent + 1;
        int best = first;
        for (int child = first + 1; child < Math.min(size, first + CHILDREN); child++) {
            if (times[child] < times[best]) {
                best = child;
            }
        }
        return best;
    }
}
