// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.sctp.conformance.Association.TESTER_TSN;
import static org.poolswitch.sctp.conformance.Association.accepted;
import static org.poolswitch.sctp.conformance.Tester.SECOND;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Acknowledgement (A). */
class AcknowledgementTest {
    @Test
    @DisplayName("SCTP_A_V_9_1: the first DATA of an association is acknowledged at once")
    void sctp_a_v_9_1() {
        final Association a = accepted();
        a.put(a.nextData());
        final Chunk sack = a.expect(Chunk.SACK).first();
        assertThat(sack.tsn()).isEqualTo(TESTER_TSN);
        assertThat(sack.gaps()).isEmpty();
        assertThat(sack.duplicates()).isEmpty();
        a.isClosedGracefully();
    }

    @Test
    @DisplayName("SCTP_A_V_9_2: three DATA chunks in one packet are acknowledged by one SACK")
    void sctp_a_v_9_2() {
        final Association a = accepted();
        a.put(a.nextData(), a.nextData(), a.nextData());
        final Chunk sack = a.expect(Chunk.SACK).first();
        assertThat(sack.tsn()).isEqualTo(TESTER_TSN + 2);
        assertThat(sack.gaps()).isEmpty();
        assertThat(sack.duplicates()).isEmpty();
        a.expectNothing(SECOND);
        assertThat(a.messages).hasSize(3);
        a.isClosedGracefully();
    }

    @Test
    @DisplayName("SCTP_A_O_9_3: a gap in the TSNs is reported at once with a gap ack block, until it is filled")
    void sctp_a_o_9_3() {
        final Association a = accepted();
        a.put(a.nextData());
        a.expect(Chunk.SACK);
        final Chunk missing = a.nextData();
        a.put(a.nextData());
        final Chunk sack = a.expect(Chunk.SACK).first();
        assertThat(sack.tsn()).isEqualTo(TESTER_TSN);
        assertThat(sack.gaps()).containsExactly(2, 2);
        // section 6.7: once more for each packet that does not fill it
        a.put(a.nextData());
        final Chunk next = a.expect(Chunk.SACK).first();
        assertThat(next.tsn()).isEqualTo(TESTER_TSN);
        assertThat(next.gaps()).containsExactly(2, 3);
        assertThat(a.messages).hasSize(1);
        a.put(missing);
        final Chunk last = a.await(a.config.sackDelayNs(), Chunk.SACK).first();
        assertThat(last.tsn()).isEqualTo(TESTER_TSN + 3);
        assertThat(last.gaps()).isEmpty();
        assertThat(a.messages).hasSize(4);
        a.isClosedGracefully();
    }

    /** Every other TSN from the second one on. @return where the gap ack blocks must be */
    private static List<Integer> leaveGaps(final Association a, final int gaps) {
        final List<Integer> blocks = new ArrayList<>();
        for (int i = 0; i < gaps; i++) {
            a.put(Chunk.data(Chunk.BE, TESTER_TSN + 2 * i + 1, 0, 2 * i + 1, Tester.text(10)));
            a.chunksNow();
            blocks.add(2 * i + 2);
            blocks.add(2 * i + 2);
        }
        return blocks;
    }

    /** Section 3.3.4: what a SACK leaves out was thrown away, as its reader sees it, and goes again. */
    @Test
    void aSackThatRidesWithDataLeavesNothingOut() {
        final Association a = accepted();
        final List<Integer> blocks = leaveGaps(a, 30);
        for (final int octets : new int[] {10, 1000, 1300, 1372}) {
            a.send(0, octets);
            a.put(Chunk.data(Chunk.BE, TESTER_TSN + 1, 0, 1, Tester.text(10)));
            final List<Chunk> chunks = a.chunksNow();
            assertThat(chunks).extracting(Chunk::type).containsExactlyInAnyOrder(Chunk.SACK, Chunk.DATA);
            final Chunk sack = chunks.stream().filter(c -> c.type() == Chunk.SACK).findFirst().orElseThrow();
            assertThat(sack.gaps()).as("beside %d octets", octets).isEqualTo(blocks);
            a.put(Chunk.sack(a.endpointTsn++, Association.WINDOW));
        }
    }

    @Test
    void aSackBehindALongHeartbeatAckLeavesNothingOut() {
        final Association a = accepted();
        final List<Integer> blocks = leaveGaps(a, 50);
        a.put(Chunk.heartbeat(Tester.text(1200)), Chunk.data(Chunk.BE, TESTER_TSN + 1, 0, 1, Tester.text(10)));
        final List<Chunk> chunks = a.chunksNow();
        assertThat(chunks).extracting(Chunk::type).containsExactly(Chunk.HEARTBEAT_ACK, Chunk.SACK);
        assertThat(chunks.get(1).gaps()).isEqualTo(blocks);
    }
}
