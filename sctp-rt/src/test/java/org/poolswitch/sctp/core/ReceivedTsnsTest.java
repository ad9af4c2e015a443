// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was received, in whatever order, beside a set that is kept in the simplest way. */
class ReceivedTsnsTest {
    private static final int STEPS = 20_000;
    private static final int WINDOW = 300;
    private static final int FIRST = Integer.MAX_VALUE - 1_000;
    private static final int SEEDS = 5;

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 60, 97})
    void gapBlocksAreThoseThatASackHas(final int percentInOrder) {
        for (int seed = 0; seed < SEEDS; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            final ReceivedTsns tsns = new ReceivedTsns(FIRST, 1 << 12);
            final BitSet model = new BitSet();
            final byte[] sack = new byte[4 * WINDOW];
            for (int i = 0; i < STEPS; i++) {
                step(random, tsns, model, percentInOrder);
                final int cumulative = model.nextClearBit(0);
                assertThat(tsns.cumulative()).isEqualTo(FIRST - 1 + cumulative);
                assertThat(tsns.gapBlocks()).as("seed %d, step %d", seed, i).isEqualTo(runs(model, cumulative))
                    .isEqualTo(tsns.writeGaps(sack, 0, WINDOW));
                assertThat(tsns.hasGap()).isEqualTo(tsns.gapBlocks() > 0);
            }
        }
    }

    private static void step(final SplittableRandom random, final ReceivedTsns tsns, final BitSet model,
        final int percentInOrder) {
        final int cumulative = model.nextClearBit(0);
        if (random.nextInt(500) == 0) {
            final int upTo = cumulative + random.nextInt(WINDOW);
            tsns.skipTo(FIRST + upTo);
            model.set(0, upTo + 1);
        } else {
            final int at = cumulative + (random.nextInt(100) < percentInOrder ? 0 : random.nextInt(WINDOW));
            tsns.add(FIRST + at);
            model.set(at);
        }
    }

    private static int runs(final BitSet model, final int from) {
        int runs = 0;
        for (int at = model.nextSetBit(from); at >= 0; at = model.nextSetBit(model.nextClearBit(at))) {
            runs++;
        }
        return runs;
    }
}
