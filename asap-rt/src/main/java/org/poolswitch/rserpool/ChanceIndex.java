// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A pool's elements in a row, to draw from: k of n without replacement in O(k) when all weights are 1, else in
 * O(k log n) by sums of weights (a Fenwick tree: {@code sums[i]} has the weights of the last lowestBit(i) places up to
 * i).
 */
final class ChanceIndex implements PolicyIndex {
    private final ChancePolicy policy;
    private final PolicyValues values;
    private final RandomGenerator random;
    /** Empty when all weights are 1. */
    private long[] sums;
    private PoolElementEntry[] row = new PoolElementEntry[8];
    private int size;
    private long total;

    ChanceIndex(final ChancePolicy policy, final PolicyValues values, final RandomGenerator random) {
        this.policy = policy;
        this.values = values;
        this.random = random;
        sums = new long[policy.uniform() ? 0 : row.length + 1];
    }

    @Override
    public void add(final PoolElementEntry e) {
        if (size == row.length) {
            row = Arrays.copyOf(row, size * 2);
            if (!policy.uniform()) {
                // a longer row's only new sum that is not 0: all that was there
                sums = Arrays.copyOf(sums, size * 2 + 1);
                sums[size * 2] = total;
            }
        }
        row[size] = e;
        e.slot = size++;
        e.rank = 0;
        weigh(e);
    }

    @Override
    public void registeredAgain(final PoolElementEntry e) {
        e.handedOut = 0;
        weigh(e);
    }

    private void weigh(final PoolElementEntry e) {
        e.policy(values);
        final long weight = Math.max(1, Math.min(ChancePolicy.MOST, policy.weight(values, e.handedOut)));
        change(e.slot, weight - e.rank);
        e.rank = weight;
    }

    private void change(final int slot, final long by) {
        total += by;
        for (int i = slot + 1; i < sums.length; i += i & -i) {
            sums[i] += by;
        }
    }

    @Override
    public void remove(final PoolElementEntry e) {
        change(e.slot, -e.rank);
        final PoolElementEntry moved = row[--size];
        row[size] = null;
        if (moved != e) {
            change(size, -moved.rank);
            row[e.slot] = moved;
            moved.slot = e.slot;
            change(moved.slot, moved.rank);
        }
    }

    @Override
    public int select(final PoolElementEntry[] into, final int limit, final int maxIncrement) {
        final int n = Math.min(limit, size);
        if (policy.uniform()) {
            shuffle(into, n);
        } else {
            draw(into, n);
        }
        if (policy.degrades()) {
            for (int i = 0; i < Math.min(n, maxIncrement == 0 ? 1 : maxIncrement); i++) {
                into[i].countHandedOut();
                weigh(into[i]);
            }
        }
        return n;
    }

    /** The first n places of the row become a random choice: each is as likely as any other. */
    private void shuffle(final PoolElementEntry[] into, final int n) {
        for (int i = 0; i < n; i++) {
            final int j = i + random.nextInt(size - i);
            final PoolElementEntry chosen = row[j];
            row[j] = row[i];
            row[j].slot = j;
            row[i] = chosen;
            chosen.slot = i;
            into[i] = chosen;
        }
    }

    private void draw(final PoolElementEntry[] into, final int n) {
        for (int i = 0; i < n; i++) {
            final PoolElementEntry chosen = row[slotOf(random.nextLong(total))];
            into[i] = chosen;
            if (i + 1 < n) {
                change(chosen.slot, -chosen.rank);
            }
        }
        for (int i = 0; i + 1 < n; i++) {
            change(into[i].slot, into[i].rank);
        }
    }

    /** The place in which the weights up to and including it pass {@code weight}. */
    private int slotOf(final long weight) {
        long left = weight;
        int at = 0;
        for (int step = row.length; step > 0; step >>= 1) {
            if (at + step < sums.length && sums[at + step] <= left) {
                at += step;
                left -= sums[at];
            }
        }
        return at;
    }
}
