// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A pool's elements in a row, to draw from, k of n without replacement. Who was drawn already is drawn again, which
 * changes nothing in the row; where that happens too often, for many of few are wanted, they are put aside instead.
 */
final class ChanceIndex implements PolicyIndex {
    /** Draws in vain for one place of an answer. */
    private static final int TRIES = 4;
    private final ChancePolicy policy;
    private final PolicyValues values;
    private final RandomGenerator random;
    /** Null when all weights are 1. */
    private final WeightTree weights;
    private PoolElementEntry[] row = new PoolElementEntry[8];
    private int size;

    ChanceIndex(final ChancePolicy policy, final PolicyValues values, final RandomGenerator random) {
        this.policy = policy;
        this.values = values;
        this.random = random;
        weights = policy.uniform() ? null : new WeightTree();
    }

    @Override
    public void add(final PoolElementEntry e) {
        if (size == row.length) {
            row = Arrays.copyOf(row, size * 2);
        }
        if (weights != null) {
            weights.reach(size);
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
        if (weights != null) {
            e.policy(values);
            e.rank = Math.max(1, Math.min(ChancePolicy.MOST, policy.weight(values, e.handedOut)));
            weights.set(e.slot, e.rank);
        }
    }

    @Override
    public void remove(final PoolElementEntry e) {
        final PoolElementEntry moved = row[--size];
        row[size] = null;
        if (weights != null) {
            weights.set(size, 0);
        }
        if (moved != e) {
            row[e.slot] = moved;
            moved.slot = e.slot;
            if (weights != null) {
                weights.set(e.slot, moved.rank);
            }
        }
    }

    @Override
    public int select(final PoolElementEntry[] into, final int limit, final int maxIncrement) {
        final int n = Math.min(limit, size);
        if (weights != null) {
            draw(into, n);
        } else if (!guess(into, n)) {
            shuffle(into, n);
        }
        if (policy.degrades()) {
            for (int i = 0; i < Math.min(n, maxIncrement == 0 ? 1 : maxIncrement); i++) {
                into[i].countHandedOut();
                weigh(into[i]);
            }
        }
        return n;
    }

    private static boolean isAmong(final PoolElementEntry[] some, final int n, final PoolElementEntry e) {
        for (int i = 0; i < n; i++) {
            if (some[i] == e) {
                return true;
            }
        }
        return false;
    }

    /** Any n of the row. @return false if some were met too often: then all begins anew, or chances would differ */
    private boolean guess(final PoolElementEntry[] into, final int n) {
        for (int i = 0; i < n; i++) {
            int tries = 0;
            do {
                if (tries++ == TRIES) {
                    return false;
                }
                into[i] = row[random.nextInt(size)];
            } while (isAmong(into, i, into[i]));
        }
        return true;
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

    private PoolElementEntry drawn() {
        return row[weights.slotOf(random.nextLong(weights.total()))];
    }

    private void draw(final PoolElementEntry[] into, final int n) {
        int aside = 0;
        for (int i = 0; i < n; i++) {
            into[i] = drawn();
            for (int tries = 1; isAmong(into, i, into[i]); tries++) {
                if (tries == TRIES) {
                    // those in the answer weigh nothing for a while
                    while (aside < i) {
                        weights.set(into[aside++].slot, 0);
                    }
                }
                into[i] = drawn();
            }
        }
        for (int i = 0; i < aside; i++) {
            weights.set(into[i].slot, into[i].rank);
        }
    }
}
