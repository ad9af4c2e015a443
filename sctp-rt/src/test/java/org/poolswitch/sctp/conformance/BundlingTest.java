// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.sctp.conformance.Association.TESTER_TSN;
import static org.poolswitch.sctp.conformance.Association.accepted;
import static org.poolswitch.sctp.conformance.Association.opened;
import static org.poolswitch.sctp.conformance.Tester.MS;
import static org.poolswitch.sctp.conformance.Tester.SECOND;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.DownCause;

/** Bundling of DATA chunks with control chunks (BDC). */
class BundlingTest {
    @Test
    @DisplayName("SCTP_BDC_I_7_1: a packet with DATA behind INIT is silently discarded")
    void sctp_bdc_i_7_1() {
        final Association a = new Association();
        a.put(a.init(), Chunk.data(Chunk.BE, TESTER_TSN, 0, 0, Tester.text(100)));
        a.expectNothing(SECOND);
        a.accept().isClosedGracefully();
    }

    @Test
    @DisplayName("SCTP_BDC_I_7_2: a packet with DATA behind INIT ACK is discarded, and T1-init goes on")
    void sctp_bdc_i_7_2() {
        final Association a = new Association().connect();
        a.put(a.initAck(), Chunk.data(Chunk.BE, TESTER_TSN, 0, 0, Tester.text(100)));
        a.expectNothing(900 * MS);
        a.await(200 * MS, Chunk.INIT);
        a.answerInit().answerCookie().closesGracefully();
        assertThat(a.messages).isEmpty();
    }

    @Test
    @DisplayName("SCTP_BDC_I_7_3: a packet with DATA behind SHUTDOWN COMPLETE in SHUTDOWN-ACK-SENT is discarded, and "
        + "T2-shutdown goes on")
    void sctp_bdc_i_7_3() {
        final Association a = accepted().shutDownByTester();
        a.put(Chunk.of(Chunk.SHUTDOWN_COMPLETE), a.nextData());
        a.expectNothing(900 * MS);
        assertThat(a.downs).isEmpty();
        a.await(200 * MS, Chunk.SHUTDOWN_ACK);
        a.completes();
        assertThat(a.messages).isEmpty();
    }

    @Test
    @DisplayName("SCTP_BDC_V_7_4: DATA behind COOKIE ECHO is delivered and acknowledged at once, COOKIE ACK first")
    void sctp_bdc_v_7_4() {
        final Association a = new Association();
        final byte[] cookie = a.greet().cookie();
        a.put(Chunk.cookieEcho(cookie), a.nextData());
        assertThat(a.expect(Chunk.COOKIE_ACK, Chunk.SACK).chunk(Chunk.SACK).tsn()).isEqualTo(TESTER_TSN);
        assertThat(a.ups).hasSize(1);
        assertThat(a.messages).hasSize(1);
        a.isClosedGracefully();
        // first of all, whatever else there is to say
        final Association other = new Association();
        final byte[] next = other.greet().cookie();
        other.put(Chunk.cookieEcho(next), Chunk.of(0xef, 1), other.nextData());
        other.expect(Chunk.COOKIE_ACK, Chunk.ERROR, Chunk.SACK);
    }

    @Test
    @DisplayName("SCTP_BDC_V_7_5: DATA behind COOKIE ACK is delivered and acknowledged at once")
    void sctp_bdc_v_7_5() {
        final Association a = new Association().connect().answerInit();
        a.put(Chunk.of(Chunk.COOKIE_ACK), a.nextData());
        assertThat(a.expect(Chunk.SACK).first().tsn()).isEqualTo(TESTER_TSN);
        assertThat(a.ups).hasSize(1);
        assertThat(a.messages).hasSize(1);
        a.isClosedGracefully();
    }

    @Test
    @DisplayName("SCTP_BDC_V_7_6: SACK with SHUTDOWN is answered with SHUTDOWN ACK")
    void sctp_bdc_v_7_6() {
        final Association first = accepted();
        first.put(Chunk.shutdown(first.endpointTsn - 1), first.sackUpTo(first.endpointTsn - 1));
        first.expect(Chunk.SHUTDOWN_ACK);
        first.completes();
        final Association second = accepted().withOutstandingData();
        second.put(second.sackUpTo(second.endpointTsn), Chunk.shutdown(second.endpointTsn));
        second.expect(Chunk.SHUTDOWN_ACK);
        second.completes();
    }

    @Test
    @DisplayName("SCTP_BDC_V_7_7: SACK with DATA acknowledges, and the DATA is delivered and acknowledged")
    void sctp_bdc_v_7_7() {
        final Association a = accepted().withOutstandingData();
        a.put(a.sackUpTo(a.endpointTsn), a.nextData());
        assertThat(a.await(a.config.sackDelayNs(), Chunk.SACK).first().tsn()).isEqualTo(TESTER_TSN);
        assertThat(a.messages).hasSize(1);
        // T3-rtx does not run any more
        a.expectNothing(10 * SECOND);
        a.closesGracefully();
    }

    @Test
    @DisplayName("SCTP_BDC_V_7_8: SHUTDOWN ACK with DATA behind it in SHUTDOWN-SENT is answered with SHUTDOWN "
        + "COMPLETE, and the DATA, which must not be there, is ignored")
    void sctp_bdc_v_7_8() {
        final Association a = opened().shutDown();
        a.put(Chunk.of(Chunk.SHUTDOWN_ACK), a.nextData());
        assertThat(a.expect(Chunk.SHUTDOWN_COMPLETE).first().flags()).isZero();
        a.expectNothing();
        a.isDown(DownCause.SHUTDOWN);
        assertThat(a.messages).isEmpty();
    }
}
