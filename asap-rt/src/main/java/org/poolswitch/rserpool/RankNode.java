// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import java.util.Arrays;

/**
 * A node of a {@link RankTree}: up to 32 items in order, each with a key, which is a rank and a turn. A leaf's items
 * are elements. An inner node's are nodes: the key of each is above all that is in the node before, and not above
 * anything in it; only the first one's key says nothing.
 */
final class RankNode {
    static final int MOST = 32;
    private static final int FIRST_ROOM = 4;

    boolean leaf;
    int size;
    /** The one after it on its level. */
    RankNode next;
    /** Rank and turn of each item in turn. They are here since an element that is looked at is a wait for memory. */
    private long[] keys = new long[2 * FIRST_ROOM];
    private Object[] items = new Object[FIRST_ROOM];

    PoolElementEntry element(final int at) {
        return (PoolElementEntry) items[at];
    }

    RankNode node(final int at) {
        return (RankNode) items[at];
    }

    long rank(final int at) {
        return keys[2 * at];
    }

    long turn(final int at) {
        return keys[2 * at + 1];
    }

    void key(final int at, final long rank, final long turn) {
        keys[2 * at] = rank;
        keys[2 * at + 1] = turn;
    }

    /** First place from {@code from} on whose key is above this one; the size if there is none. */
    int above(final int from, final long rank, final long turn) {
        int at = from;
        while (at < size) {
            final long difference = keys[2 * at] - rank;
            if (difference > 0 || difference == 0 && keys[2 * at + 1] - turn > 0) {
                return at;
            }
            at++;
        }
        return at;
    }

    /** Puts an item before the one at {@code at}; there must be room. */
    void put(final int at, final long rank, final long turn, final Object item) {
        open(at, 1);
        key(at, rank, turn);
        items[at] = item;
    }

    /** Takes {@code n} items of another node, from its place {@code from} on, before the one at {@code at}. */
    void take(final RankNode other, final int from, final int n, final int at) {
        open(at, n);
        System.arraycopy(other.keys, 2 * from, keys, 2 * at, 2 * n);
        System.arraycopy(other.items, from, items, at, n);
        other.drop(from, n);
    }

    private void open(final int at, final int n) {
        if (size + n > items.length) {
            final int room = Math.min(MOST, Math.max(size + n, 2 * items.length));
            keys = Arrays.copyOf(keys, 2 * room);
            items = Arrays.copyOf(items, room);
        }
        System.arraycopy(keys, 2 * at, keys, 2 * (at + n), 2 * (size - at));
        System.arraycopy(items, at, items, at + n, size - at);
        size += n;
    }

    void drop(final int at, final int n) {
        System.arraycopy(keys, 2 * (at + n), keys, 2 * at, 2 * (size - at - n));
        System.arraycopy(items, at + n, items, at, size - at - n);
        Arrays.fill(items, size - n, size, null);
        size -= n;
    }
}
