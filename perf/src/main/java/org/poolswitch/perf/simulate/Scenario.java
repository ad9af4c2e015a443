// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate;

import java.util.List;
import java.util.SplittableRandom;
import org.poolswitch.sim.FaultPlan;
import org.poolswitch.sim.FaultPlan.Kind;

/**
 * What happens to a world, drawn from a seed: how bad its network is, and which nodes are hit when.
 *
 * @param seed   everything follows from it
 * @param loss   probability that a datagram vanishes
 * @param calls  calls placed
 * @param rate   calls per second
 * @param kinds  what is done, each at least once
 * @param nodes  to whom; those that the seed's world does not have are left out
 * @param faults how many faults
 * @param patient whether people wait and talk longer than any fault lasts
 */
public record Scenario(long seed, double loss, int calls, double rate, List<Kind> kinds, List<String> nodes,
    int faults, boolean patient) {
    private static final long MS = 1_000_000L;
    private static final double LEAST_LOSS = 0.002;
    private static final double MORE_LOSS = 0.02;
    private static final long FIRST_NS = 300 * MS;
    private static final long LAST_NS = 3_000 * MS;
    private static final long LONGEST_NS = 900 * MS;
    private static final long PATIENCE_NS = 60_000 * MS;

    /** Loss of 0.2 to 2.2 %, three faults on controllers, at least a kill and a pause. */
    public static Scenario killsAndPauses(final long seed) {
        return new Scenario(seed, LEAST_LOSS + new SplittableRandom(seed).nextDouble() * MORE_LOSS, 120, 80,
            List.of(Kind.KILL, Kind.PAUSE), CallWorld.CONTROLLERS, 3, false);
    }

    /** The same with other faults. */
    public Scenario with(final List<Kind> otherKinds, final List<String> otherNodes, final int count) {
        return new Scenario(seed, loss, calls, rate, otherKinds, otherNodes, count, patient);
    }

    /** The same with people who wait and talk longer than any fault lasts: what is not heard shows. */
    public Scenario withPatience() {
        return new Scenario(seed, loss, calls, rate, kinds, nodes, faults, true);
    }

    /** The same faults, but calls go on long after them, on the same circuits. */
    public Scenario longer() {
        return new Scenario(seed, loss, 5 * calls, rate / 2, kinds, nodes, faults, patient);
    }

    /** Runs it. @return what went wrong, with what was done; empty if every call went as it should */
    public List<String> run() {
        final CallWorld world = patient ? CallWorld.patient(seed, loss, calls, rate)
            : new CallWorld(seed, loss, calls, rate);
        final long now = world.world().nowNs();
        final List<String> victims = CallWorld.present(seed, nodes);
        final FaultPlan plan = FaultPlan.draw(new SplittableRandom(~seed), kinds, victims,
            victims.isEmpty() ? 0 : faults, now + FIRST_NS, now + LAST_NS, LONGEST_NS);
        world.with(plan).run(PATIENCE_NS);
        final List<String> wrong = world.complaints();
        if (!wrong.isEmpty()) {
            wrong.add(0, "seed " + seed + ", " + plan);
        }
        return wrong;
    }
}
