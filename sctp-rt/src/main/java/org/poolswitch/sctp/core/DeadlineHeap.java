// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.util.Arrays;
import org.poolswitch.runtime.Machine;

/**
 * Associations by their next deadline: a heap in which each knows its place, so that a change costs log n. A deadline
 * that moves away a little, as most do with every packet, is only noticed when the old one has come: that costs nothing
 * now. One that moves far away takes its new place at once, while its association is at hand: later it would be looked
 * up for nothing, and with thousands of others in between no cache has it any more.
 *
 * <p>What moves in the heap are numbers of slots. Whose a slot is, where it stands and its time are in arrays of their
 * own, some 20 octets for each association, and a node has four children: with ten thousand associations the way down
 * is seven steps within what a processor has in its caches, and none of them looks at an association.
 */
final class DeadlineHeap {
    private static final int CHILDREN = 4;
    private static final int LEAST = 64;
    /** Whoever talks moves its deadlines by less, whoever has fallen silent by more. */
    private static final long MUCH_LATER_NS = 10_000_000;

    /** Slots in the order of the heap, and the time of each. */
    private int[] heap = new int[LEAST];
    private long[] times = new long[LEAST];
    private int size;
    /** Where in the heap a slot stands; free slots follow {@code size} in the heap. */
    private int[] places = new int[LEAST];
    private Association[] owners = new Association[LEAST];

    DeadlineHeap() {
        number(0);
    }

    private void number(final int from) {
        for (int slot = from; slot < heap.length; slot++) {
            heap[slot] = slot;
        }
    }

    long nextNs() {
        return size == 0 ? Machine.NO_DEADLINE : times[0];
    }

    /** When its turn comes, or NO_DEADLINE if it has none. */
    long timeOf(final Association a) {
        return a.timerSlot < 0 ? Machine.NO_DEADLINE : times[places[a.timerSlot]];
    }

    /** The first association whose deadline has really come, or null; those that moved away find their new place. */
    Association due(final long nowNs) {
        while (size > 0 && times[0] <= nowNs) {
            final Association first = owners[heap[0]];
            final long ns = Timers.nextDeadlineNs(first);
            if (ns <= nowNs) {
                return first;
            }
            if (ns == Machine.NO_DEADLINE) {
                remove(first);
            } else {
                sink(heap[0], ns, 0);
            }
        }
        return null;
    }

    void update(final Association a) {
        final long ns = Timers.nextDeadlineNs(a);
        if (ns == Machine.NO_DEADLINE) {
            if (a.isClosed()) {
                remove(a);
            }
        } else if (a.timerSlot < 0) {
            add(a, ns);
        } else {
            final int place = places[a.timerSlot];
            if (ns < times[place]) {
                up(a.timerSlot, ns, place);
            } else if (ns - times[place] > MUCH_LATER_NS) {
                sink(a.timerSlot, ns, place);
            }
        }
    }

    private void add(final Association a, final long ns) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
            times = Arrays.copyOf(times, 2 * size);
            places = Arrays.copyOf(places, 2 * size);
            owners = Arrays.copyOf(owners, 2 * size);
            number(size);
        }
        final int slot = heap[size];
        a.timerSlot = slot;
        owners[slot] = a;
        up(slot, ns, size++);
    }

    private void remove(final Association a) {
        if (a.timerSlot < 0) {
            return;
        }
        final int free = a.timerSlot;
        final int hole = places[free];
        a.timerSlot = -1;
        owners[free] = null;
        final int last = heap[--size];
        final long ns = times[size];
        heap[size] = free;
        if (last != free) {
            up(last, ns, hole);
            sink(last, ns, places[last]);
        }
    }

    private void place(final int slot, final long ns, final int index) {
        heap[index] = slot;
        times[index] = ns;
        places[slot] = index;
    }

    private void up(final int slot, final long ns, final int from) {
        int i = from;
        while (i > 0 && times[(i - 1) / CHILDREN] > ns) {
            final int parent = (i - 1) / CHILDREN;
            place(heap[parent], times[parent], i);
            i = parent;
        }
        place(slot, ns, i);
    }

    private void sink(final int slot, final long ns, final int from) {
        int i = from;
        while (CHILDREN * i + 1 < size) {
            final int child = firstChild(i);
            if (times[child] >= ns) {
                break;
            }
            place(heap[child], times[child], i);
            i = child;
        }
        place(slot, ns, i);
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
