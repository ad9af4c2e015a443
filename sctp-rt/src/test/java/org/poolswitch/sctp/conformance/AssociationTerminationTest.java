// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.sctp.conformance.Association.accepted;
import static org.poolswitch.sctp.conformance.Association.opened;
import static org.poolswitch.sctp.conformance.Tester.MS;
import static org.poolswitch.sctp.conformance.Tester.SECOND;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SendStatus;

/** Association termination (AT). */
class AssociationTerminationTest {
    @Test
    @DisplayName("SCTP_AT_V_2_2: ABORT in ESTABLISHED ends the association without an answer")
    void sctp_at_v_2_2() {
        final Association a = opened().withOutstandingData();
        a.put(Chunk.of(Chunk.ABORT));
        a.expectNothing();
        a.isDown(DownCause.PEER_ABORTED);
        a.expectNothing(100 * SECOND);
    }

    @Test
    @DisplayName("SCTP_AT_I_2_3: SHUTDOWN is sent only when all user data is acknowledged")
    void sctp_at_i_2_3() {
        final Association a = opened().withOutstandingData();
        a.endpoint.shutdown(a.association(), a.now);
        a.expectNothing(500 * MS);
        a.put(a.sackUpTo(a.endpointTsn));
        assertThat(a.expect(Chunk.SHUTDOWN).first().tsn()).isEqualTo(Association.TESTER_TSN - 1);
        a.put(Chunk.of(Chunk.SHUTDOWN_ACK));
        a.expect(Chunk.SHUTDOWN_COMPLETE);
        a.isDown(DownCause.SHUTDOWN);
    }

    @Test
    @DisplayName("SCTP_AT_I_2_4: SHUTDOWN is repeated when T2-shutdown expires")
    void sctp_at_i_2_4() {
        final Association a = opened().shutDown();
        final long sent = a.now;
        final Packet again = a.await(2 * SECOND, Chunk.SHUTDOWN);
        assertThat(again.atNs() - sent).isEqualTo(a.config.rtoInitialNs());
        assertThat(again.first().tsn()).isEqualTo(Association.TESTER_TSN - 1);
    }

    @Test
    @DisplayName("SCTP_AT_I_2_5: SHUTDOWN is repeated Association.Max.Retrans times, or until T5-shutdown-guard "
        + "expires, then the association is gone, and peer and user are told")
    void sctp_at_i_2_5() {
        // five, so that T2-shutdown ends it before T5-shutdown-guard may (5 times RTO.Max, section 9.2)
        final Association a = opened("heartbeatIntervalNs", 0L, "associationMaxRetrans", 5, "pathMaxRetrans", 5,
            "potentiallyFailedMaxRetrans", 5).shutDown();
        repeatsUntilItGivesUp(a, Chunk.SHUTDOWN, a.now);
        // the script's settings, by which T5 comes first
        final Association guarded = opened("heartbeatIntervalNs", 0L, "rtoInitialNs", SECOND / 2, "rtoMinNs",
            SECOND / 2, "rtoMaxNs", SECOND, "shutdownGuardNs", 5 * SECOND, "pathMaxRetrans", 10,
            "potentiallyFailedMaxRetrans", 10).shutDown();
        final long sent = guarded.now;
        for (int i = 0; i < 5; i++) {
            assertThat(guarded.await(2 * SECOND, Chunk.SHUTDOWN).atNs() - sent).isEqualTo(SECOND / 2 + i * SECOND);
        }
        guarded.expectNothing(SECOND / 2 - MS);
        guarded.isGivenUp();
    }

    @Test
    @DisplayName("SCTP_AT_V_2_6: SHUTDOWN ACK in SHUTDOWN-SENT is answered with SHUTDOWN COMPLETE, and the "
        + "association is gone")
    void sctp_at_v_2_6() {
        final Association a = opened().shutDown();
        a.put(Chunk.of(Chunk.SHUTDOWN_ACK));
        assertThat(a.expect(Chunk.SHUTDOWN_COMPLETE).first().flags()).isZero();
        a.isDown(DownCause.SHUTDOWN);
        a.expectNothing(100 * SECOND);
    }

    @Test
    @DisplayName("SCTP_AT_I_2_7_1: the user's data is refused in SHUTDOWN-SENT")
    void sctp_at_i_2_7_1() {
        final Association a = opened().shutDown();
        assertThat(a.send(0, 1000)).isEqualTo(SendStatus.CLOSED);
        a.await(2 * SECOND, Chunk.SHUTDOWN);
        a.put(Chunk.of(Chunk.SHUTDOWN_ACK));
        a.expect(Chunk.SHUTDOWN_COMPLETE);
        a.isDown(DownCause.SHUTDOWN);
    }

    @Test
    @DisplayName("SCTP_AT_I_2_7_2: the user's data is refused in SHUTDOWN-RECEIVED")
    void sctp_at_i_2_7_2() {
        final Association a = opened().withOutstandingData();
        a.put(Chunk.shutdown(a.endpointTsn - 1));
        a.expectNothing();
        assertThat(a.send(0, 1000)).isEqualTo(SendStatus.CLOSED);
        a.expectNothing();
        a.put(Chunk.shutdown(a.endpointTsn));
        a.expect(Chunk.SHUTDOWN_ACK);
        a.completes();
    }

    @Test
    @DisplayName("SCTP_AT_I_2_7_3: the user's data is refused in SHUTDOWN-PENDING")
    void sctp_at_i_2_7_3() {
        final Association a = opened().withOutstandingData();
        a.endpoint.shutdown(a.association(), a.now);
        assertThat(a.send(0, 1000)).isEqualTo(SendStatus.CLOSED);
        a.expectNothing();
        a.put(a.sackUpTo(a.endpointTsn));
        a.expect(Chunk.SHUTDOWN);
        a.put(Chunk.of(Chunk.SHUTDOWN_ACK));
        a.expect(Chunk.SHUTDOWN_COMPLETE);
        a.isDown(DownCause.SHUTDOWN);
    }

    @Test
    @DisplayName("SCTP_AT_I_2_7_4: the user's data is refused in SHUTDOWN-ACK-SENT")
    void sctp_at_i_2_7_4() {
        final Association a = opened().shutDownByTester();
        assertThat(a.send(0, 1000)).isEqualTo(SendStatus.CLOSED);
        a.await(2 * SECOND, Chunk.SHUTDOWN_ACK);
        a.completes();
    }

    @Test
    @DisplayName("SCTP_AT_I_2_8: DATA in SHUTDOWN-SENT is delivered, answered at once with a SHUTDOWN that "
        + "acknowledges it, and starts T2-shutdown again")
    void sctp_at_i_2_8() {
        final Association a = opened().shutDown();
        for (int i = 0; i < 2; i++) {
            a.advance(600 * MS);
            a.put(a.nextData());
            final Packet answer = a.next();
            assertThat(answer.types()).isSubsetOf(Chunk.SHUTDOWN, Chunk.SACK);
            assertThat(answer.chunk(Chunk.SHUTDOWN).tsn()).isEqualTo(Association.TESTER_TSN + i);
            for (final Chunk chunk : answer.chunks()) {
                assertThat(chunk.tsn()).isEqualTo(Association.TESTER_TSN + i);
            }
            a.expectNothing();
        }
        assertThat(a.messages).hasSize(2);
        final long answered = a.now;
        final Packet again = a.await(2 * SECOND, Chunk.SHUTDOWN);
        assertThat(again.atNs() - answered).isEqualTo(a.config.rtoInitialNs());
        assertThat(again.first().tsn()).isEqualTo(Association.TESTER_TSN + 1);
        a.put(Chunk.of(Chunk.SHUTDOWN_ACK));
        a.expect(Chunk.SHUTDOWN_COMPLETE);
        a.isDown(DownCause.SHUTDOWN);
    }

    @Test
    @DisplayName("SCTP_AT_I_2_9: DATA in SHUTDOWN-RECEIVED is discarded")
    void sctp_at_i_2_9() {
        final Association a = opened().withOutstandingData();
        a.put(Chunk.shutdown(a.endpointTsn - 1));
        a.put(a.nextData());
        a.expectNothing(500 * MS);
        assertThat(a.messages).isEmpty();
        a.put(a.sackUpTo(a.endpointTsn));
        a.expect(Chunk.SHUTDOWN_ACK);
        a.completes();
        assertThat(a.messages).isEmpty();
    }

    @Test
    @DisplayName("SCTP_AT_I_2_10: with user data outstanding SHUTDOWN is not acknowledged, the data is repeated when "
        + "T3-rtx expires, and SHUTDOWN ACK follows when it is acknowledged")
    void sctp_at_i_2_10() {
        final Association a = opened().withOutstandingData();
        final long sent = a.now;
        a.put(Chunk.shutdown(a.endpointTsn - 1));
        final Packet again = a.await(2 * SECOND, Chunk.DATA);
        assertThat(again.atNs() - sent).isEqualTo(a.config.rtoInitialNs());
        assertThat(again.first().tsn()).isEqualTo(a.endpointTsn);
        a.put(Chunk.shutdown(a.endpointTsn - 1));
        a.expectNothing(100 * MS);
        a.put(a.sackUpTo(a.endpointTsn));
        a.expect(Chunk.SHUTDOWN_ACK);
        a.completes();
    }

    @Test
    @DisplayName("SCTP_AT_I_2_11: SHUTDOWN ACK is repeated when T2-shutdown expires")
    void sctp_at_i_2_11() {
        final Association a = opened().shutDownByTester();
        final long sent = a.now;
        assertThat(a.await(2 * SECOND, Chunk.SHUTDOWN_ACK).atNs() - sent).isEqualTo(a.config.rtoInitialNs());
        a.completes();
    }

    @Test
    @DisplayName("SCTP_AT_I_2_12: SHUTDOWN ACK is repeated Association.Max.Retrans times, then the association is "
        + "gone, and peer and user are told")
    void sctp_at_i_2_12() {
        final Association a = opened(Association.TIMERS_ONLY).shutDownByTester();
        repeatsUntilItGivesUp(a, Chunk.SHUTDOWN_ACK, a.now);
    }

    private static void repeatsUntilItGivesUp(final Association a, final int type, final long sent) {
        long last = sent;
        long interval = a.config.rtoInitialNs();
        for (int i = 0; i < a.config.associationMaxRetrans(); i++) {
            final Packet packet = a.await(interval + MS, type);
            assertThat(packet.atNs() - last).as("interval " + i).isEqualTo(interval);
            if (type == Chunk.SHUTDOWN) {
                assertThat(packet.first().tsn()).isEqualTo(Association.TESTER_TSN - 1);
            }
            last = packet.atNs();
            interval = Math.min(2 * interval, a.config.rtoMaxNs());
        }
        a.expectNothing(interval - MS);
        a.isGivenUp();
    }

    @Test
    @DisplayName("SCTP_AT_I_2_13: SHUTDOWN COMPLETE in SHUTDOWN-ACK-SENT ends the association without an answer")
    void sctp_at_i_2_13() {
        final Association a = accepted().shutDownByTester();
        a.completes();
        a.expectNothing(100 * SECOND);
    }

    @Test
    @DisplayName("SCTP_AT_V_2_14: a SHUTDOWN that acknowledges all user data is answered with SHUTDOWN ACK at once")
    void sctp_at_v_2_14() {
        final Association a = opened().withOutstandingData();
        a.put(Chunk.shutdown(a.endpointTsn));
        a.expect(Chunk.SHUTDOWN_ACK);
        a.completes();
    }
}
