// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Worlds of two and three endpoints; more of them by {@code ./poolswitch simulate sctp}. */
class SctpWorldTest {
    private static SctpOutcome live(final long first, final long last) {
        SctpOutcome all = SctpOutcome.NOTHING;
        for (long seed = first; seed <= last; seed++) {
            all = all.plus(new SctpWorld(seed).run());
        }
        return all;
    }

    @Test
    void everySeedKeepsTheTransportsPromises() {
        final SctpOutcome all = live(1, Integer.getInteger("poolswitch.seeds", 2_000));
        // the worlds are lively enough for the promises to mean something
        assertThat(all.delivered()).isGreaterThan(1_000_000);
        assertThat(all.handedBack()).isGreaterThan(50_000);
        assertThat(all.abandoned()).isGreaterThan(50_000);
        assertThat(all.associations()).isGreaterThan(20_000);
        assertThat(all.resets()).isGreaterThan(5_000);
        assertThat(all.restarts()).isGreaterThan(50);
    }

    @Test
    void theSameSeedIsTheSameWorld() {
        final SctpWorld first = new SctpWorld(77);
        final SctpWorld second = new SctpWorld(77);
        assertThat(first.run()).isEqualTo(second.run());
        assertThat(first.world().traceHash()).isEqualTo(second.world().traceHash());
    }
}
