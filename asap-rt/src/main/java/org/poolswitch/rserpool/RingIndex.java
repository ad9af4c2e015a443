// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

/**
 * A pool's elements when none ranks before another, as round robin has them: a ring, linked by {@code left} and
 * {@code right}. To hand one out moves it from the front to the end, which touches no more elements in a pool of a
 * million than in one of a hundred.
 */
final class RingIndex implements PolicyIndex {
    private PoolElementEntry front;

    @Override
    public void add(final PoolElementEntry e) {
        if (front == null) {
            front = e;
            e.left = e;
            e.right = e;
            return;
        }
        e.left = front.left;
        e.right = front;
        front.left.right = e;
        front.left = e;
    }

    @Override
    public void registeredAgain(final PoolElementEntry e) {
        // its turn comes as it would have come
    }

    @Override
    public void remove(final PoolElementEntry e) {
        if (e.right == e) {
            front = null;
        } else {
            e.left.right = e.right;
            e.right.left = e.left;
            if (front == e) {
                front = e.right;
            }
        }
        e.left = null;
        e.right = null;
    }

    @Override
    public int select(final PoolElementEntry[] into, final int limit, final int maxIncrement) {
        int n = 0;
        PoolElementEntry e = front;
        while (n < limit && e != null) {
            into[n++] = e;
            e = e.right == front ? null : e.right;
        }
        // those handed out are the first ones, in order: a turn of the ring puts them at its end
        front = n == 0 ? front : into[Math.min(n, maxIncrement == 0 ? 1 : maxIncrement) - 1].right;
        return n;
    }
}
