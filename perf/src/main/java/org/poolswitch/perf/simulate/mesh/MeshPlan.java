// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate.mesh;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.poolswitch.enrp.core.TakeoverRule;
import org.poolswitch.sim.LinkQuality;

/**
 * How large a world is and how bad its network, drawn from a seed. Most are small, so that many run in a minute; some
 * are as large as a region, and a few have a crowd of users.
 *
 * @param registrars    1 to 7
 * @param pools         1 to 40
 * @param processes     processes with elements
 * @param poolsEach     pools that each process is in
 * @param users         processes with users: up to ten, or hundreds in a crowd
 * @param poolsUsed     pools that each of them talks to
 * @param link          every link
 * @param driftPpm      clocks run up to so many parts per million too fast or too slow
 * @param faults        how many faults
 * @param storm         whether all elements start again at the same moment
 * @param rule          who wins arbitrations
 * @param journals      whether registrars come back with what they knew
 */
record MeshPlan(int registrars, int pools, int processes, int poolsEach, int users, int poolsUsed, LinkQuality link,
    long driftPpm, int faults, boolean storm, TakeoverRule rule, boolean journals) {
    private static final int LARGE_ONE_IN = 40;
    private static final int CROWD_ONE_IN = 4;
    private static final int CROWD_POOLS = 2;

    static MeshPlan draw(final long seed) {
        final RandomGenerator random = new SplittableRandom(seed * 31 + 7);
        final boolean large = random.nextInt(LARGE_ONE_IN) == 0;
        final int registrars = 1 + random.nextInt(large ? 7 : 4);
        final int pools = 1 + random.nextInt(large ? 40 : 8);
        final int processes = large ? 15 + random.nextInt(15) : 1 + random.nextInt(5);
        final int each = Math.min(pools, large ? 5 + random.nextInt(8) : 1 + random.nextInt(4));
        final boolean crowd = large && random.nextInt(CROWD_ONE_IN) == 0;
        final int users = crowd ? 100 + random.nextInt(200) : large ? 5 + random.nextInt(6) : 1 + random.nextInt(2);
        final double loss = random.nextInt(3) == 0 ? 0 : random.nextDouble() * 0.02;
        final LinkQuality link = new LinkQuality(50_000 + random.nextLong(500_000), 20_000 + random.nextLong(200_000),
            loss, random.nextDouble() * 0.005, random.nextDouble() * 0.01);
        return new MeshPlan(registrars, pools, processes, each, users, crowd ? Math.min(each, CROWD_POOLS) : each, link,
            random.nextLong(500), 2 + random.nextInt(large ? 8 : 5), random.nextInt(4) == 0,
            TakeoverRule.values()[random.nextInt(2)], random.nextInt(3) == 0);
    }
}
