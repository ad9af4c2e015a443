// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.runtime;

import java.util.Arrays;

/**
 * Things by when something is due for them: a binary heap whose entries know their places, so that a change of one
 * costs log n and nothing to the others.
 *
 * @param <E> what is in it; each in one heap at most
 */
public final class Deadlines<E extends Deadlines.Entry> {
    /** What a heap keeps at an entry. */
    public interface Entry {
        /** When something is due. Whoever changes that calls {@link #update} before anything else. */
        long dueNs();

        /** Its place in the heap, -1 at first and while it is in none. */
        int heapIndex();

        /** Remembers the place; for the heap only. */
        void heapIndex(int index);
    }

    private static final int FIRST_SIZE = 64;

    private Entry[] heap = new Entry[FIRST_SIZE];
    private int size;

    /** When the first thing is due, or {@link Machine#NO_DEADLINE}. */
    public long nextNs() {
        return size == 0 ? Machine.NO_DEADLINE : heap[0].dueNs();
    }

    /** That for which something is due, first of all, or null. */
    @SuppressWarnings("unchecked")
    public E first(final long nowNs) {
        return size > 0 && heap[0].dueNs() <= nowNs ? (E) heap[0] : null;
    }

    /** How many there are. */
    public int size() {
        return size;
    }

    /** An entry is new, or its time changed. */
    public void update(final E entry) {
        if (entry.heapIndex() < 0) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, 2 * size);
            }
            place(entry, size++);
        }
        up(entry);
        sink(entry);
    }

    /** Takes an entry out; harmless if it is not in. */
    public void remove(final E entry) {
        final int hole = entry.heapIndex();
        if (hole < 0) {
            return;
        }
        entry.heapIndex(-1);
        final Entry last = heap[--size];
        heap[size] = null;
        if (last != entry) {
            place(last, hole);
            up(last);
            sink(last);
        }
    }

    private void place(final Entry entry, final int index) {
        heap[index] = entry;
        entry.heapIndex(index);
    }

    private void up(final Entry entry) {
        final long dueNs = entry.dueNs();
        int i = entry.heapIndex();
        while (i > 0 && heap[i - 1 >> 1].dueNs() > dueNs) {
            place(heap[i - 1 >> 1], i);
            i = i - 1 >> 1;
        }
        place(entry, i);
    }

    private void sink(final Entry entry) {
        final long dueNs = entry.dueNs();
        int i = entry.heapIndex();
        while (2 * i + 1 < size) {
            int child = 2 * i + 1;
            if (child + 1 < size && heap[child + 1].dueNs() < heap[child].dueNs()) {
                child++;
            }
            if (heap[child].dueNs() >= dueNs) {
                break;
            }
            place(heap[child], i);
            i = child;
        }
        place(entry, i);
    }
}
