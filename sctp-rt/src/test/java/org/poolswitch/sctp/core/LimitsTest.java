// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SendStatus;

/** What is just allowed, and what is just too much. */
class LimitsTest {
    private static final int LONGEST = 100_000;
    private static final int STREAMS = 65_535;
    private static final long MS = Pair.MS;

    /** The longest message fills all buffers; in fragments it costs more than its octets. */
    private final Pair pair = new Pair(SctpConfig.carrier().with("Streams.Out=65535,Streams.In=65535,Message.Max="
        + LONGEST + ",Send.Buffer=" + LONGEST + ",Receive.Buffer=" + LONGEST + ",Path.MTU=512")).connect();

    private SendStatus send(final int stream, final boolean unordered, final long lifetimeNs, final int octets) {
        final byte[] b = new byte[octets];
        java.util.Arrays.fill(b, (byte) 'x');
        return pair.a.core.send(pair.a.association, stream, 7, unordered, lifetimeNs, b, 0, octets, pair.now);
    }

    private void runWithLosses(final int ms) {
        pair.run(ms * MS, packet -> packet % 11 != 5);
    }

    private void endsInGoodOrder() {
        pair.a.core.audit();
        pair.z.core.audit();
        assertThat(pair.a.core.heldOctets()).isZero();
        assertThat(pair.z.core.heldOctets()).isZero();
        pair.a.core.shutdown(pair.a.association, pair.now);
        pair.run(200 * MS);
        assertThat(pair.a.downs).containsExactly(DownCause.SHUTDOWN);
        assertThat(pair.z.downs).containsExactly(DownCause.SHUTDOWN);
    }

    @Test
    void theLastStreamAndTheLongestMessage() {
        for (final boolean unordered : new boolean[] {false, true}) {
            assertThat(send(STREAMS - 1, unordered, SctpEndpoint.NO_LIFETIME, LONGEST))
                .isEqualTo(SendStatus.ACCEPTED);
            assertThat(send(STREAMS - 1, unordered, SctpEndpoint.NO_LIFETIME, 1)).isEqualTo(SendStatus.FULL);
            runWithLosses(3000);
        }
        assertThat(pair.z.messages).hasSize(2).allMatch(m -> m.length() == LONGEST);
        assertThat(send(STREAMS - 1, false, SctpEndpoint.NO_LIFETIME, LONGEST + 1)).isEqualTo(SendStatus.INVALID);
        assertThat(send(STREAMS - 1, false, SctpEndpoint.NO_LIFETIME, 0)).isEqualTo(SendStatus.INVALID);
        assertThat(send(STREAMS, false, SctpEndpoint.NO_LIFETIME, 1)).isEqualTo(SendStatus.INVALID);
        assertThat(send(0, false, 0, 1)).isEqualTo(SendStatus.INVALID);
        endsInGoodOrder();
    }

    @Test
    void eachOfAllStreamsStartsAgain() {
        for (int round = 0; round < 2; round++) {
            for (int stream = 0; stream < STREAMS; stream++) {
                assertThat(send(stream, false, SctpEndpoint.NO_LIFETIME, 1)).isEqualTo(SendStatus.ACCEPTED);
                if (stream % 300 == 0) {
                    pair.run(5 * MS);
                }
            }
            pair.run(200 * MS);
            assertThat(pair.z.messages).hasSize((round + 1) * STREAMS);
            // more than a packet can name; none named means all
            assertThat(pair.a.core.resetStreams(pair.a.association, new int[STREAMS], pair.now))
                .isEqualTo(SendStatus.INVALID);
            assertThat(pair.a.core.resetStreams(pair.a.association, new int[0], pair.now))
                .isEqualTo(SendStatus.ACCEPTED);
            pair.run(200 * MS);
        }
        endsInGoodOrder();
    }

    /** Messages in many fragments that are of no use any more when half of them is there. */
    @Test
    void ofMessagesThatAreGivenUpHalfWayNothingIsLeft() {
        int accepted = 0;
        for (int i = 0; i < 400; i++) {
            final long lifetimeNs = 1 + i % 7 * MS;
            accepted += send(i % 3, i % 2 == 0, lifetimeNs, 200 + i * 37 % 9000) == SendStatus.ACCEPTED ? 1 : 0;
            runWithLosses(1 + i % 4);
        }
        runWithLosses(2000);
        final long abandoned = pair.a.core.counters().get(SctpCounter.MESSAGES_ABANDONED);
        assertThat(abandoned).isBetween(20L, accepted - 20L);
        // a message is there, or given up, or both, for the last SACK may have been lost
        assertThat(pair.z.messages.size() + abandoned).isGreaterThanOrEqualTo(accepted);
        assertThat(send(1, false, SctpEndpoint.NO_LIFETIME, 50)).isEqualTo(SendStatus.ACCEPTED);
        runWithLosses(300);
        assertThat(pair.z.messages.get(pair.z.messages.size() - 1)).hasSize(50);
        endsInGoodOrder();
    }
}
