// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.core.SctpCounter;
import org.poolswitch.sctp.core.SctpEndpointCore;

/** Bounds that were too narrow, or that nobody came back from, found by a third reading. */
class LimitFindingsTest {
    private static final int FORWARD_TSN = 192;

    private static Chunk forwardTsn(final int tsn) {
        return new Chunk(FORWARD_TSN, 0, ByteBuffer.allocate(4).putInt(tsn).array());
    }

    /** RFC 3758 section 3.6: of what the peer gave up we may have kept none. */
    @Test
    void aPeerMayGiveUpMoreThanWeKeepBeyondAGap() {
        final Association a = Association.accepted("maxReceiveGap", 64);
        a.put(forwardTsn(Association.TESTER_TSN + 1000));
        assertThat(a.expect(Chunk.SACK).first().tsn()).isEqualTo(Association.TESTER_TSN + 1000);
        // but not more than there are octets in the window
        a.put(forwardTsn(Association.TESTER_TSN + (1 << 30)));
        assertThat(a.expect(Chunk.SACK).first().tsn()).isEqualTo(Association.TESTER_TSN + 1000);
        a.isUp();
    }

    /** Section 3.3.4: a gap ack block counts in 16 bits. */
    @Test
    void whatAGapBlockCannotReportIsNotKept() {
        final Association a = Association.accepted("maxReceiveGap", 65_536);
        a.put(Chunk.data(Chunk.BE, Association.TESTER_TSN + 65_535, 0, 5, Tester.text(10)));
        assertThat(a.expect(Chunk.SACK).first().gaps()).isEmpty();
        a.put(Chunk.data(Chunk.BE, Association.TESTER_TSN + 65_534, 0, 5, Tester.text(10)));
        assertThat(a.expect(Chunk.SACK).first().gaps()).containsExactly(65_535, 65_535);
    }

    /** Nothing is under way, so that no SACK will ever come and tell it. */
    @Test
    void whoWasToldFullHearsOfTheRoomThatMessagesLeaveWhenTheirLifetimeEnds() {
        final Association a = new Association("maxMessageOctets", 1000, "sendBufferOctets", 2000);
        final int id = a.call();
        a.learn(a.expect(Chunk.INIT));
        for (final SendStatus expected : List.of(SendStatus.ACCEPTED, SendStatus.ACCEPTED, SendStatus.FULL)) {
            assertThat(a.endpoint.send(id, 0, 7, false, 50 * Tester.MS, Tester.text(1000), 0, 1000, a.now))
                .isEqualTo(expected);
        }
        a.advance(40 * Tester.MS);
        assertThat(a.sendables).isZero();
        a.advance(20 * Tester.MS);
        assertThat(a.abandoned).hasSize(2);
        assertThat(a.sendables).isOne();
    }

    /** Its user is not to hear of room any more. */
    @Test
    void ofAnAssociationThatThePeerRestartedNothingIsKeptAlthoughItsUserWasToldFull() {
        final Association a = Association.accepted("maxMessageOctets", 1000, "sendBufferOctets", 2000);
        for (final SendStatus expected : List.of(SendStatus.ACCEPTED, SendStatus.ACCEPTED, SendStatus.FULL)) {
            assertThat(a.send(0, 1000)).isEqualTo(expected);
        }
        a.chunksNow();
        a.testerTag++;
        a.put(Chunk.cookieEcho(a.greet().cookie()));
        a.expect(Chunk.COOKIE_ACK);
        assertThat(a.downs).extracting(Tester.Down::cause).containsExactly(DownCause.PEER_RESTARTED);
        a.endpoint.audit();
    }

    /** Each source of an INIT ACK is a path and perhaps a socket, before anybody knows whether there is more to it. */
    @Test
    void whoAnswersFromManyAddressesHasNoMoreThanOneMayHave() {
        final Association a = new Association("maxPeerAddresses", 2);
        final int id = a.call();
        a.learn(a.expect(Chunk.INIT));
        final Chunk narrow = Chunk.initAck(a.testerTag, 100, 1, 1, 1, new Tlv(Tlv.STATE_COOKIE, Association.COOKIE));
        for (final InetAddress source : List.of(Tester.T2, Tester.T3)) {
            a.putFrom(source, narrow);
        }
        a.expect(Chunk.ABORT);
        assertThat(a.endpoint.paths(id)).hasSize(2);
        assertThat(a.endpoint.counters().get(SctpCounter.UNKNOWN_SOURCE)).isOne();
        a.answerInit().answerCookie();
    }

    /** Section 8.3: it is an answer all the same. */
    @Test
    void aHeartbeatAckThatComesLateClearsTheErrorCounter() {
        final Association a = Association.opened("potentiallyFailedMaxRetrans", 5, "heartbeatIntervalNs",
            10 * Tester.SECOND);
        a.alive = false;
        while (a.endpoint.paths(a.association()).get(0).errors() == 0) {
            a.advance(100 * Tester.MS);
        }
        final long rtoNs = a.endpoint.paths(a.association()).get(0).rtoNs();
        a.put(new Chunk(Chunk.HEARTBEAT_ACK, 0, a.heartbeat));
        assertThat(a.endpoint.paths(a.association()).get(0).errors()).isZero();
        assertThat(a.endpoint.paths(a.association()).get(0).rtoNs()).isEqualTo(rtoNs);
    }

    /** A duplicate is no answer to the HEARTBEAT that is out now, and its round trip is none. */
    @Test
    void aHeartbeatAckThatComesTwiceProvesNothing() {
        final Association a = Association.opened("heartbeatIntervalNs", Tester.SECOND);
        a.advance(5 * Tester.SECOND);
        final byte[] answered = a.heartbeat;
        a.alive = false;
        while (a.endpoint.paths(a.association()).get(0).errors() == 0) {
            a.advance(100 * Tester.MS);
        }
        a.put(new Chunk(Chunk.HEARTBEAT_ACK, 0, answered));
        assertThat(a.endpoint.paths(a.association()).get(0).errors()).isOne();
    }

    /** T5 for SHUTDOWN-ACK-SENT too: with every packet T2 starts to count anew (section 9.2). */
    @Test
    void aPeerThatTalksButNeverSaysShutdownCompleteIsLeft() {
        final Association a = Association.opened("shutdownGuardNs", 10 * Tester.SECOND, "rtoMaxNs",
            2 * Tester.SECOND).shutDownByTester();
        for (int i = 0; i < 19; i++) {
            a.advance(500 * Tester.MS);
            a.put(Chunk.heartbeat(Tester.text(12)));
            assertThat(a.downs).isEmpty();
        }
        a.advance(Tester.SECOND);
        assertThat(a.downs).extracting(Tester.Down::cause).containsExactly(DownCause.PEER_SILENT);
    }

    /** All of its addresses are of IPv6. */
    @Test
    void theLongestCookieThatWeMakeIsTakenBack() {
        final Association a = Association.dualStack();
        a.alive = false;
        final Tlv[] addresses = new Tlv[a.config.maxPeerAddresses() + 8];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = Tlv.address(Tester.host(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, i + 2));
        }
        final byte[] cookie = a.greet(addresses).cookie();
        assertThat(cookie).hasSizeGreaterThan(17 * (a.config.maxPeerAddresses() - 1));
        a.echo(cookie);
    }

    /** Section 5.3.1: a tag is random, but nobody reserves it while its cookie is under way. */
    @Test
    void aCookieWhoseTagBelongsToAnotherAssociationByNowMakesNone() {
        final List<Packet> out = new ArrayList<>();
        final SctpEndpointCore core = new SctpEndpointCore(SctpConfig.rfc(), new SctpAddress(List.of(Tester.E1),
            Tester.LISTENING_PORT, Tester.UDP_PORT), true, () -> 0x5eed_5eed_5eed_5eedL, (from, to, port, b, at, n,
            now) -> out.add(Packet.parse(now, from, to, Arrays.copyOfRange(b, at, at + n))));
        final List<InetAddress> peers = List.of(Tester.T1, Tester.T2);
        for (final InetAddress peer : peers) {
            put(core, peer, 0, Chunk.init(77, 100_000, 1, 1, 1));
        }
        core.flush(0);
        final int tag = out.get(0).first().initiateTag();
        assertThat(out.get(1).first().initiateTag()).isEqualTo(tag);
        for (final Packet initAck : List.copyOf(out)) {
            put(core, initAck.to(), tag, Chunk.cookieEcho(initAck.first().cookie()));
        }
        out.clear();
        put(core, Tester.T1, tag, Chunk.heartbeat(Tester.text(12)));
        core.flush(0);
        assertThat(core.associations()).isOne();
        assertThat(core.counters().get(SctpCounter.REPLAYED_COOKIE)).isOne();
        assertThat(out).anyMatch(p -> p.to().equals(Tester.T1) && p.has(Chunk.HEARTBEAT_ACK))
            .anyMatch(p -> p.to().equals(Tester.T2) && p.has(Chunk.ABORT));
    }

    private static void put(final SctpEndpointCore core, final InetAddress from, final int tag, final Chunk chunk) {
        final byte[] b = Packet.bytes(Tester.TESTER_PORT, Tester.LISTENING_PORT, tag, chunk);
        core.onPacket(Tester.E1, from, Tester.UDP_PORT, b, 0, b.length, 0);
    }
}
