// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.SctpAddress;

/** After a pause of ours every peer is asked, but not all at once: that would be the next pause. */
class ManyClockJumpsTest {
    private static final int COUNT = 1_000;

    private final Pair pair = new Pair();

    private long heartbeats() {
        return pair.a.core.counters().get(SctpCounter.HEARTBEATS_SENT);
    }

    @Test
    void thousandAssociationsAreAskedOneAfterTheOther() {
        for (int i = 0; i < COUNT; i++) {
            pair.a.core.connect(SctpAddress.of(pair.z.host, Pair.PORT, 9899), pair.now);
        }
        pair.run(5 * Pair.MS);
        assertThat(pair.a.core.associations()).isEqualTo(COUNT);
        final long before = heartbeats();
        pair.a.core.onClockJump(40 * Pair.MS, pair.now);
        pair.run(Pair.MS);
        assertThat(heartbeats() - before).isBetween(1L, 100L);
        pair.run(COUNT / 5 * Pair.MS + 10 * Pair.MS);
        assertThat(heartbeats() - before).isGreaterThanOrEqualTo(COUNT);
        assertThat(pair.a.downs).isEmpty();
    }
}
