// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.poolswitch.rserpool.PolicyType;

/** The policies' shares, over members that are all well. */
class MemberChoiceTest {
    private final Rig rig = new Rig(Rig.config()).elements(1, 2, 3).start();
    private final PoolSessionImpl session = (PoolSessionImpl) rig.open();
    private final MemberChoice choice = new MemberChoice(new SplittableRandom(3));

    private List<PoolMember> members() {
        rig.send(session, "x", 0);
        rig.settle();
        return session.pool.members;
    }

    private int[] shares(final int policy, final int rounds, final List<PoolMember> members) {
        choice.policy(policy);
        final int[] shares = new int[3];
        for (int i = 0; i < rounds; i++) {
            shares[members.indexOf(choice.choose(session, members, true, 0))]++;
        }
        return shares;
    }

    @Test
    void sharesFollowTheWeights() {
        final List<PoolMember> m = members();
        m.get(0).weight = 1;
        m.get(1).weight = 2;
        m.get(2).weight = 3;
        assertThat(shares(PolicyType.ROUND_ROBIN, 300, m)).containsExactly(100, 100, 100);
        assertThat(shares(PolicyType.WEIGHTED_ROUND_ROBIN, 600, m)).containsExactly(100, 200, 300);
        assertThat(shares(PolicyType.PRIORITY, 10, m)).containsExactly(0, 0, 10);
        final int[] random = shares(PolicyType.RANDOM, 3000, m);
        assertThat(random[0]).isBetween(900, 1100);
        final int[] weighted = shares(PolicyType.WEIGHTED_RANDOM, 6000, m);
        assertThat(weighted[0]).isBetween(850, 1150);
        assertThat(weighted[2]).isBetween(2800, 3200);
    }

    @Test
    void aWeightOf0CountsAs1() {
        final List<PoolMember> m = members();
        m.get(0).weight = 0;
        m.get(1).weight = 1;
        m.get(2).weight = 2;
        assertThat(shares(PolicyType.WEIGHTED_ROUND_ROBIN, 400, m)).containsExactly(100, 100, 200);
        assertThat(shares(PolicyType.WEIGHTED_RANDOM, 4000, m)[0]).isBetween(850, 1150);
    }

    @Test
    void leastUsedGoesByLoad() {
        final List<PoolMember> m = new ArrayList<>(members());
        m.get(0).load = 100;
        m.get(1).load = 50;
        m.get(2).load = 50;
        assertThat(shares(PolicyType.LEAST_USED, 10, m)).containsExactly(0, 5, 5);
        m.forEach(x -> x.chosen = 0);
        m.forEach(x -> x.degradation = 10);
        final int[] shares = shares(PolicyType.LEAST_USED_DEGRADATION, 20, m);
        assertThat(shares[0]).isBetween(3, 5);
        m.get(0).load = 0xffffffffL;
        assertThat(shares(PolicyType.RANDOMIZED_LEAST_USED, 100, m)[0]).isLessThan(5);
    }

    @Test
    void betterShapeBeatsPolicy() {
        final List<PoolMember> m = members();
        m.get(0).weight = 9;
        m.get(0).ban(1000);
        assertThat(shares(PolicyType.PRIORITY, 10, m)[0]).isZero();
        m.get(1).ban(1000);
        m.get(2).ban(1000);
        assertThat(shares(PolicyType.PRIORITY, 10, m)[0]).as("the last resort follows the policy again")
            .isEqualTo(10);
        assertThat(choice.choose(session, List.of(), true, 0)).isNull();
    }
}
