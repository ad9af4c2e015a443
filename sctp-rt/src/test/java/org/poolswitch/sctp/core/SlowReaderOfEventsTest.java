// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.wire.Bytes;
import org.poolswitch.sctp.wire.ChunkType;

/** A user who does not take his events: peers are told not to send, so that they need not repeat what is dropped. */
class SlowReaderOfEventsTest {
    private static final int MOST = 8;

    private final Pair pair = new Pair(SctpConfig.carrier().with("Events.Max=" + MOST)).connect();

    private void toZ() {
        pair.a.core.flush(pair.now);
        while (!pair.a.out.isEmpty()) {
            pair.arrive(pair.z, pair.a.out.poll());
        }
        pair.z.core.flush(pair.now);
    }

    /** The window in the last packet that Z has sent, a SACK; or -1 if it has sent nothing. */
    private long window() {
        final byte[] last = pair.z.out.pollLast();
        pair.z.out.clear();
        if (last == null) {
            return -1;
        }
        assertThat(last[12]).isEqualTo((byte) ChunkType.SACK);
        return Bytes.i32(last, 12 + 8) & 0xffff_ffffL;
    }

    @Test
    void theWindowIsClosedUntilHeHasTakenHalf() {
        for (int i = 0; i < 3 * MOST; i++) {
            pair.send(pair.a, Integer.toString(i));
            toZ();
        }
        assertThat(window()).isZero();
        assertThat(pair.z.core.poll(pair.z, MOST / 2 - 1, pair.now)).isEqualTo(MOST / 2 - 1);
        pair.z.core.flush(pair.now);
        assertThat(window()).as("nobody is told for each one").isEqualTo(-1);
        assertThat(pair.z.core.poll(pair.z, 1, pair.now)).isOne();
        pair.z.core.flush(pair.now);
        assertThat(window()).as("and then at once").isGreaterThan(1 << 20);
        pair.run(2000 * Pair.MS);
        assertThat(pair.z.messages).hasSize(3 * MOST).endsWith(Integer.toString(3 * MOST - 1));
        assertThat(pair.a.downs).isEmpty();
        pair.z.core.audit();
    }
}
