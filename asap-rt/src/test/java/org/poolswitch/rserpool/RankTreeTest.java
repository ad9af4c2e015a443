// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tree beside one of the library, with thousands of elements: growing, shrinking, in three levels and more. */
class RankTreeTest {
    private final RankTree tree = new RankTree();
    private final TreeSet<PoolElementEntry> model = new TreeSet<>((a, b) ->
        a.rank != b.rank ? Long.signum(a.rank - b.rank) : Long.signum(a.turn - b.turn));
    private long turns;

    private void insert(final PoolElementEntry e, final long rank) {
        e.rank = rank;
        e.turn = ++turns;
        tree.insert(e);
        model.add(e);
    }

    private void remove(final PoolElementEntry e) {
        tree.remove(e);
        assertThat(model.remove(e)).isTrue();
    }

    private void isLikeTheModel() {
        final List<PoolElementEntry> walked = new ArrayList<>();
        int leaves = 0;
        for (RankNode leaf = tree.front(); leaf != null; leaf = leaf.next) {
            for (int i = 0; i < leaf.size; i++) {
                walked.add(leaf.element(i));
                assertThat(leaf.rank(i)).isEqualTo(leaf.element(i).rank);
                assertThat(leaf.turn(i)).isEqualTo(leaf.element(i).turn);
            }
            leaves++;
        }
        assertThat(walked).isEqualTo(new ArrayList<>(model));
        assertThat(leaves).as("leaves of %d elements: whoever comes and goes leaves no room unused", model.size())
            .isLessThanOrEqualTo(1 + model.size() / 4);
    }

    /** @param spread how many ranks there are: 1 = all are equal */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100, Integer.MAX_VALUE})
    void insertedAndRemovedAtRandom(final int spread) {
        final SplittableRandom random = new SplittableRandom(spread);
        final List<PoolElementEntry> in = new ArrayList<>();
        for (int round = 0; round < 12; round++) {
            // tides: mostly joining, then mostly leaving until few are there, or none
            final boolean grows = round % 2 == 0;
            for (int i = 0; i < 9_000; i++) {
                if (random.nextInt(10) < 8 == grows) {
                    final PoolElementEntry e = new PoolElementEntry(i, null, new byte[0]);
                    in.add(e);
                    insert(e, random.nextInt(spread));
                } else if (!in.isEmpty()) {
                    final int at = random.nextInt(in.size());
                    final PoolElementEntry e = in.set(at, in.get(in.size() - 1));
                    in.remove(in.size() - 1);
                    remove(e);
                }
                if (i % 500 == 0) {
                    isLikeTheModel();
                }
            }
            isLikeTheModel();
        }
    }

    /** As WRR does for years: the first goes behind, and its rank passes the largest number there is. */
    @Test
    void ranksGrowForEverAndWrapAround() {
        final SplittableRandom random = new SplittableRandom(56);
        final long step = 1L << 56;
        for (int i = 0; i < 5_000; i++) {
            insert(new PoolElementEntry(i, null, new byte[0]), Long.MAX_VALUE - 3 * step + random.nextLong(step));
        }
        for (int i = 0; i < 3_000_000; i++) {
            final PoolElementEntry e = tree.front().element(0);
            tree.remove(e);
            assertThat(model.pollFirst() == e).isTrue();
            insert(e, e.rank + step / (1 + random.nextInt(4)));
            if (i % 300_000 == 0) {
                isLikeTheModel();
            }
        }
        isLikeTheModel();
    }

    /** Each time all but one of many are moved away: the leaves that they leave behind become one. */
    @Test
    void thoseThatStayShareLeaves() {
        final List<PoolElementEntry> all = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            final PoolElementEntry e = new PoolElementEntry(i, null, new byte[0]);
            all.add(e);
            insert(e, i);
        }
        for (int i = 0; i < 20_000; i++) {
            if (i % 32 != 0) {
                remove(all.get(i));
                insert(all.get(i), 100_000);
            }
        }
        isLikeTheModel();
    }
}
