// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.rserpool.Elements.element;
import static org.poolswitch.rserpool.Elements.selected;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random commands on pools, beside models that sort everything anew each time. */
class PolicyModelTest {
    private static final PoolHandle POOL = PoolHandle.of("pool");

    /** An element as the model knows it. */
    private static final class Naive {
        private long value;
        private long degradation;
        private long turn;
        private int handedOut;
    }

    private static long key(final int policy, final Naive n) {
        return switch (policy) {
            case PolicyType.PRIORITY -> -n.value;
            case PolicyType.LEAST_USED -> n.value;
            case PolicyType.LEAST_USED_DEGRADATION ->
                Math.min(PolicyValues.FULL, n.value + n.handedOut * n.degradation);
            case PolicyType.PRIORITY_LEAST_USED -> Math.min(PolicyValues.FULL, n.value + n.degradation);
            default -> 0;
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {PolicyType.ROUND_ROBIN, PolicyType.PRIORITY, PolicyType.LEAST_USED,
        PolicyType.LEAST_USED_DEGRADATION, PolicyType.PRIORITY_LEAST_USED, 0x80000099})
    void rankedLikeSorting(final int policy) {
        for (int seed = 1; seed <= 6; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            final int increments = 1 + seed % 3;
            final Handlespace space = new Handlespace(new HandlespaceLimits(1, 10_000, 10_000, 256, increments,
                ChecksumRule.RFC), new SplittableRandom(seed));
            final Map<Integer, Naive> model = new LinkedHashMap<>();
            long turns = 0;
            for (int i = 0; i < 4_000; i++) {
                final int id = 1 + random.nextInt(i < 2_000 ? 60 : 12);
                if (random.nextInt(5) == 0 && model.remove(id) != null) {
                    space.remove(space.find(POOL, id));
                } else if (random.nextInt(3) == 0) {
                    final int range = random.nextInt(10) == 0 ? -1 : 5 + random.nextInt(40);
                    final int value = range < 0 ? -1 - random.nextInt(3) : random.nextInt(range);
                    final int degradation = random.nextInt(4);
                    space.put(POOL, element(id, 9, policy, value, degradation));
                    Naive n = model.get(id);
                    if (n == null) {
                        n = new Naive();
                        n.turn = ++turns;
                        model.put(id, n);
                    }
                    n.value = value & PolicyValues.FULL;
                    n.degradation = degradation;
                    n.handedOut = 0;
                } else if (!model.isEmpty()) {
                    final List<Integer> expected = new ArrayList<>(model.keySet());
                    expected.sort(Comparator.<Integer>comparingLong(x -> key(policy, model.get(x)))
                        .thenComparingLong(x -> model.get(x).turn));
                    final int limit = 1 + random.nextInt(8);
                    final List<Integer> named = selected(space.pool(POOL), limit).stream()
                        .map(PoolElementEntry::identifier).toList();
                    assertThat(named).isEqualTo(expected.subList(0, Math.min(limit, expected.size())));
                    for (int k = 0; k < Math.min(increments, named.size()); k++) {
                        final Naive n = model.get(named.get(k));
                        n.handedOut++;
                        n.turn = ++turns;
                    }
                }
            }
        }
    }

    /** Whatever happens: each once, only those that are there, as many as asked for, and every weight counts. */
    @ParameterizedTest
    @ValueSource(ints = {PolicyType.RANDOM, PolicyType.WEIGHTED_RANDOM, PolicyType.RANDOMIZED_LEAST_USED,
        PolicyType.RANDOMIZED_LEAST_USED_DEGRADATION, PolicyType.WEIGHTED_ROUND_ROBIN})
    void drawnFromThoseThatAreThere(final int policy) {
        final SplittableRandom random = new SplittableRandom(7);
        final Handlespace space = new Handlespace(HandlespaceLimits.DEFAULT, new SplittableRandom(7));
        final HashSet<Integer> model = new HashSet<>();
        for (int i = 0; i < 30_000; i++) {
            final int id = 1 + random.nextInt(i < 15_000 ? 300 : 20);
            if (random.nextInt(4) == 0 && model.remove(id)) {
                space.remove(space.find(POOL, id));
            } else if (random.nextInt(2) == 0) {
                space.put(POOL, element(id, 9, policy, random.nextInt(), random.nextInt()));
                model.add(id);
            } else if (!model.isEmpty()) {
                final int limit = 1 + random.nextInt(i % 50 == 0 ? 400 : 5);
                final List<Integer> named = selected(space.pool(POOL), limit).stream()
                    .map(PoolElementEntry::identifier).toList();
                assertThat(named).doesNotHaveDuplicates().hasSize(Math.min(limit, model.size()));
                assertThat(model).containsAll(named);
            }
        }
    }

    /** After all the changes above the sums of weights are still right: shares show it. */
    @Test
    void weightsSurviveChanges() {
        final SplittableRandom random = new SplittableRandom(9);
        final Handlespace space = new Handlespace(HandlespaceLimits.DEFAULT, new SplittableRandom(9));
        for (int i = 0; i < 20_000; i++) {
            final int id = 4 + random.nextInt(200);
            final PoolElementEntry known = space.find(POOL, id);
            if (known != null && random.nextBoolean()) {
                space.remove(known);
            } else {
                space.put(POOL, element(id, 9, PolicyType.WEIGHTED_RANDOM, random.nextInt(1000)));
            }
            if (i == 10_000) {
                space.put(POOL, element(1, 9, PolicyType.WEIGHTED_RANDOM, 1000));
                space.put(POOL, element(2, 9, PolicyType.WEIGHTED_RANDOM, 3000));
            }
        }
        for (int id = 4; id < 204; id++) {
            if (space.find(POOL, id) != null) {
                space.remove(space.find(POOL, id));
            }
        }
        int first = 0;
        for (int i = 0; i < 40_000; i++) {
            first += selected(space.pool(POOL), 1).get(0).identifier() == 1 ? 1 : 0;
        }
        assertThat(first).isBetween(9_700, 10_300);
    }
}
