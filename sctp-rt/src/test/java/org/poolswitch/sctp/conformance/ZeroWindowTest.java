// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.sctp.conformance.Association.STREAMS;
import static org.poolswitch.sctp.conformance.Association.TESTER_TSN;
import static org.poolswitch.sctp.conformance.Association.opened;
import static org.poolswitch.sctp.conformance.Tester.MS;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Data (D): what a sender does while the receiver's window is closed (RFC 9260 section 6.1, rule A). */
class ZeroWindowTest {
    @Test
    @DisplayName("SCTP_D_O_8_7: while the window is closed only one DATA chunk is sent, first after an RTO and then "
        + "at doubling intervals; the rest follows when it opens")
    void sctp_d_o_8_7() {
        final Association a = opened(Association.TIMERS_ONLY).withOutstandingData();
        a.put(Chunk.sack(a.endpointTsn, 0));
        a.send(0, 1000);
        a.send(0, 1000);
        final long closed = a.now;
        final long[] sent = new long[4];
        for (int i = 0; i < sent.length; i++) {
            final Packet probe = a.await(a.config.rtoMaxNs(), Chunk.DATA);
            assertThat(probe.first().tsn()).isEqualTo(a.endpointTsn + 1);
            sent[i] = probe.atNs();
        }
        assertThat(sent[0] - closed).isEqualTo(a.config.rtoInitialNs());
        assertThat(sent[1] - sent[0]).isEqualTo(2 * a.config.rtoInitialNs());
        assertThat(sent[2] - sent[1]).isEqualTo(2 * (sent[1] - sent[0]));
        assertThat(sent[3] - sent[2]).isEqualTo(2 * (sent[2] - sent[1]));
        a.put(a.sackUpTo(a.endpointTsn + 1));
        assertThat(a.expect(Chunk.DATA).first().tsn()).isEqualTo(a.endpointTsn + 2);
        a.put(a.sackUpTo(a.endpointTsn + 2));
        a.closesGracefully();
    }

    @Test
    @DisplayName("SCTP_D_O_8_8: fragments probe a closed window in the same way, and probes that SACKs answer never "
        + "end the association")
    void sctp_d_o_8_8() {
        final Association a = new Association(Association.TIMERS_ONLY).connect();
        // room for one fragment
        a.put(Chunk.initAck(a.testerTag, 1500, STREAMS, STREAMS, TESTER_TSN,
            new Tlv(Tlv.STATE_COOKIE, Association.COOKIE)));
        a.expect(Chunk.COOKIE_ECHO);
        a.answerCookie();
        a.send(0, 3000);
        assertThat(a.expect(Chunk.DATA).first().flags() & 7).isEqualTo(Chunk.B);
        a.put(Chunk.sack(a.endpointTsn, 0));
        long interval = a.config.rtoInitialNs();
        for (int i = 0; i < 2 * a.config.associationMaxRetrans(); i++) {
            a.expectNothing(interval - MS);
            final Chunk probe = a.await(2 * MS, Chunk.DATA).first();
            assertThat(probe.flags() & 7).isZero();
            assertThat(probe.tsn()).isEqualTo(a.endpointTsn + 1);
            a.put(Chunk.sack(a.endpointTsn, 0));
            a.expectNothing();
            interval = Math.min(2 * interval, a.config.rtoMaxNs());
        }
        assertThat(a.downs).isEmpty();
        // the window opens, but the probe was thrown away: it goes again, alone, when T3-rtx expires
        a.put(Chunk.sack(a.endpointTsn, 1500));
        assertThat(a.await(interval, Chunk.DATA).first().tsn()).isEqualTo(a.endpointTsn + 1);
        a.expectNothing();
        a.put(a.sackUpTo(a.endpointTsn + 1));
        assertThat(a.expect(Chunk.DATA).first().flags() & 7).isEqualTo(Chunk.E);
        a.put(a.sackUpTo(a.endpointTsn + 2));
        a.closesGracefully();
    }
}
