// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole nodes and a mad peer; more of it by {@code ./poolswitch fuzz}. */
class NodeFuzzTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void nodesLiveAndServe(final long seed) {
        assertThat(new NodeFuzz(seed).run(1_500)).isGreaterThan(1_000);
    }
}
