// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.poolswitch.sim.FaultPlan;
import org.poolswitch.sim.FaultPlan.Kind;

/** No call is lost or doubled, whatever happens to the controllers: seeds with loss, a kill and a pause each. */
class CallWorldTest {
    private static final long MS = 1_000_000L;

    @Test
    void callsGoThroughWithoutFaults() {
        final CallWorld calls = new CallWorld(1, 0, 200, 100);
        calls.run(30_000 * MS);
        assertThat(calls.complaints()).isEmpty();
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("poolswitch.seeds", 200));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noCallIsLostOrDoubledThoughControllersAreKilledAndPaused(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final CallWorld calls = new CallWorld(seed, 0.002 + random.nextDouble() * 0.02, 120, 80);
        final FaultPlan plan = FaultPlan.draw(random, List.of(Kind.KILL, Kind.PAUSE), CallWorld.CONTROLLERS, 3,
            calls.world().nowNs() + 300 * MS, calls.world().nowNs() + 3_000 * MS, 900 * MS);
        calls.with(plan).run(60_000 * MS);
        assertThat(calls.complaints()).as("seed " + seed + ", " + plan).isEmpty();
    }
}
