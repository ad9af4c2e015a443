// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.sctp.conformance.Association.accepted;
import static org.poolswitch.sctp.conformance.Tester.MS;
import static org.poolswitch.sctp.conformance.Tester.T1;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Fault handling (FH): a peer that has fallen silent, and packets that belong to nobody. */
class FaultHandlingTest {
    private static final int TAG = 4711;
    private static final InetAddress ALL_HOSTS = Tester.host(224, 0, 0, 1);
    private static final InetAddress BROADCAST = Tester.host(255, 255, 255, 255);
    private static final InetAddress ALL_NODES = Tester.host(0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

    @Test
    @DisplayName("SCTP_FH_I_5_1_1: user data is repeated Association.Max.Retrans times without an answer, then the "
        + "association is gone, the peer is told, and the user too, who gets the data back")
    void sctp_fh_i_5_1_1() {
        final Association a = accepted(Association.TIMERS_ONLY);
        a.send(0, 1000);
        isRepeatedUntilItIsGivenUp(a, a.endpointTsn);
    }

    @Test
    @DisplayName("SCTP_FH_I_5_1_2: a SACK for the data sets the count of retransmissions back")
    void sctp_fh_i_5_1_2() {
        final Association a = accepted(Association.TIMERS_ONLY).withOutstandingData();
        for (int i = 0; i < 3; i++) {
            assertThat(a.await(a.config.rtoMaxNs(), Chunk.DATA).first().tsn()).isEqualTo(a.endpointTsn);
        }
        a.put(a.sackUpTo(a.endpointTsn));
        a.expectNothing();
        a.send(0, 1000);
        isRepeatedUntilItIsGivenUp(a, a.endpointTsn + 1);
    }

    private static void isRepeatedUntilItIsGivenUp(final Association a, final int tsn) {
        assertThat(a.expect(Chunk.DATA).first().tsn()).isEqualTo(tsn);
        for (int i = 0; i < a.config.associationMaxRetrans(); i++) {
            assertThat(a.await(a.config.rtoMaxNs(), Chunk.DATA).first().tsn()).isEqualTo(tsn);
        }
        a.isGivenUp();
        assertThat(a.downs.get(0).undelivered()).hasSize(1);
        assertThat(a.downs.get(0).undelivered().get(0).payload()).isEqualTo(Tester.text(1000));
    }

    @Test
    @DisplayName("SCTP_FH_V_5_2: HEARTBEAT in ESTABLISHED is answered with HEARTBEAT ACK that carries the same "
        + "information to where it came from")
    void sctp_fh_v_5_2() {
        final Association a = accepted();
        for (final int octets : new int[] {0, 4, 5, 1000}) {
            final Chunk heartbeat = Chunk.heartbeat(Tester.text(octets));
            a.put(heartbeat);
            final Packet answer = a.expect(Chunk.HEARTBEAT_ACK);
            assertThat(answer.first().value()).isEqualTo(heartbeat.value());
            assertThat(answer.to()).isEqualTo(T1);
        }
        // whatever else is in it goes back with it
        final Chunk more = new Chunk(Chunk.HEARTBEAT, 0,
            Tlv.concat(Tlv.of(Tlv.HEARTBEAT_INFO, 1), Tlv.of(0x80cc, 2, 2)));
        a.put(more);
        assertThat(a.expect(Chunk.HEARTBEAT_ACK).first().value()).isEqualTo(more.value());
        a.isClosedGracefully();
        // and before: from COOKIE-ECHOED on, but nothing goes to a peer whose COOKIE ACK is not there yet (5.1 C)
        final Association early = new Association().connect();
        early.put(Chunk.heartbeat(Tester.text(3)));
        early.expectNothing();
        early.answerInit();
        final Chunk heartbeat = Chunk.heartbeat(Tester.text(7));
        early.put(heartbeat);
        early.expectNothing();
        early.put(Chunk.of(Chunk.COOKIE_ACK));
        assertThat(early.expect(Chunk.HEARTBEAT_ACK).first().value()).isEqualTo(heartbeat.value());
    }

    @Test
    @DisplayName("SCTP_FH_O_5_3_1: DATA for no association is answered with ABORT that reflects the tag")
    void sctp_fh_o_5_3_1() {
        final Association a = new Association();
        a.putTagged(TAG, T1, a.nextData());
        final Packet packet = a.expect(Chunk.ABORT);
        assertThat(packet.first().flags()).isEqualTo(Chunk.T);
        assertThat(packet.tag()).isEqualTo(TAG);
    }

    @Test
    @DisplayName("SCTP_FH_O_5_3_2: ABORT for no association is silently discarded")
    void sctp_fh_o_5_3_2() {
        final Association a = new Association();
        a.putTagged(TAG, T1, Chunk.of(Chunk.ABORT));
        a.putTagged(TAG, T1, new Chunk(Chunk.ABORT, Chunk.T, new byte[0]));
        // wherever it stands in the packet (section 8.4, rule 2)
        a.putTagged(TAG, T1, a.nextData(), Chunk.of(Chunk.ABORT));
        a.expectNothing(100 * MS);
        a.accept().isClosedGracefully();
    }

    @Test
    @DisplayName("SCTP_FH_O_5_3_3: SHUTDOWN ACK for no association is answered with SHUTDOWN COMPLETE that reflects "
        + "the tag")
    void sctp_fh_o_5_3_3() {
        final Association a = new Association();
        a.putTagged(TAG, T1, Chunk.of(Chunk.SHUTDOWN_ACK));
        final Packet packet = a.expect(Chunk.SHUTDOWN_COMPLETE);
        assertThat(packet.first().flags()).isEqualTo(Chunk.T);
        assertThat(packet.tag()).isEqualTo(TAG);
    }

    @Test
    @DisplayName("SCTP_FH_O_5_3_4: SHUTDOWN COMPLETE for no association is silently discarded")
    void sctp_fh_o_5_3_4() {
        final Association a = new Association();
        a.putTagged(TAG, T1, Chunk.of(Chunk.SHUTDOWN_COMPLETE));
        a.putTagged(TAG, T1, new Chunk(Chunk.SHUTDOWN_COMPLETE, Chunk.T, new byte[0]));
        a.expectNothing(100 * MS);
        a.accept().isClosedGracefully();
    }

    @Test
    @DisplayName("SCTP_FH_O_5_3_5: a packet from a source that is not unicast is silently discarded, even if it has "
        + "a good cookie")
    void sctp_fh_o_5_3_5() {
        final Association a = new Association();
        final byte[] cookie = a.greet().cookie();
        for (final InetAddress group : List.of(ALL_HOSTS, BROADCAST, ALL_NODES, Tester.host(0, 0, 0, 0))) {
            a.putFrom(group, Chunk.cookieEcho(cookie));
            a.putFrom(group, a.nextData());
            a.putFrom(group, a.init());
            a.putFrom(group, Chunk.of(Chunk.SHUTDOWN_ACK));
        }
        a.expectNothing(100 * MS);
        assertThat(a.ups).isEmpty();
        a.echo(cookie).isClosedGracefully();
    }
}
