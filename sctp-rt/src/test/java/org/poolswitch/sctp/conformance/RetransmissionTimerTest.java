// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.sctp.conformance.Association.opened;
import static org.poolswitch.sctp.conformance.Tester.MS;
import static org.poolswitch.sctp.conformance.Tester.T1;
import static org.poolswitch.sctp.conformance.Tester.T2;

import java.net.InetAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Retransmission timer (RT). */
class RetransmissionTimerTest {
    @Test
    @DisplayName("SCTP_RT_I_11_1: the RTO of a peer with one address doubles whenever T3-rtx expires")
    void sctp_rt_i_11_1() {
        backsOff(5);
    }

    @Test
    @DisplayName("SCTP_RT_I_11_2: the RTO of a peer with one address doubles whenever T3-rtx expires, up to RTO.Max "
        + "and no further")
    void sctp_rt_i_11_2() {
        backsOff(9);
    }

    private static void backsOff(final int times) {
        final Association a = opened(Association.TIMERS_ONLY).withOutstandingData();
        long last = a.now;
        long rto = a.config.rtoInitialNs();
        for (int i = 0; i < times; i++) {
            final Packet again = a.await(rto + MS, Chunk.DATA);
            assertThat(again.atNs() - last).as("interval " + i).isEqualTo(rto);
            assertThat(again.first().tsn()).isEqualTo(a.endpointTsn);
            last = again.atNs();
            rto = Math.min(2 * rto, a.config.rtoMaxNs());
        }
    }

    @Test
    @DisplayName("SCTP_RT_I_11_3: retransmissions to a peer with two addresses alternate between them, and each "
        + "address has an RTO of its own that doubles")
    void sctp_rt_i_11_3() {
        // without RFC 7829's potentially failed state, which has its own idea of where to send
        final Association a = Association.multihomed(Association.TIMERS_ONLY)
            .connect(T1, T2).answerInit(Tlv.address(T1), Tlv.address(T2)).answerCookie();
        a.alive = false;
        a.send(0, 1000);
        Packet data = a.expect(Chunk.DATA);
        assertThat(data.to()).isEqualTo(T1);
        for (int i = 0; i < a.config.associationMaxRetrans(); i++) {
            final long last = data.atNs();
            final InetAddress other = data.to().equals(T1) ? T2 : T1;
            final long rto = a.config.rtoInitialNs() << i / 2;
            data = a.await(rto + MS, Chunk.DATA);
            assertThat(data.to()).as("destination " + i).isEqualTo(other);
            assertThat(data.atNs() - last).as("interval " + i).isEqualTo(rto);
            assertThat(data.first().tsn()).isEqualTo(a.endpointTsn);
        }
        a.isGivenUp();
    }
}
