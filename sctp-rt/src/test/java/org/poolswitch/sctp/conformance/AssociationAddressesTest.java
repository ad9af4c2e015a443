// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.sctp.conformance.Tester.SECOND;
import static org.poolswitch.sctp.conformance.Tester.T1;
import static org.poolswitch.sctp.conformance.Tester.T2;

import java.net.InetAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Association set-up (AS): where an endpoint sends to, by the addresses that it was told. */
class AssociationAddressesTest {
    @Test
    @DisplayName("SCTP_AS_V_1_10_1: when INIT has no address, its source is the only address that the endpoint sends "
        + "to")
    void sctp_as_v_1_10_1() {
        final Association a = Association.accepted();
        sendsFirstAndAgainTo(a, T1, T1);
        assertThat(a.probed).isSubsetOf(T1);
    }

    @Test
    @DisplayName("SCTP_AS_V_1_10_2: when INIT ACK has no address, its source is the only address that the endpoint "
        + "sends to")
    void sctp_as_v_1_10_2() {
        final Association a = Association.opened();
        sendsFirstAndAgainTo(a, T1, T1);
        assertThat(a.probed).isSubsetOf(T1);
        // nor does it help that the user named another one
        final Association named = Association.multihomed().connect(T1, T2).answerInit().answerCookie();
        sendsFirstAndAgainTo(named, T1, T1);
        named.advance(100 * SECOND);
        assertThat(named.probed).containsExactly(T1);
    }

    @Test
    @DisplayName("SCTP_AS_V_1_11_1: an address in INIT is used for retransmissions besides the source of INIT, once "
        + "a HEARTBEAT has confirmed it")
    void sctp_as_v_1_11_1() {
        final Association a = new Association().accept(Tlv.address(T2));
        a.advance(10 * SECOND);
        assertThat(a.probed).contains(T2);
        sendsFirstAndAgainTo(a, T1, T2);
    }

    @Test
    @DisplayName("SCTP_AS_V_1_11_2: an address in INIT ACK is used for retransmissions besides the source of INIT "
        + "ACK, once a HEARTBEAT has confirmed it")
    void sctp_as_v_1_11_2() {
        final Association a = new Association().connect().answerInit(Tlv.address(T1), Tlv.address(T2)).answerCookie();
        a.advance(10 * SECOND);
        assertThat(a.probed).contains(T2);
        sendsFirstAndAgainTo(a, T1, T2);
    }

    private static void sendsFirstAndAgainTo(final Association a, final InetAddress first, final InetAddress again) {
        a.send(0, 1000);
        final Packet data = a.expect(Chunk.DATA);
        assertThat(data.to()).isEqualTo(first);
        final Packet repeated = a.await(2 * SECOND, Chunk.DATA);
        assertThat(repeated.to()).isEqualTo(again);
        assertThat(repeated.first().tsn()).isEqualTo(data.first().tsn());
        a.putFrom(again, a.sackUpTo(a.endpointTsn));
        a.expectNothing(10 * SECOND);
    }

    @Test
    @DisplayName("SCTP_AS_I_1_15: INIT is repeated to the other address of the peer, and the association can be set "
        + "up there")
    void sctp_as_i_1_15() {
        final Association a = Association.multihomed();
        a.call(T1, T2);
        final Packet first = a.expect(Chunk.INIT);
        assertThat(first.to()).isEqualTo(T1);
        a.learn(first);
        final Packet again = a.await(2 * SECOND, Chunk.INIT);
        assertThat(again.to()).isEqualTo(T2);
        assertThat(again.atNs() - first.atNs()).isEqualTo(a.config.rtoInitialNs());
        assertThat(again.sourcePort()).isEqualTo(first.sourcePort());
        assertThat(again.first().initiateTag()).isEqualTo(a.endpointTag);
        a.putFrom(T2, a.initAck());
        assertThat(a.expect(Chunk.COOKIE_ECHO).to()).isEqualTo(T2);
        a.putFrom(T2, Chunk.of(Chunk.COOKIE_ACK));
        a.expectNothing();
        assertThat(a.ups).hasSize(1);
    }
}
