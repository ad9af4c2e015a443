// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

/**
 * Walks over a handlespace with pauses, as the pages of a table download do (RFC 5353 section 3.3): elements may come
 * and go meanwhile. Those that are there all the time are visited once. To be closed, for the handlespace keeps it.
 */
public final class HandlespaceCursor implements AutoCloseable {
    private final Handlespace space;
    /** Whose elements; all when null. */
    private final Home home;
    private PoolElementEntry next;

    HandlespaceCursor(final Handlespace space, final Home home, final PoolElementEntry next) {
        this.space = space;
        this.home = home;
        this.next = next;
    }

    /** The element that {@link #next} will return; null at the end. */
    public PoolElementEntry peek() {
        return next;
    }

    /** @return the next element, or null at the end */
    public PoolElementEntry next() {
        final PoolElementEntry e = next;
        if (e != null) {
            step();
        }
        return e;
    }

    private void step() {
        next = home == null ? next.next() : next.nextOwned();
    }

    /** An element leaves its pool. */
    void onRemoved(final PoolElementEntry e) {
        if (next == e) {
            step();
        }
    }

    /** An element leaves its home. */
    void onHomeLeft(final PoolElementEntry e) {
        if (home != null && next == e) {
            step();
        }
    }

    @Override
    public void close() {
        space.forget(this);
    }
}
