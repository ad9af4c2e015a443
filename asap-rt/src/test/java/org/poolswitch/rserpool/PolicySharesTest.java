// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.rserpool.Elements.element;
import static org.poolswitch.rserpool.Elements.selected;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Each policy of RFC 5356: who is named first how often, by a fixed seed; random ones by chi-square. */
class PolicySharesTest {
    private static final PoolHandle POOL = PoolHandle.of("pool");
    /** Chi-square of 4 degrees of freedom passes this once in a thousand seeds; the seed is fixed. */
    private static final double CHI_SQUARE_4 = 18.47;
    private final Handlespace space = new Handlespace(HandlespaceLimits.DEFAULT, new SplittableRandom(5356));

    /** A pool with one element for each row of values; their identifiers are 1, 2, 3 ... */
    private Pool pool(final int policy, final int[]... values) {
        for (int i = 0; i < values.length; i++) {
            assertThat(space.put(POOL, element(i + 1, 9, policy, values[i]))).isZero();
        }
        return space.pool(POOL);
    }

    private static int[][] each(final int... values) {
        final int[][] rows = new int[values.length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new int[] {values[i]};
        }
        return rows;
    }

    private static int[] shares(final Pool pool, final int rounds) {
        final int[] shares = new int[pool.size()];
        for (int i = 0; i < rounds; i++) {
            shares[selected(pool, 1).get(0).identifier() - 1]++;
        }
        return shares;
    }

    private static String order(final Pool pool, final int limit, final int rounds) {
        final StringBuilder s = new StringBuilder();
        for (int i = 0; i < rounds; i++) {
            s.append(i == 0 ? "" : " ");
            selected(pool, limit).forEach(e -> s.append(e.identifier()));
        }
        return s.toString();
    }

    private static void fits(final int[] shares, final double... weights) {
        double sum = 0;
        int rounds = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i];
            rounds += shares[i];
        }
        double chi = 0;
        for (int i = 0; i < weights.length; i++) {
            final double expected = rounds * weights[i] / sum;
            chi += (shares[i] - expected) * (shares[i] - expected) / expected;
        }
        assertThat(chi).as("chi-square of %s", Arrays.toString(shares)).isLessThan(CHI_SQUARE_4);
    }

    @Test
    void roundRobin() {
        final Pool pool = pool(PolicyType.ROUND_ROBIN, new int[0], new int[0], new int[0]);
        assertThat(order(pool, 1, 4)).isEqualTo("1 2 3 1");
        assertThat(order(pool, 2, 3)).as("one turn is over with an answer").isEqualTo("23 31 12");
        assertThat(order(pool, 9, 2)).as("each once").isEqualTo("231 312");
        space.put(POOL, element(4, 9, PolicyType.ROUND_ROBIN));
        space.remove(space.find(POOL, 3));
        assertThat(order(pool, 1, 4)).isEqualTo("1 2 4 1");
    }

    @Test
    void weightedRoundRobinIsExactAndEven() {
        final Pool pool = pool(PolicyType.WEIGHTED_ROUND_ROBIN, each(1, 2, 4, 8, 0));
        assertThat(shares(pool, 16_000)).as("weight 0 counts as 1").containsExactly(1000, 2000, 4000, 8000, 1000);
        final int[] last = new int[6];
        for (int i = 1; i <= 1600; i++) {
            final int id = selected(pool, 1).get(0).identifier();
            final int[] interval = {0, 16, 8, 4, 2, 16};
            if (last[id] > 0) {
                assertThat(i - last[id]).as("element %d comes regularly", id)
                    .isBetween(interval[id] - 4, interval[id] + 4);
            }
            last[id] = i;
        }
    }

    @Test
    void weightsMayChangeAndDifferByFarMoreThanIsSane() {
        final Pool pool = pool(PolicyType.WEIGHTED_ROUND_ROBIN, each(-1, 1, 1));
        assertThat(shares(pool, 1000)).containsExactly(1000, 0, 0);
        space.put(POOL, element(1, 9, PolicyType.WEIGHTED_ROUND_ROBIN, 1));
        final int[] shares = shares(pool, 3000);
        assertThat(shares[0]).isBetween(999, 1001);
        space.put(POOL, element(2, 9, PolicyType.WEIGHTED_ROUND_ROBIN, 8));
        assertThat(shares(pool, 1000)[1]).isBetween(798, 802);
        for (int i = 0; i < 500; i++) {
            space.put(POOL, element(1, 9, PolicyType.WEIGHTED_ROUND_ROBIN, 1));
            selected(pool, 1);
        }
        assertThat(shares(pool, 1000)[0]).as("registering again gains nothing").isBetween(98, 102);
    }

    @Test
    void random() {
        final Pool pool = pool(PolicyType.RANDOM, new int[5][0]);
        fits(shares(pool, 50_000), 1, 1, 1, 1, 1);
        final int[] second = new int[5];
        for (int i = 0; i < 50_000; i++) {
            final List<PoolElementEntry> two = selected(pool, 2);
            assertThat(two.get(0)).isNotSameAs(two.get(1));
            second[two.get(1).identifier() - 1]++;
        }
        fits(second, 1, 1, 1, 1, 1);
    }

    @Test
    void weightedRandom() {
        final Pool pool = pool(PolicyType.WEIGHTED_RANDOM, each(1, 2, 3, 4, 10));
        fits(shares(pool, 100_000), 1, 2, 3, 4, 10);
        // the second of an answer is drawn from what the first left
        final int[] second = new int[5];
        for (int i = 0; i < 100_000; i++) {
            second[selected(pool, 2).get(1).identifier() - 1]++;
        }
        final double[] weights = {1, 2, 3, 4, 10};
        final double[] expected = new double[5];
        for (int first = 0; first < 5; first++) {
            for (int i = 0; i < 5; i++) {
                expected[i] += i == first ? 0 : weights[first] / 20 * weights[i] / (20 - weights[first]);
            }
        }
        fits(second, expected);
        space.put(POOL, element(5, 9, PolicyType.WEIGHTED_RANDOM, 0));
        fits(shares(pool, 100_000), 1, 2, 3, 4, 1);
    }

    @Test
    void priority() {
        final Pool pool = pool(PolicyType.PRIORITY, each(5, -1, 7, -1));
        assertThat(order(pool, 4, 3)).as("the largest first, unsigned; equal ones in turn")
            .isEqualTo("2431 4231 2431");
        space.put(POOL, element(1, 9, PolicyType.PRIORITY, -1));
        assertThat(order(pool, 1, 4)).as("it waited longest").isEqualTo("1 4 2 1");
    }

    @Test
    void leastUsed() {
        final Pool pool = pool(PolicyType.LEAST_USED, each(100, 50, 50, -1));
        assertThat(order(pool, 4, 3)).isEqualTo("2314 3214 2314");
        space.put(POOL, element(4, 9, PolicyType.LEAST_USED, 0));
        assertThat(order(pool, 2, 2)).isEqualTo("43 43");
    }

    @Test
    void leastUsedWithDegradation() {
        final Pool pool = pool(PolicyType.LEAST_USED_DEGRADATION, new int[] {0, 10}, new int[] {5, 10},
            new int[] {25, 1});
        // loads 0 5 25 -> 10 5 25 -> 10 15 25 -> 20 15 25 -> 20 25 25 -> 30 25 25: 3 waits longer than 2
        assertThat(order(pool, 1, 6)).isEqualTo("1 2 1 2 1 3");
        assertThat(order(pool, 3, 1)).as("26, 25 and 30").isEqualTo("231");
        space.put(POOL, element(1, 9, PolicyType.LEAST_USED_DEGRADATION, 0, 10));
        assertThat(order(pool, 1, 3)).as("a load that is told anew begins anew").isEqualTo("1 1 1");
        space.put(POOL, element(3, 9, PolicyType.LEAST_USED_DEGRADATION, -2, -2));
        assertThat(shares(pool, 10)[2]).as("above 100 percent there is nothing").isZero();
    }

    @Test
    void priorityLeastUsed() {
        final Pool pool = pool(PolicyType.PRIORITY_LEAST_USED, new int[] {10, 30}, new int[] {20, 10},
            new int[] {30, 0}, new int[] {-1, 5});
        assertThat(order(pool, 4, 3)).as("load plus degradation, which does not add up")
            .isEqualTo("2314 3214 2314");
    }

    @Test
    void randomizedLeastUsed() {
        final Pool pool = pool(PolicyType.RANDOMIZED_LEAST_USED, each(0, 0x80000000, 0xc0000000, 0xe0000000, -1));
        final int[] shares = shares(pool, 100_000);
        assertThat(shares[4]).as("full is as good as never").isZero();
        shares[4] = shares[3];
        fits(shares, 8, 4, 2, 1, 1);
    }

    @Test
    void rsplibsPrivateOnes() {
        final Pool rlud = pool(PolicyType.RANDOMIZED_LEAST_USED_DEGRADATION, new int[] {0, 0x10000000},
            new int[] {-2, 0});
        assertThat(shares(rlud, 100)[0]).as("100 percent after sixteen times").isBetween(16, 60);
        final Handlespace other = new Handlespace(HandlespaceLimits.DEFAULT, new SplittableRandom(1));
        other.put(POOL, element(1, 9, PolicyType.PRIORITY_LEAST_USED_DEGRADATION, 0, 10));
        other.put(POOL, element(2, 9, PolicyType.PRIORITY_LEAST_USED_DEGRADATION, 5, 10));
        assertThat(order(other.pool(POOL), 1, 5)).isEqualTo("1 2 1 2 1");
        final PoolHandle far = PoolHandle.of("far");
        // 20 ms at a hundred-thousandth of the load each, against none but more load
        other.put(far, element(1, 9, PolicyType.LEAST_USED_DPF, 100, 42_949, 20));
        other.put(far, element(2, 9, PolicyType.LEAST_USED_DPF, 200, 42_949, 0));
        assertThat(order(other.pool(far), 2, 1)).isEqualTo("21");
        final PoolHandle chance = PoolHandle.of("chance");
        other.put(chance, element(1, 9, PolicyType.WEIGHTED_RANDOM_DPF, 100, 0x04000000, 0));
        other.put(chance, element(2, 9, PolicyType.WEIGHTED_RANDOM_DPF, 100, 0x04000000, 32));
        final int[] shares = shares(other.pool(chance), 30_000);
        assertThat(shares[0] / (double) shares[1]).as("32 ms take half of the weight").isBetween(1.9, 2.1);
    }

    @Test
    void unknownPoliciesGoRoundRobin() {
        final Pool pool = pool(0x80001234, new int[] {7}, new int[] {1}, new int[] {3});
        assertThat(order(pool, 1, 4)).isEqualTo("1 2 3 1");
        assertThat(SelectionPolicies.standard().knows(0x80001234)).isFalse();
    }

    @Test
    void maxIncrementSaysHowManyHaveHadTheirTurn() {
        final Handlespace all = new Handlespace(new HandlespaceLimits(1, 9, 9, 256, 2, ChecksumRule.RFC),
            new SplittableRandom(1));
        for (int i = 1; i <= 4; i++) {
            all.put(POOL, element(i, 9, PolicyType.ROUND_ROBIN));
        }
        assertThat(order(all.pool(POOL), 3, 3)).isEqualTo("123 341 123");
    }
}
