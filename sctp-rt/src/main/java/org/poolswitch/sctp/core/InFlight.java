// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

/**
 * The chunks that have a TSN and are not acknowledged cumulatively, found by TSN: a ring that grows, and goes when
 * idle.
 */
final class InFlight {
    private static final OutChunk[] NOTHING = new OutChunk[0];
    private static final int LEAST = 16;

    private final MessagePool pool;
    private OutChunk[] ring = NOTHING;
    private int firstTsn;
    private int size;
    private int marks;
    /** No marked chunk is older than this. */
    private int markHint;

    InFlight(final MessagePool pool, final int initialTsn) {
        this.pool = pool;
        this.firstTsn = initialTsn;
        this.markHint = initialTsn;
    }

    /** Oldest TSN, or the next one if there is none. */
    int firstTsn() {
        return firstTsn;
    }

    int lastTsn() {
        return firstTsn + size - 1;
    }

    /** See {@link Association#warm}. */
    int warm() {
        return size + ring.length;
    }

    int size() {
        return size;
    }

    OutChunk at(final int tsn) {
        return ring[tsn & ring.length - 1];
    }

    /** A new chunk with the next TSN. */
    OutChunk add(final OutMessage message, final int offset, final int length, final int flags) {
        if (size == ring.length) {
            grow();
        }
        final int tsn = firstTsn + size++;
        final OutChunk chunk = pool.chunk();
        chunk.set(tsn, message, offset, length, flags);
        ring[tsn & ring.length - 1] = chunk;
        return chunk;
    }

    private void grow() {
        final OutChunk[] bigger = new OutChunk[Math.max(LEAST, 2 * ring.length)];
        for (int i = 0; i < size; i++) {
            bigger[firstTsn + i & bigger.length - 1] = at(firstTsn + i);
        }
        ring = bigger;
    }

    /** Forgets the oldest. */
    void removeFirst() {
        final int place = firstTsn & ring.length - 1;
        pool.release(ring[place]);
        ring[place] = null;
        firstTsn++;
        size--;
        if (size == 0 && ring.length > LEAST * 4) {
            ring = NOTHING;
        }
    }

    /** It is to go again. */
    void mark(final OutChunk chunk) {
        chunk.toRetransmit = true;
        if (marks++ == 0 || chunk.tsn - markHint < 0) {
            markHint = chunk.tsn;
        }
    }

    void unmark(final OutChunk chunk) {
        chunk.toRetransmit = false;
        marks--;
    }

    int marks() {
        return marks;
    }

    boolean hasMarks() {
        return marks > 0;
    }

    /** The oldest that is to go again. */
    OutChunk firstMarked() {
        for (int tsn = markHint - firstTsn < 0 ? firstTsn : markHint; tsn - lastTsn() <= 0; tsn++) {
            if (at(tsn).toRetransmit) {
                markHint = tsn;
                return at(tsn);
            }
        }
        throw new IllegalStateException("a chunk is marked for retransmission and cannot be found");
    }

    /** The oldest that is under way there, or null. */
    OutChunk firstOutstanding(final Path path) {
        for (int tsn = firstTsn; tsn - lastTsn() <= 0; tsn++) {
            final OutChunk chunk = at(tsn);
            if (chunk.isOutstanding() && chunk.path == path) {
                return chunk;
            }
        }
        return null;
    }

    /** The newest that is under way, or null. */
    OutChunk lastOutstanding(final Path path) {
        for (int tsn = lastTsn(); tsn - firstTsn >= 0; tsn--) {
            final OutChunk chunk = at(tsn);
            if (chunk.isOutstanding() && chunk.path == path) {
                return chunk;
            }
        }
        return null;
    }

    void clear() {
        while (size > 0) {
            removeFirst();
        }
        marks = 0;
    }
}
