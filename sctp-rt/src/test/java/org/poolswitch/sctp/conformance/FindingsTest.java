// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SendStatus;

/** What the simulator, the fuzzers and a second reading of the standards found, each as the shortest story of it. */
class FindingsTest {
    private static final int FORWARD_TSN = 192;
    private static final int RE_CONFIG = 130;
    private static final Tlv KNOWS_FORWARD_TSN = new Tlv(0xC000, new byte[0]);
    private static final Tlv KNOWS_RE_CONFIG = new Tlv(0x8008, new byte[] {(byte) RE_CONFIG});
    private static final int WRONG_SSN = 3;
    private static final int SUPPORTED_ADDRESS_TYPES = 12;

    @Test
    void aPeerThatDropsInitsWithAddressTypesGetsTheThirdWithoutThem() {
        final Association a = new Association();
        a.call();
        assertThat(a.expect(Chunk.INIT).first().parameters()).extracting(Tlv::type).contains(SUPPORTED_ADDRESS_TYPES);
        a.await(2 * Tester.SECOND, Chunk.INIT);
        final Packet third = a.await(4 * Tester.SECOND, Chunk.INIT);
        assertThat(third.first().parameters()).extracting(Tlv::type).doesNotContain(SUPPORTED_ADDRESS_TYPES);
        a.learn(third);
        a.answerInit().answerCookie().closesGracefully();
    }

    @Test
    void aShutdownThatAcknowledgesWhatWasNeverSentIsAGoodbyeAndNoAcknowledgement() {
        final Association a = Association.opened().withOutstandingData();
        a.put(Chunk.shutdown(a.endpointTsn + 1000));
        a.expectNothing(Tester.MS);
        a.put(a.sackUpTo(a.endpointTsn));
        a.expect(Chunk.SHUTDOWN_ACK);
        a.completes();
    }

    @Test
    void aPeerWhoseProcessEndedAfterItsShutdownHasLeftInGoodOrder() {
        final Association a = Association.opened();
        a.put(Chunk.shutdown(a.endpointTsn - 1));
        a.expect(Chunk.SHUTDOWN_ACK);
        // its SHUTDOWN COMPLETE is lost, and what we repeat finds a closed port
        a.alive = false;
        for (int i = 0; i < 2; i++) {
            a.endpoint.onPortUnreachable(Tester.T1, Tester.UDP_PORT, a.now);
            a.advance(Tester.MS);
        }
        a.isDown(DownCause.SHUTDOWN);
    }

    @Test
    void aCookieAckThatComesBeforeTheCookieEchoWentIsNoTrouble() {
        final Association a = new Association().connect();
        a.put(a.initAck());
        a.put(Chunk.of(Chunk.COOKIE_ACK));
        a.isUp();
    }

    @Test
    void aSackThatFellDueInShutdownAckSentDoesNotKeepTheClockBusy() {
        final Association a = Association.opened();
        a.put(a.nextData());
        a.expect(Chunk.SACK);
        a.shutDown();
        a.put(a.nextData(), Chunk.shutdown(a.endpointTsn - 1));
        a.expect(Chunk.SHUTDOWN_ACK);
        a.advance(300 * Tester.MS);
        assertThat(a.endpoint.nextDeadlineNs()).isGreaterThan(a.now);
        a.completes();
    }

    @Test
    void shutdownGoesOnWhenTheLastMessageWasGivenUp() {
        final Association a = Association.opened().withOutstandingData();
        a.put(Chunk.sack(a.endpointTsn, 0));
        assertThat(a.endpoint.send(a.association(), 0, 7, false, 50 * Tester.MS, Tester.text(100), 0, 100, a.now))
            .isEqualTo(SendStatus.ACCEPTED);
        a.endpoint.shutdown(a.association(), a.now);
        a.expectNothing(40 * Tester.MS);
        a.await(20 * Tester.MS, Chunk.SHUTDOWN);
        assertThat(a.abandoned).hasSize(1);
    }

    @Test
    void whatWaitsAtThePeerForAnAbandonedMessageIsHandedBack() {
        final Association a = new Association().connect().answerInit(KNOWS_FORWARD_TSN).answerCookie();
        a.endpoint.send(a.association(), 1, 7, false, 50 * Tester.MS, Tester.text(100), 0, 100, a.now);
        a.send(1, 200);
        a.expect(Chunk.DATA, Chunk.DATA);
        a.put(Chunk.sack(a.endpointTsn - 1, Association.WINDOW, 2, 2));
        a.await(60 * Tester.MS, FORWARD_TSN);
        a.put(Chunk.of(Chunk.ABORT));
        a.isDown(DownCause.PEER_ABORTED);
        assertThat(a.downs.get(0).undelivered()).hasSize(1);
        assertThat(a.downs.get(0).undelivered().get(0).payload()).hasSize(200);
    }

    @Test
    void aForwardTsnThatWasLostGoesAgainAlthoughATailLossProbeStoppedItsTimer() {
        final Association a = Association.multihomed("tailLossProbeNs", 250 * Tester.MS)
            .connect(Tester.T1, Tester.T2)
            .answerInit(Tlv.address(Tester.T1), Tlv.address(Tester.T2), KNOWS_FORWARD_TSN).answerCookie();
        a.advance(10 * Tester.MS);
        a.withOutstandingData();
        a.put(a.sackUpTo(a.endpointTsn));
        a.endpoint.send(a.association(), 0, 7, false, 50 * Tester.MS, Tester.text(100), 0, 100, a.now);
        a.expect(Chunk.DATA);
        a.endpoint.shutdown(a.association(), a.now);
        a.await(60 * Tester.MS, FORWARD_TSN);
        a.await(1500 * Tester.MS, FORWARD_TSN);
        a.put(a.sackUpTo(a.endpointTsn + 1));
        a.expect(Chunk.SHUTDOWN);
    }

    @Test
    void aGapBlockThatClaimsTheMissingTsnIsRefused() {
        final Association a = Association.opened().withOutstandingData();
        a.put(Chunk.sack(a.endpointTsn - 1, Association.WINDOW, 1, 1));
        a.await(1100 * Tester.MS, Chunk.DATA);
    }

    @Test
    void aShutdownThatTakesBackWhatAGapBlockSaidMakesTheDataGoAgain() {
        final Association a = Association.opened();
        a.send(0, 100);
        a.send(0, 200);
        a.expect(Chunk.DATA, Chunk.DATA);
        a.put(Chunk.sack(a.endpointTsn - 1, Association.WINDOW, 2, 2));
        a.put(Chunk.shutdown(a.endpointTsn));
        assertThat(a.await(3 * Tester.SECOND, Chunk.DATA).first().tsn()).isEqualTo(a.endpointTsn + 1);
    }

    @Test
    void messagesForStreamsThatThePeerDoesNotHaveComeBack() {
        final Association a = new Association();
        final int id = a.call();
        a.learn(a.expect(Chunk.INIT));
        for (final int stream : List.of(3, Association.STREAMS, 50)) {
            assertThat(a.endpoint.send(id, stream, 7, false, Tester.text(100), 0, 100, a.now))
                .isEqualTo(SendStatus.ACCEPTED);
        }
        a.put(a.initAck());
        assertThat(a.expect(Chunk.COOKIE_ECHO, Chunk.DATA).chunk(Chunk.DATA).stream()).isEqualTo(3);
        assertThat(a.abandoned).extracting(m -> m.stream()).containsExactly(Association.STREAMS, 50);
        a.answerCookie();
    }

    @Test
    void aCookieOfAnAssociationThatIsOverMakesNoSecondOne() {
        final Association a = new Association();
        final byte[] cookie = a.greet().cookie();
        final Chunk data = a.nextData();
        a.put(Chunk.cookieEcho(cookie), data);
        a.expect(Chunk.COOKIE_ACK, Chunk.SACK);
        a.put(Chunk.of(Chunk.ABORT));
        a.expectNothing();
        a.put(Chunk.cookieEcho(cookie), data);
        a.expect(Chunk.ABORT);
        assertThat(a.ups).hasSize(1);
        assertThat(a.messages).hasSize(1);
    }

    @Test
    void anInitCollisionFromAnAddressThatWasNotDialledLeadsToOneAssociation() {
        final Association a = new Association().connect();
        a.putTagged(0, Tester.T2, a.init(Tlv.address(Tester.T1), Tlv.address(Tester.T2)));
        final byte[] cookie = a.learn(a.expect(Chunk.INIT_ACK)).cookie();
        a.putTagged(a.endpointTag, Tester.T2, Chunk.cookieEcho(cookie));
        a.expect(Chunk.COOKIE_ACK);
        assertThat(a.ups).hasSize(1);
        assertThat(a.ups.get(0).incoming()).isFalse();
        a.isUp();
    }

    @Test
    void aHeartbeatWhoseAnswerWouldNotFitIsDropped() {
        final Association a = Association.opened();
        a.put(Chunk.heartbeat(Tester.text(2000)));
        a.expectNothing();
        a.isUp();
    }

    /** Section 3.2: tshark marks a chunk that counts the padding of its last parameter as its own octets. */
    @Test
    void aHeartbeatThatCountsItsPaddingIsAnsweredWithoutIt() {
        final Association a = Association.opened();
        a.put(Chunk.of(Chunk.HEARTBEAT, 0, 1, 0, 5, 0xaa, 0, 0, 0));
        assertThat(a.expect(Chunk.HEARTBEAT_ACK).first().value()).containsExactly(0, 1, 0, 5, 0xaa);
        a.put(Chunk.heartbeat(Tester.text(1)));
        assertThat(a.expect(Chunk.HEARTBEAT_ACK).first().value()).containsExactly(0, 1, 0, 5, 0);
    }

    @Test
    void aHeartbeatWithoutAWholeParameterIsDropped() {
        final Association a = Association.opened();
        a.put(Chunk.of(Chunk.HEARTBEAT));
        a.put(Chunk.of(Chunk.HEARTBEAT, 0, 1));
        a.put(Chunk.of(Chunk.HEARTBEAT, 0, 1, 0, 3, 0, 0, 0, 0));
        a.put(Chunk.of(Chunk.HEARTBEAT, 0, 1, 0, 9, 0, 0, 0, 0));
        a.expectNothing();
        a.isUp();
    }

    // ---- RFC 6525 -------------------------------------------------------------------------------------------------

    private static Association reconfiguring() {
        return new Association().connect().answerInit(KNOWS_RE_CONFIG).answerCookie();
    }

    /** A request of the tester: the streams are 0, 1, and so on from {@code first}. */
    private static Chunk request(final int type, final int fixedWords, final int first, final int count) {
        final ByteBuffer value = ByteBuffer.allocate(4 * fixedWords + 2 * count).putInt(Association.TESTER_TSN);
        for (int i = 1; i < fixedWords; i++) {
            value.putInt(Association.TESTER_TSN - 1);
        }
        for (int i = 0; i < count; i++) {
            value.putShort((short) (first + i));
        }
        return new Chunk(RE_CONFIG, 0, new Tlv(type, value.array()).bytes());
    }

    private static int resultOf(final Chunk reconfiguration) {
        return ByteBuffer.wrap(reconfiguration.value()).getInt(8);
    }

    @Test
    void aResetOfMoreStreamsThanAPacketCanNameIsRefused() {
        final Association a = reconfiguring();
        assertThat(a.endpoint.resetStreams(a.association(), new int[2_000], a.now)).isEqualTo(SendStatus.INVALID);
        // a peer that asks us to do it
        a.put(request(14, 1, 0, 32_700));
        assertThat(resultOf(a.expect(RE_CONFIG).first())).isEqualTo(WRONG_SSN);
        a.isUp();
    }

    @Test
    void aResetOfStreamsThatDoNotExistIsRefused() {
        final Association a = reconfiguring();
        a.put(request(13, 3, Association.STREAMS - 1, 2));
        assertThat(resultOf(a.expect(RE_CONFIG).first())).isEqualTo(WRONG_SSN);
        a.isUp();
    }

    @Test
    void aResetOfStreamsThatExistIsCarriedOut() {
        final Association a = reconfiguring();
        a.put(request(13, 3, 0, Association.STREAMS));
        assertThat(resultOf(a.expect(RE_CONFIG).first())).isEqualTo(1);
    }
}
