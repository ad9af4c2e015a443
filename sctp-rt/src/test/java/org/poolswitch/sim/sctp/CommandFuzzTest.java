// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Commands and packets in any order; more of it by {@code ./poolswitch fuzz}. */
class CommandFuzzTest {
    @Test
    void noOrderOfCommandsAndPacketsBreaksAPromise() {
        SctpOutcome all = SctpOutcome.NOTHING;
        for (long seed = 1; seed <= 1_000; seed++) {
            try {
                all = all.plus(new CommandFuzz(new SplittableRandom(seed)).run(600));
            } catch (final RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
        assertThat(all.delivered()).isGreaterThan(10_000);
        assertThat(all.handedBack()).isGreaterThan(10_000);
        assertThat(all.abandoned()).isGreaterThan(5_000);
        assertThat(all.resets()).isGreaterThan(1_000);
    }
}
