// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.PathStatus;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SendStatus;

/** What peers and strangers could do to us or to each other, found by a fourth reading. */
class SafetyFindingsTest {
    private static final int PROTOCOL_VIOLATION = 13;
    /** Nobody knows it; skipped and reported (RFC 9260 section 3.2.1). */
    private static final int UNKNOWN_PARAMETER = 0xC123;

    private static void endsWith(final Association a, final Chunk sack) {
        a.put(sack);
        assertThat(a.expect(Chunk.ABORT).first().causeCodes()).containsExactly(PROTOCOL_VIOLATION);
        assertThat(a.downs).extracting(Tester.Down::cause).containsExactly(DownCause.PROTOCOL_VIOLATION);
        assertThat(a.downs.get(0).undelivered()).hasSize(1);
        a.endpoint.audit();
    }

    /** Section 12.4: who acknowledges at random has us send as fast as we can, to whomever. */
    @Test
    void whoAcknowledgesWhatWasNeverSentIsAborted() {
        final Association cumulative = Association.opened().withOutstandingData();
        endsWith(cumulative, cumulative.sackUpTo(cumulative.endpointTsn + 1));
        final Association inGapBlock = Association.opened().withOutstandingData();
        endsWith(inGapBlock, Chunk.sack(inGapBlock.endpointTsn - 1, Association.WINDOW, 2, 2));
        final Association sent = Association.opened().withOutstandingData();
        sent.put(sent.sackUpTo(sent.endpointTsn));
        sent.closesGracefully();
    }

    /** Section 5.1 C: until the COOKIE ACK nothing but the packet with the COOKIE ECHO goes. */
    @Test
    void whatDoesNotFitBesideALongCookieWaitsForTheCookieAck() {
        final Association a = new Association();
        final int id = a.call();
        a.learn(a.expect(Chunk.INIT));
        assertThat(a.endpoint.send(id, 0, 7, false, Long.MAX_VALUE, Tester.text(100), 0, 100, a.now))
            .isEqualTo(SendStatus.ACCEPTED);
        a.put(Chunk.initAck(a.testerTag, Association.WINDOW, Association.STREAMS, Association.STREAMS, a.testerTsn,
            new Tlv(Tlv.STATE_COOKIE, Tester.text(1370)), new Tlv(UNKNOWN_PARAMETER, Tester.text(8))));
        a.expect(Chunk.COOKIE_ECHO);
        a.expectNothing();
        a.put(Chunk.of(Chunk.COOKIE_ACK));
        a.expect(Chunk.ERROR, Chunk.DATA);
    }

    /**
     * Address camping (RFC 5062 section 2). Its HEARTBEAT never comes to the host that really has the address, for only
     * the attacker says at which UDP port that host is.
     */
    @Test
    void anAddressThatSomebodyElseOnlyClaimsDoesNotKeepItsHostOut() {
        final Association a = new Association();
        a.alive = false;
        a.putFrom(Tester.T3, a.init(Tlv.address(Tester.T1)));
        final byte[] campers = a.learn(a.expect(Chunk.INIT_ACK)).cookie();
        a.putFrom(Tester.T3, Chunk.cookieEcho(campers));
        a.expect(Chunk.COOKIE_ACK);
        final int camper = a.association();
        assertThat(a.endpoint.paths(camper)).extracting(PathStatus::remote).containsExactly(Tester.T3, Tester.T1);
        // an association that only that host knows is out of the blue (section 8.4)
        a.endpointTag += 1000;
        a.put(Chunk.heartbeat(Tester.text(9)));
        assertThat(a.expect(Chunk.ABORT).to()).isEqualTo(Tester.T1);

        a.testerTag++;
        a.put(Chunk.cookieEcho(a.greet(Tlv.address(Tester.T2)).cookie()));
        a.expect(Chunk.COOKIE_ACK);
        assertThat(a.ups).hasSize(2);
        assertThat(a.endpoint.paths(a.association())).extracting(PathStatus::remote)
            .containsExactly(Tester.T1, Tester.T2);
        assertThat(a.endpoint.paths(camper)).extracting(PathStatus::remote).containsExactly(Tester.T3);
        a.endpoint.audit();
        a.endpoint.abort(camper, a.now);
        a.testerTag--;
        assertThat(a.expect(Chunk.ABORT).to()).isEqualTo(Tester.T3);
        a.testerTag++;
        a.downs.clear();
        a.isUp();
        a.endpoint.audit();
    }

    /** Nor is the stranger taken for it, nor keeps it from being called. */
    @Test
    void whoOnlyClaimsAnAddressIsNotTakenForItsHost() {
        final Association a = new Association("sourcePort", Tester.LISTENING_PORT);
        a.alive = false;
        a.putFrom(Tester.T3, a.init(Tlv.address(Tester.T1)));
        a.putFrom(Tester.T3, Chunk.cookieEcho(a.learn(a.expect(Chunk.INIT_ACK)).cookie()));
        a.expect(Chunk.COOKIE_ACK);
        final SctpAddress host = new SctpAddress(List.of(Tester.T1), Tester.TESTER_PORT, Tester.UDP_PORT);
        assertThat(a.endpoint.associationWith(host)).isZero();
        assertThat(a.endpoint.associationWith(new SctpAddress(List.of(Tester.T3), Tester.TESTER_PORT,
            Tester.UDP_PORT))).isEqualTo(a.association());
        a.testerTag++;
        a.connect(Tester.T1).answerInit().answerCookie();
        assertThat(a.endpoint.associationWith(host)).isEqualTo(a.association());
        a.closesGracefully();
    }

    /** But one that answered there is its owner, and a restart must not bring new ones (section 5.2.2). */
    @Test
    void anAddressThatIsConfirmedBelongsToItsAssociation() {
        final Association a = new Association();
        a.putFrom(Tester.T3, a.init(Tlv.address(Tester.T1)));
        a.putFrom(Tester.T3, Chunk.cookieEcho(a.learn(a.expect(Chunk.INIT_ACK)).cookie()));
        a.expect(Chunk.COOKIE_ACK);
        a.testerTag++;
        a.put(a.init(Tlv.address(Tester.T2)));
        assertThat(a.expect(Chunk.ABORT).first().causeCodes()).containsExactly(Tlv.CAUSE_NEW_ADDRESSES);
    }

    /** The flush that would forget the old association has not come yet. */
    @Test
    void aPeerThatStartsAgainIsLetInAlthoughTheOldAssociationEndedJustBefore() {
        final Association a = Association.accepted();
        final int oldTag = a.endpointTag;
        a.testerTag++;
        final byte[] cookie = a.greet().cookie();
        a.putTagged(oldTag, Tester.T1, Chunk.of(Chunk.ABORT));
        a.put(Chunk.cookieEcho(cookie));
        a.expect(Chunk.COOKIE_ACK);
        assertThat(a.downs).extracting(Tester.Down::cause).containsExactly(DownCause.PEER_ABORTED);
        assertThat(a.ups).hasSize(2);
        a.downs.clear();
        a.isUp();
        a.endpoint.audit();
    }

    private static Association withClosedWindow(final Object... changes) {
        final Association a = Association.opened(changes).withOutstandingData();
        a.put(Chunk.sack(a.endpointTsn, 0));
        return a;
    }

    private static SendStatus sendPerishable(final Association a, final int octets) {
        return a.endpoint.send(a.association(), 1, 7, false, 50 * Tester.MS, Tester.text(octets), 0, octets, a.now);
    }

    /** It may keep its window closed for as long as it likes. */
    @Test
    void ofWhatIsGivenUpBehindAMessageThatWaitsNothingIsKept() {
        final Association a = withClosedWindow();
        assertThat(a.send(0, 500)).isEqualTo(SendStatus.ACCEPTED);
        for (int i = 1; i <= 100; i++) {
            assertThat(sendPerishable(a, 500)).isEqualTo(SendStatus.ACCEPTED);
            assertThat(sendPerishable(a, 500)).isEqualTo(SendStatus.ACCEPTED);
            a.advance(60 * Tester.MS);
            assertThat(a.abandoned).hasSize(2 * i);
            a.endpoint.audit();
        }
        assertThat(a.send(1, 500)).isEqualTo(SendStatus.ACCEPTED);
        assertThat(a.downs).isEmpty();
        a.chunksNow();
        a.put(Chunk.sack(a.endpointTsn + 1, Association.WINDOW));
        assertThat(a.expect(Chunk.DATA).first().ssn()).as("no number was lost").isZero();
    }

    /** Each costs 216 octets or more. */
    @Test
    void tinyMessagesAreFewEnoughToBeKept() {
        final Association a = withClosedWindow("maxMessageOctets", 1000, "sendBufferOctets", 256_000);
        int accepted = 0;
        while (sendPerishable(a, 1) == SendStatus.ACCEPTED) {
            accepted++;
            assertThat(accepted).isLessThanOrEqualTo(1000);
        }
        assertThat(accepted).isEqualTo(1000);
        a.advance(60 * Tester.MS);
        assertThat(a.abandoned).hasSize(1000);
        assertThat(a.sendables).isOne();
        assertThat(sendPerishable(a, 1)).isEqualTo(SendStatus.ACCEPTED);
        a.endpoint.audit();
    }
}
