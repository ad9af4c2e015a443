// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.sctp.conformance.Association.STREAMS;
import static org.poolswitch.sctp.conformance.Association.TESTER_TSN;
import static org.poolswitch.sctp.conformance.Association.WINDOW;
import static org.poolswitch.sctp.conformance.Association.accepted;
import static org.poolswitch.sctp.conformance.Association.opened;
import static org.poolswitch.sctp.conformance.Tester.MS;
import static org.poolswitch.sctp.conformance.Tester.SECOND;
import static org.poolswitch.sctp.conformance.Tester.T1;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SendStatus;

/** Duplicate messages (DM): chunks that come twice, too late, or in a state that does not wait for them. */
class DuplicateMessageTest {
    @Test
    @DisplayName("SCTP_DM_O_4_1: an INIT in COOKIE-WAIT is answered with an INIT ACK that has the tag and parameters "
        + "of the endpoint's own INIT, and T1-init goes on")
    void sctp_dm_o_4_1() {
        final Association a = new Association();
        a.call();
        final Chunk own = a.learn(a.expect(Chunk.INIT));
        a.put(a.init());
        final Chunk initAck = a.expect(Chunk.INIT_ACK).first();
        assertThat(initAck.initiateTag()).isEqualTo(own.initiateTag());
        assertThat(initAck.i32(4)).as("a_rwnd").isEqualTo(own.i32(4));
        assertThat(initAck.outStreams()).isEqualTo(Math.min(own.outStreams(), STREAMS));
        assertThat(initAck.inStreams()).isEqualTo(own.inStreams());
        assertThat(initAck.initialTsn()).isEqualTo(own.initialTsn());
        a.expectNothing(900 * MS);
        a.await(200 * MS, Chunk.INIT);
        a.put(Chunk.cookieEcho(initAck.cookie()));
        a.expect(Chunk.COOKIE_ACK);
        assertThat(a.ups).hasSize(1);
        a.isUp();
        // the same in COOKIE-ECHOED, with T1-cookie
        final Association echoed = new Association().connect().answerInit();
        echoed.put(echoed.init());
        final Chunk answer = echoed.expect(Chunk.INIT_ACK).first();
        assertThat(answer.initiateTag()).isEqualTo(echoed.endpointTag);
        assertThat(answer.initialTsn()).isEqualTo(echoed.endpointTsn);
        echoed.expectNothing(900 * MS);
        echoed.await(200 * MS, Chunk.COOKIE_ECHO);
        echoed.answerCookie().closesGracefully();
    }

    @Test
    @DisplayName("SCTP_DM_O_4_2_1: the same INIT again in ESTABLISHED is answered with INIT ACK, and the association "
        + "goes on unchanged")
    void sctp_dm_o_4_2_1() {
        final Association a = accepted();
        a.put(a.init());
        final Chunk initAck = a.expect(Chunk.INIT_ACK).first();
        assertThat(initAck.initiateTag()).isNotIn(0, a.endpointTag);
        a.isUp();
        // both sides still count from where they stood, and under the old tags
        a.put(a.nextData());
        assertThat(a.expect(Chunk.SACK).first().tsn()).isEqualTo(TESTER_TSN);
        a.withOutstandingData();
        assertThat(a.ups).hasSize(1);
        a.shutDownByTester(a.endpointTsn).completes();
    }

    @Test
    @DisplayName("SCTP_DM_O_4_2_2: an INIT in SHUTDOWN-ACK-SENT is discarded, and SHUTDOWN ACK is repeated at once")
    void sctp_dm_o_4_2_2() {
        final Association a = accepted().shutDownByTester();
        a.advance(300 * MS);
        a.put(Chunk.init(0x7e57_0003, WINDOW, STREAMS, STREAMS, 1));
        a.expect(Chunk.SHUTDOWN_ACK);
        a.completes();
    }

    @Test
    @DisplayName("SCTP_DM_O_4_3: an INIT ACK in COOKIE-ECHOED is silently discarded, and T1-cookie goes on")
    void sctp_dm_o_4_3() {
        final Association a = new Association().connect().answerInit();
        a.put(a.initAck());
        a.put(Chunk.initAck(0x7e57_0003, WINDOW, 1, 1, 77, new Tlv(Tlv.STATE_COOKIE, Tester.text(8))));
        a.expectNothing(900 * MS);
        assertThat(a.await(200 * MS, Chunk.COOKIE_ECHO).first().value()).isEqualTo(Association.COOKIE);
        a.answerCookie();
        assertThat(a.ups.get(0).inStreams()).isEqualTo(STREAMS);
        // nor does it count later
        a.put(a.initAck());
        a.expectNothing(SECOND);
        a.isUp();
        a.closesGracefully();
    }

    @Test
    @DisplayName("SCTP_DM_O_4_4: COOKIE ACK in ESTABLISHED is silently discarded")
    void sctp_dm_o_4_4() {
        final Association a = opened();
        a.put(Chunk.of(Chunk.COOKIE_ACK));
        a.expectNothing(100 * MS);
        assertThat(a.ups).hasSize(1);
        a.withOutstandingData();
        a.put(a.sackUpTo(a.endpointTsn));
        a.shutDown();
        // nor does it bring the association back from its end
        a.put(Chunk.of(Chunk.COOKIE_ACK));
        assertThat(a.send(0, 1000)).isEqualTo(SendStatus.CLOSED);
        a.put(Chunk.of(Chunk.SHUTDOWN_ACK));
        a.expect(Chunk.SHUTDOWN_COMPLETE);
        a.isDown(DownCause.SHUTDOWN);
    }

    @Test
    @DisplayName("SCTP_DM_O_4_5: SHUTDOWN in SHUTDOWN-SENT is answered with SHUTDOWN ACK at once")
    void sctp_dm_o_4_5() {
        final Association a = opened().shutDown();
        a.put(Chunk.shutdown(a.endpointTsn - 1));
        a.expect(Chunk.SHUTDOWN_ACK);
        a.completes();
    }

    @Test
    @DisplayName("SCTP_DM_O_4_6_1: SHUTDOWN in COOKIE-WAIT is silently discarded, and T1-init goes on")
    void sctp_dm_o_4_6_1() {
        final Association a = new Association().connect();
        a.put(Chunk.shutdown(a.endpointTsn - 1));
        a.expectNothing(900 * MS);
        a.await(200 * MS, Chunk.INIT);
        a.answerInit();
        // the same in COOKIE-ECHOED, with T1-cookie, which has backed off
        a.put(Chunk.shutdown(a.endpointTsn - 1));
        a.expectNothing(1900 * MS);
        a.await(200 * MS, Chunk.COOKIE_ECHO);
        a.answerCookie().closesGracefully();
    }

    @Test
    @DisplayName("SCTP_DM_O_4_6_2: SHUTDOWN for no association is answered with ABORT that reflects the tag")
    void sctp_dm_o_4_6_2() {
        final Association a = new Association();
        a.putTagged(4711, T1, Chunk.shutdown(0));
        final Packet packet = a.expect(Chunk.ABORT);
        assertThat(packet.first().flags()).isEqualTo(Chunk.T);
        assertThat(packet.to()).isEqualTo(T1);
        assertThat(packet.tag()).isEqualTo(4711);
    }

    @Test
    @DisplayName("SCTP_DM_O_4_6_3: SHUTDOWN in SHUTDOWN-SENT starts T2-shutdown again, now for SHUTDOWN ACK")
    void sctp_dm_o_4_6_3() {
        final Association a = opened().shutDown();
        a.advance(600 * MS);
        a.put(Chunk.shutdown(a.endpointTsn - 1));
        a.expect(Chunk.SHUTDOWN_ACK);
        final long answered = a.now;
        assertThat(a.await(2 * SECOND, Chunk.SHUTDOWN_ACK).atNs() - answered).isEqualTo(a.config.rtoInitialNs());
        a.completes();
    }

    @Test
    @DisplayName("SCTP_DM_O_4_7_1: SHUTDOWN ACK in COOKIE-WAIT is answered with SHUTDOWN COMPLETE that reflects the "
        + "tag, and T1-init goes on")
    void sctp_dm_o_4_7_1() {
        final Association a = new Association().connect();
        for (final int tag : new int[] {a.endpointTag, 4711}) {
            a.putTagged(tag, T1, Chunk.of(Chunk.SHUTDOWN_ACK));
            final Packet packet = a.expect(Chunk.SHUTDOWN_COMPLETE);
            assertThat(packet.first().flags()).isEqualTo(Chunk.T);
            assertThat(packet.tag()).isEqualTo(tag);
        }
        a.expectNothing(900 * MS);
        a.await(200 * MS, Chunk.INIT);
        a.answerInit();
        // the same in COOKIE-ECHOED, with T1-cookie, which has backed off
        a.put(Chunk.of(Chunk.SHUTDOWN_ACK));
        assertThat(a.expect(Chunk.SHUTDOWN_COMPLETE).first().flags()).isEqualTo(Chunk.T);
        a.expectNothing(1900 * MS);
        a.await(200 * MS, Chunk.COOKIE_ECHO);
        a.answerCookie().closesGracefully();
    }

    @Test
    @DisplayName("SCTP_DM_O_4_7_2: SHUTDOWN ACK in ESTABLISHED is silently discarded, and the association goes on")
    void sctp_dm_o_4_7_2() {
        final Association a = opened();
        a.put(Chunk.of(Chunk.SHUTDOWN_ACK));
        a.expectNothing(SECOND);
        a.isUp();
        a.closesGracefully();
    }

    @Test
    @DisplayName("SCTP_DM_O_4_7_3: SHUTDOWN ACK in SHUTDOWN-ACK-SENT is answered with SHUTDOWN COMPLETE, and the "
        + "association is gone")
    void sctp_dm_o_4_7_3() {
        final Association a = accepted().shutDownByTester();
        a.put(Chunk.of(Chunk.SHUTDOWN_ACK));
        assertThat(a.expect(Chunk.SHUTDOWN_COMPLETE).first().flags()).isZero();
        a.isDown(DownCause.SHUTDOWN);
        a.expectNothing(100 * SECOND);
    }

    @Test
    @DisplayName("SCTP_DM_O_4_8: a forged cookie in ESTABLISHED is silently discarded, and the association goes on")
    void sctp_dm_o_4_8() {
        final Association a = opened();
        a.put(Chunk.cookieEcho(Tester.text(12)));
        // one that would be a restart (section 5.2.4 A), but for a bit of its MAC
        a.put(Chunk.init(0x7e57_0003, WINDOW, STREAMS, STREAMS, TESTER_TSN));
        final int tag = a.testerTag;
        a.testerTag = 0x7e57_0003;
        final Chunk initAck = a.expect(Chunk.INIT_ACK).first();
        a.testerTag = tag;
        final byte[] forged = initAck.cookie();
        forged[forged.length - 1] ^= 1;
        a.putTagged(initAck.initiateTag(), T1, Chunk.cookieEcho(forged));
        a.expectNothing(SECOND);
        assertThat(a.ups).hasSize(1);
        a.isUp();
        a.closesGracefully();
    }

    @Test
    @DisplayName("SCTP_DM_O_4_9: SHUTDOWN COMPLETE in COOKIE-WAIT is silently discarded, and T1-init goes on")
    void sctp_dm_o_4_9() {
        final Association a = new Association().connect();
        a.put(Chunk.of(Chunk.SHUTDOWN_COMPLETE));
        a.putTagged(a.testerTag, T1, new Chunk(Chunk.SHUTDOWN_COMPLETE, Chunk.T, new byte[0]));
        a.expectNothing(900 * MS);
        a.await(200 * MS, Chunk.INIT);
        a.answerInit().answerCookie().closesGracefully();
    }

    @Test
    @DisplayName("SCTP_DM_O_4_10: DATA in SHUTDOWN-ACK-SENT is discarded, and T2-shutdown goes on")
    void sctp_dm_o_4_10() {
        final Association a = accepted().shutDownByTester();
        a.advance(200 * MS);
        a.put(Chunk.data(Chunk.BE, TESTER_TSN, 0, 0, Tester.text(100)));
        a.put(Chunk.data(Chunk.BE, TESTER_TSN + 1, 0, 1, Tester.text(100)));
        a.expectNothing(700 * MS);
        assertThat(a.messages).isEmpty();
        a.await(200 * MS, Chunk.SHUTDOWN_ACK);
        a.completes();
    }
}
