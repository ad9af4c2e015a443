// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.poolswitch.sim.FaultPlan.Kind;

/** No call is lost or doubled, whatever happens to controllers and media gateways: seeds with loss and faults each. */
class CallWorldTest {
    private static final long MS = 1_000_000L;

    @Test
    void callsGoThroughWithoutFaults() {
        final CallWorld calls = new CallWorld(1, 0, 200, 100);
        calls.run(30_000 * MS);
        assertThat(calls.complaints()).isEmpty();
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("poolswitch.seeds", 140));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noCallIsLostOrDoubledThoughControllersAreKilledAndPaused(final long seed) {
        assertThat(Scenario.killsAndPauses(seed).run()).isEmpty();
    }

    static LongStream fewSeeds() {
        return LongStream.rangeClosed(1, 30);
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void norWhenControllersAreCutOffLosePowerOrAreSlow(final long seed) {
        assertThat(Scenario.killsAndPauses(seed).with(List.of(Kind.ISOLATE, Kind.POWER_OFF, Kind.SLOW, Kind.KILL),
            CallWorld.CONTROLLERS, 4).run()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void norWhenMediaGatewaysAreKilledPausedOrCutOffAsWell(final long seed) {
        assertThat(Scenario.killsAndPauses(seed).with(List.of(Kind.KILL, Kind.PAUSE, Kind.ISOLATE),
            Stream.concat(CallWorld.CONTROLLERS.stream(), CallWorld.GATEWAYS.stream()).toList(), 4).run()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void norWhenOnlyTheyAre(final long seed) {
        assertThat(Scenario.killsAndPauses(seed).with(List.of(Kind.PAUSE, Kind.POWER_OFF, Kind.ISOLATE),
            CallWorld.GATEWAYS, 3).run()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void whatTheCalledSideDidWhileItsGatewayWasOutOfReachIsHeardAfterwards(final long seed) {
        assertThat(Scenario.killsAndPauses(seed).with(List.of(Kind.CUT), List.of("gwc1", "gwc2", "gwc3", "mg1", "mg2"),
            6).withPatience().run()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void alsoIfItIsStoppedOrCutOffFromEverybody(final long seed) {
        assertThat(Scenario.killsAndPauses(seed).with(List.of(Kind.PAUSE, Kind.ISOLATE), CallWorld.GATEWAYS, 3)
            .withPatience().run()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void norWhenTheRegistrarDies(final long seed) {
        assertThat(Scenario.killsAndPauses(seed).with(List.of(Kind.KILL), List.of("registrar", "gwc1", "gk1"), 3).run())
            .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void norLongAfterwardsWhenDeposedControllersClearWhatTheyHeld(final long seed) {
        assertThat(Scenario.killsAndPauses(seed).longer().run()).isEmpty();
    }
}
