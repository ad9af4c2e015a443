// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.sctp.conformance.Association.COOKIE;
import static org.poolswitch.sctp.conformance.Association.STREAMS;
import static org.poolswitch.sctp.conformance.Association.TESTER_TSN;
import static org.poolswitch.sctp.conformance.Association.WINDOW;
import static org.poolswitch.sctp.conformance.Association.accepted;
import static org.poolswitch.sctp.conformance.Tester.MS;
import static org.poolswitch.sctp.conformance.Tester.SECOND;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SendStatus;

/** Association set-up (AS): who says what in which order, how often, and how many streams come of it. */
class AssociationSetupTest {
    @Test
    @DisplayName("SCTP_AS_V_1_1_1: an endpoint that opens an association sends INIT, answers INIT ACK with COOKIE "
        + "ECHO that carries the cookie unchanged, and is up with COOKIE ACK")
    void sctp_as_v_1_1_1() {
        final Association a = new Association();
        a.call();
        final Chunk init = a.learn(a.expect(Chunk.INIT));
        assertThat(init.initiateTag()).isNotZero();
        assertThat(init.i32(4)).as("a_rwnd").isGreaterThanOrEqualTo(1500);
        assertThat(init.outStreams()).isPositive();
        assertThat(init.inStreams()).isPositive();
        a.answerInit();
        assertThat(a.ups).isEmpty();
        a.answerCookie();
        a.closesGracefully();
    }

    @Test
    @DisplayName("SCTP_AS_V_1_1_2: a listening endpoint answers INIT with INIT ACK that carries a cookie, keeps "
        + "nothing, and is up when the cookie comes back")
    void sctp_as_v_1_1_2() {
        final Association a = new Association();
        a.put(a.init());
        final Packet packet = a.expect(Chunk.INIT_ACK);
        assertThat(packet.to()).isEqualTo(Tester.T1);
        final Chunk initAck = a.learn(packet);
        assertThat(initAck.initiateTag()).isNotZero();
        assertThat(initAck.i32(4)).as("a_rwnd").isGreaterThanOrEqualTo(1500);
        assertThat(initAck.outStreams()).isBetween(1, STREAMS);
        // nothing is kept, so nothing is ever repeated
        a.expectNothing(20 * SECOND);
        assertThat(a.ups).isEmpty();
        a.echo(initAck.cookie());
        a.isClosedGracefully();
    }

    @Test
    @DisplayName("SCTP_AS_I_1_2_1: INIT is repeated unchanged when T1-init expires")
    void sctp_as_i_1_2_1() {
        final Association a = new Association();
        a.call();
        final Packet first = a.expect(Chunk.INIT);
        final Packet second = a.await(2 * SECOND, Chunk.INIT);
        assertThat(second.atNs() - first.atNs()).isEqualTo(a.config.rtoInitialNs());
        assertThat(second.first().value()).isEqualTo(first.first().value());
        assertThat(second.sourcePort()).isEqualTo(first.sourcePort());
        a.learn(second);
        a.answerInit().answerCookie().closesGracefully();
    }

    @Test
    @DisplayName("SCTP_AS_I_1_2_2: COOKIE ECHO is repeated with the same cookie when T1-cookie expires")
    void sctp_as_i_1_2_2() {
        final Association a = new Association().connect().answerInit();
        final long sent = a.now;
        final Packet again = a.await(2 * SECOND, Chunk.COOKIE_ECHO);
        assertThat(again.atNs() - sent).isEqualTo(a.config.rtoInitialNs());
        assertThat(again.first().value()).isEqualTo(COOKIE);
        a.answerCookie().closesGracefully();
    }

    @Test
    @DisplayName("SCTP_AS_I_1_3_1: INIT is repeated Max.Init.Retransmits times at doubling intervals, then the user "
        + "is told that set-up failed")
    void sctp_as_i_1_3_1() {
        final Association a = new Association();
        a.call();
        repeatsUntilItGivesUp(a, Chunk.INIT);
        // there is no tag that an ABORT could carry
        a.advance(a.config.rtoMaxNs() + MS);
        assertThat(a.downs).extracting(Tester.Down::cause).containsExactly(DownCause.CONNECT_FAILED);
        a.expectNothing(200 * SECOND);
    }

    @Test
    @DisplayName("SCTP_AS_I_1_3_2: COOKIE ECHO is repeated Max.Init.Retransmits times at doubling intervals, then "
        + "the peer is told by an ABORT, and the user that set-up failed")
    void sctp_as_i_1_3_2() {
        final Association a = new Association().connect();
        a.put(a.initAck());
        repeatsUntilItGivesUp(a, Chunk.COOKIE_ECHO);
        // the peer may have taken the cookie, and only its COOKIE ACK was lost
        final Chunk abort = a.await(a.config.rtoMaxNs() + MS, Chunk.ABORT).first();
        assertThat(abort.flags()).isZero();
        assertThat(abort.causes()).isEmpty();
        a.isDown(DownCause.CONNECT_FAILED);
        a.expectNothing(200 * SECOND);
    }

    private static void repeatsUntilItGivesUp(final Association a, final int type) {
        long last = a.expect(type).atNs();
        long interval = a.config.rtoInitialNs();
        for (int i = 0; i < a.config.maxInitRetransmits(); i++) {
            final Packet packet = a.await(interval + MS, type);
            assertThat(packet.atNs() - last).as("interval " + i).isEqualTo(interval);
            last = packet.atNs();
            interval = Math.min(2 * interval, a.config.rtoMaxNs());
        }
        assertThat(a.downs).isEmpty();
        a.expectNothing(interval - MS);
        assertThat(a.downs).isEmpty();
    }

    @Test
    @DisplayName("SCTP_AS_V_1_7_1: an INIT that allows fewer streams than the endpoint wants is accepted, and the "
        + "endpoint sends on no more than those")
    void sctp_as_v_1_7_1() {
        final Association a = new Association("outStreams", 2);
        a.put(Chunk.init(a.testerTag, WINDOW, 100, 1, TESTER_TSN));
        final Chunk initAck = a.learn(a.expect(Chunk.INIT_ACK));
        assertThat(initAck.outStreams()).isEqualTo(1);
        a.echo(initAck.cookie());
        assertThat(a.ups.get(0).outStreams()).isEqualTo(1);
        assertThat(a.send(1, 10)).isEqualTo(SendStatus.INVALID);
        a.isClosedReflecting();
    }

    @Test
    @DisplayName("SCTP_AS_I_1_7_2: an INIT with no outbound stream is discarded and answered with ABORT")
    void sctp_as_i_1_7_2() {
        final Association a = new Association();
        a.put(Chunk.init(a.testerTag, WINDOW, 0, 1, TESTER_TSN));
        final Chunk abort = a.expect(Chunk.ABORT).first();
        assertThat(abort.flags()).isZero();
        assertThat(abort.causeCodes()).containsExactly(Tlv.CAUSE_INVALID_PARAMETER);
        a.accept().isClosedGracefully();
    }

    @Test
    @DisplayName("SCTP_AS_V_1_7_3: an INIT ACK that allows fewer streams than INIT asked for is accepted, and the "
        + "endpoint sends on no more than those")
    void sctp_as_v_1_7_3() {
        final Association a = new Association("outStreams", 2, "maxInStreams", 1);
        a.call();
        final Chunk init = a.learn(a.expect(Chunk.INIT));
        assertThat(init.outStreams()).isEqualTo(2);
        assertThat(init.inStreams()).isEqualTo(1);
        a.put(Chunk.initAck(a.testerTag, WINDOW, 1, 1, TESTER_TSN, new Tlv(Tlv.STATE_COOKIE, COOKIE)));
        a.expect(Chunk.COOKIE_ECHO);
        a.answerCookie();
        assertThat(a.ups.get(0).outStreams()).isEqualTo(1);
        assertThat(a.send(1, 10)).isEqualTo(SendStatus.INVALID);
        a.closesGracefully();
    }

    @Test
    @DisplayName("SCTP_AS_I_1_7_4: an INIT ACK with no outbound stream ends the set-up with ABORT")
    void sctp_as_i_1_7_4() {
        final Association a = new Association().connect();
        a.put(Chunk.initAck(a.testerTag, WINDOW, 0, 1, TESTER_TSN, new Tlv(Tlv.STATE_COOKIE, COOKIE)));
        final Chunk abort = a.expect(Chunk.ABORT).first();
        assertThat(abort.flags()).isZero();
        assertThat(abort.causeCodes()).containsExactly(Tlv.CAUSE_INVALID_PARAMETER);
        a.isDown(DownCause.CONNECT_FAILED);
    }

    @Test
    @DisplayName("SCTP_AS_V_1_7_5: two streams in each direction can be had and used")
    void sctp_as_v_1_7_5() {
        final Association a = new Association("outStreams", 2, "maxInStreams", 2);
        a.put(Chunk.init(a.testerTag, WINDOW, 2, 2, TESTER_TSN));
        final Chunk initAck = a.learn(a.expect(Chunk.INIT_ACK));
        assertThat(initAck.outStreams()).isEqualTo(2);
        assertThat(initAck.inStreams()).isEqualTo(2);
        a.echo(initAck.cookie());
        assertThat(a.ups.get(0).outStreams()).isEqualTo(2);
        assertThat(a.ups.get(0).inStreams()).isEqualTo(2);
        assertThat(a.send(1, 10)).isEqualTo(SendStatus.ACCEPTED);
        assertThat(a.expect(Chunk.DATA).first().stream()).isEqualTo(1);
        a.put(a.sackUpTo(a.endpointTsn));
        a.put(Chunk.data(Chunk.BE, TESTER_TSN, 1, 0, Tester.text(3)));
        assertThat(a.expect(Chunk.SACK).first().tsn()).isEqualTo(TESTER_TSN);
        assertThat(a.messages).extracting(Tester.Message::stream).containsExactly(1);
        assertThat(a.messages.get(0).data()).isEqualTo(Tester.text(3));
        // and no third one
        assertThat(a.send(2, 10)).isEqualTo(SendStatus.INVALID);
    }

    @Test
    @DisplayName("SCTP_AS_I_1_14_1: an INIT with initiate tag 0 is silently discarded")
    void sctp_as_i_1_14_1() {
        final Association a = new Association();
        a.put(Chunk.init(0, WINDOW, STREAMS, STREAMS, TESTER_TSN));
        a.expectNothing(SECOND);
        a.accept().isClosedGracefully();
    }

    @Test
    @DisplayName("SCTP_AS_I_1_14_2: an INIT ACK with initiate tag 0 ends the set-up with an ABORT that reflects the "
        + "tag")
    void sctp_as_i_1_14_2() {
        final Association a = new Association().connect();
        a.put(Chunk.initAck(0, WINDOW, STREAMS, STREAMS, TESTER_TSN, new Tlv(Tlv.STATE_COOKIE, COOKIE)));
        final Packet packet = a.expect(Chunk.ABORT);
        assertThat(packet.first().flags()).isEqualTo(Chunk.T);
        assertThat(packet.tag()).isEqualTo(a.endpointTag);
        assertThat(packet.first().causeCodes()).containsExactly(Tlv.CAUSE_INVALID_PARAMETER);
        a.isDown(DownCause.CONNECT_FAILED);
    }

    @Test
    @DisplayName("SCTP_AS_O_1_9_1: an INIT from known addresses in ESTABLISHED is answered with INIT ACK under a new "
        + "tag, and the association goes on unchanged")
    void sctp_as_o_1_9_1() {
        final Association a = accepted();
        final int tag = a.testerTag;
        a.testerTag = 0x7e57_0003;
        a.put(a.init(Tlv.address(Tester.T1)));
        final Chunk initAck = a.expect(Chunk.INIT_ACK).first();
        assertThat(initAck.initiateTag()).isNotIn(0, a.endpointTag);
        assertThat(initAck.cookie()).isNotEmpty();
        a.testerTag = tag;
        a.isUp();
        a.isClosedGracefully();
    }

    @Test
    @DisplayName("SCTP_AS_O_1_9_2: an INIT that adds an address in ESTABLISHED is refused with an ABORT that names "
        + "the address, and the association goes on unchanged")
    void sctp_as_o_1_9_2() {
        final Association a = accepted();
        final int tag = a.testerTag;
        a.testerTag = 0x7e57_0003;
        a.put(a.init(Tlv.address(Tester.T1), Tlv.address(Tester.T3)));
        final Chunk abort = a.expect(Chunk.ABORT).first();
        assertThat(abort.flags()).isZero();
        assertThat(abort.causeCodes()).containsExactly(Tlv.CAUSE_NEW_ADDRESSES);
        assertThat(abort.causes().get(0).value()).isEqualTo(Tlv.address(Tester.T3).bytes());
        a.testerTag = tag;
        a.isUp();
        a.isClosedGracefully();
    }
}
