// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A peer gone mad, in every state; more of it by {@code ./poolswitch fuzz}. */
class LiveFuzzTest {
    @ParameterizedTest
    @EnumSource
    void noPacketInThisStateBreaksTheEndpointOrHurtsOthers(final LiveFuzz.State state) {
        int reached = 0;
        for (long seed = 1; seed <= 25; seed++) {
            final LiveFuzz fuzz = new LiveFuzz(new SplittableRandom(100 * seed + state.ordinal()));
            fuzz.run(state, 2_000);
            reached += fuzz.reached().getOrDefault(state.name().replace('_', '-'), 0);
            assertThat(fuzz.arrived()).isEqualTo(2_000);
        }
        assertThat(reached).isGreaterThanOrEqualTo(25);
    }

    @Test
    void aMillionPacketsThrowNothingAndLeaveNothing() {
        long arrived = 0;
        for (long seed = 1; arrived < 1_000_000; seed++) {
            final LiveFuzz fuzz = new LiveFuzz(new SplittableRandom(seed));
            fuzz.run(LiveFuzz.State.values()[(int) (seed % LiveFuzz.State.values().length)], 50_000);
            arrived += fuzz.arrived();
        }
    }
}
