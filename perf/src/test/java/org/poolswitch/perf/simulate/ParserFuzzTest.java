// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Mutated messages for every decoder; more of it by {@code ./poolswitch fuzz}. */
class ParserFuzzTest {
    @Test
    void decodersUnderstandOrRefuse() {
        for (long seed = 1; seed <= 5; seed++) {
            assertThat(new ParserFuzz(new SplittableRandom(seed)).run(20_000)).as("seed " + seed).isEmpty();
        }
    }
}
