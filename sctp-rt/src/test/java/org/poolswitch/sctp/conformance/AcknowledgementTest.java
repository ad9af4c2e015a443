// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.sctp.conformance.Association.TESTER_TSN;
import static org.poolswitch.sctp.conformance.Association.accepted;
import static org.poolswitch.sctp.conformance.Tester.SECOND;

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
        a.isClosedGracefully();
    }

    @Test
    @DisplayName("SCTP_A_V_9_2: three DATA chunks in one packet are acknowledged by one SACK")
    void sctp_a_v_9_2() {
        final Association a = accepted();
        a.put(a.nextData(), a.nextData(), a.nextData());
        final Chunk sack = a.await(a.config.sackDelayNs(), Chunk.SACK).first();
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
        a.advance(a.config.sackDelayNs());
        a.chunksNow();
        final Chunk missing = a.nextData();
        a.put(a.nextData());
        final Chunk sack = a.expect(Chunk.SACK).first();
        assertThat(sack.tsn()).isEqualTo(TESTER_TSN);
        assertThat(sack.gaps()).containsExactly(2, 2);
        assertThat(a.messages).hasSize(1);
        a.put(missing);
        final Chunk last = a.await(a.config.sackDelayNs(), Chunk.SACK).first();
        assertThat(last.tsn()).isEqualTo(TESTER_TSN + 2);
        assertThat(last.gaps()).isEmpty();
        assertThat(a.messages).hasSize(3);
        a.isClosedGracefully();
    }
}
