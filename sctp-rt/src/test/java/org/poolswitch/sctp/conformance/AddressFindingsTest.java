// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.PathState;
import org.poolswitch.sctp.PathStatus;

/** To which address something goes (RFC 9260 sections 5.2.1, 5.4, 6.4 and 9.2), found by a third reading. */
class AddressFindingsTest {
    private static PathStatus path(final Association a, final InetAddress host) {
        return a.endpoint.paths(a.association()).stream().filter(p -> p.remote().equals(host)).findFirst()
            .orElseThrow();
    }

    private static Association between(final Object... changes) {
        final Association a = new Association(changes).connect(Tester.T1, Tester.T2)
            .answerInit(Tlv.address(Tester.T1), Tlv.address(Tester.T2)).answerCookie();
        a.advance(10 * Tester.MS);
        return a;
    }

    /** Section 5.2.1: else a stranger who lists the address of him that we call learns our tag, and answers for him. */
    @Test
    void anInitAckInCookieWaitDoesNotGoToAStranger() {
        final Association a = new Association().connect(Tester.T1);
        a.putTagged(0, Tester.T3, a.init(Tlv.address(Tester.T1)));
        assertThat(a.expect(Chunk.INIT_ACK).to()).isEqualTo(Tester.T1);
        a.answerInit().answerCookie().closesGracefully();
    }

    /** Section 5.2.1 rules 1 and 2: our INIT may have gone to another one, which may be another host. */
    @Test
    void anInitAckInCookieWaitGoesToAnAddressThatOurUserAndTheInitNamed() {
        final Association a = new Association().connect(Tester.T1, Tester.T3);
        assertThat(a.await(2 * Tester.SECOND, Chunk.INIT).to()).isEqualTo(Tester.T3);
        a.putTagged(0, Tester.T2, a.init(Tlv.address(Tester.T1)));
        assertThat(a.expect(Chunk.INIT_ACK).to()).isEqualTo(Tester.T1);
    }

    @Test
    void anInitInCookieWaitThatNamesNobodyWhomOurUserNamedHasNoAnswer() {
        final Association a = new Association().connect(Tester.T1);
        // its window is too small (section 3.3.3), but now its source is one of the peer's addresses
        a.putFrom(Tester.T2, Chunk.initAck(a.testerTag, 100, 1, 1, 1, new Tlv(Tlv.STATE_COOKIE, Association.COOKIE)));
        a.expect(Chunk.ABORT);
        a.putTagged(0, Tester.T2, a.init(Tlv.address(Tester.T3)));
        a.expectNothing();
        a.answerInit().answerCookie();
    }

    @Test
    void anAddressThatOurUserNamedIsAnsweredInACollision() {
        final Association a = new Association().connect(Tester.T1, Tester.T2);
        a.putTagged(0, Tester.T2, a.init(Tlv.address(Tester.T1), Tlv.address(Tester.T2)));
        assertThat(a.expect(Chunk.INIT_ACK).to()).isEqualTo(Tester.T2);
    }

    /** Section 5.4: no SACK, and no COOKIE ACK without a HEARTBEAT. */
    @Test
    void anUnconfirmedAddressGetsNoReplies() {
        final Association a = new Association();
        a.alive = false;
        final byte[] cookie = a.greet(Tlv.address(Tester.T2)).cookie();
        a.putFrom(Tester.T2, Chunk.cookieEcho(cookie));
        assertThat(a.expect(Chunk.COOKIE_ACK).to()).isEqualTo(Tester.T1);
        a.putFrom(Tester.T2, a.nextData());
        assertThat(a.expect(Chunk.SACK).to()).isEqualTo(Tester.T1);
        a.putFrom(Tester.T2, Chunk.heartbeat(Tester.text(12)));
        assertThat(a.expect(Chunk.HEARTBEAT_ACK).to()).isEqualTo(Tester.T2);
        assertThat(path(a, Tester.T2).state()).isEqualTo(PathState.UNCONFIRMED);
    }

    /** Section 5.4: beside a HEARTBEAT. Who lost the way of his INIT in the meantime would never be up. */
    @Test
    void aCookieEchoThatComesAgainIsAnsweredWhereItCameFrom() {
        final Association a = new Association();
        a.alive = false;
        final byte[] cookie = a.greet(Tlv.address(Tester.T2)).cookie();
        a.echo(cookie);
        a.putFrom(Tester.T2, Chunk.cookieEcho(cookie), Chunk.heartbeat(Tester.text(12)));
        assertThat(a.expect(Chunk.COOKIE_ACK, Chunk.HEARTBEAT_ACK).to()).isEqualTo(Tester.T2);
        assertThat(a.probe.types()).containsExactly(Chunk.COOKIE_ACK, Chunk.HEARTBEAT, Chunk.HEARTBEAT_ACK);
        a.putFrom(Tester.T2, new Chunk(Chunk.HEARTBEAT_ACK, 0, a.heartbeat));
        assertThat(path(a, Tester.T2).state()).isEqualTo(PathState.ACTIVE);
        a.putFrom(Tester.T1, Chunk.cookieEcho(cookie));
        assertThat(a.expect(Chunk.COOKIE_ACK).to()).isEqualTo(Tester.T1);
    }

    /** Section 5.4 rule 3: who answers from an address that nobody named must show that it is his. */
    @Test
    void aCookieEchoGoesToTheAddressThatOurUserNamed() {
        final Association a = new Association().connect(Tester.T1);
        a.putFrom(Tester.T2, a.initAck(Tlv.address(Tester.T1)));
        assertThat(a.expect(Chunk.COOKIE_ECHO).to()).isEqualTo(Tester.T1);
        a.alive = false;
        a.answerCookie();
        assertThat(path(a, Tester.T1).primary()).isTrue();
        assertThat(path(a, Tester.T2).state()).isEqualTo(PathState.UNCONFIRMED);
        a.alive = true;
        a.advance(5 * Tester.SECOND);
        assertThat(path(a, Tester.T2).state()).isEqualTo(PathState.ACTIVE);
    }

    /** Section 5.4 rule 2: it may be all that is left, and a peer that dies there must have an end (section 8.1). */
    @Test
    void anAddressWhoseInitAckBroughtTheCookieBackIsConfirmed() {
        final Association a = new Association().connect().answerInit(Tlv.address(Tester.T1), Tlv.address(Tester.T2));
        a.alive = false;
        a.putTagged(0, Tester.T2, a.init());
        a.putFrom(Tester.T2, Chunk.cookieEcho(a.expect(Chunk.INIT_ACK).first().cookie()));
        assertThat(a.expect(Chunk.COOKIE_ACK).to()).isEqualTo(Tester.T2);
        assertThat(a.endpoint.paths(a.association())).hasSize(1);
        assertThat(path(a, Tester.T2).state()).isEqualTo(PathState.ACTIVE);
        a.send(0, 100);
        a.advance(1000 * Tester.SECOND);
        assertThat(a.downs).extracting(Tester.Down::cause).containsExactly(DownCause.PEER_SILENT);
    }

    /** Section 5.4: another host took one of the addresses, so that the others have new numbers and old nonces. */
    @Test
    void aHeartbeatIsAnsweredWhateverBecameOfTheOtherAddressesMeanwhile() {
        final Association a = new Association("heartbeatMaxBurst", 4);
        a.alive = false;
        a.accept(Tlv.address(Tester.T2), Tlv.address(Tester.T3));
        a.put(Chunk.heartbeat(Tester.text(100)));
        a.expect(Chunk.HEARTBEAT_ACK);
        assertThat(a.probe.to()).isEqualTo(Tester.T3);
        final Chunk answer = new Chunk(Chunk.HEARTBEAT_ACK, 0, a.heartbeat);
        final int association = a.association();
        final int tag = a.endpointTag;
        a.testerTag++;
        a.putFrom(Tester.T2, a.init());
        a.putFrom(Tester.T2, Chunk.cookieEcho(a.learn(a.expect(Chunk.INIT_ACK)).cookie()));
        a.expect(Chunk.COOKIE_ACK);
        a.putTagged(tag, Tester.T3, answer);
        a.expectNothing();
        assertThat(a.endpoint.paths(association)).extracting(PathStatus::remote, PathStatus::state)
            .containsExactly(tuple(Tester.T1, PathState.ACTIVE), tuple(Tester.T3, PathState.ACTIVE));
    }

    /** Sections 6.4.1 and 9.2: T2-shutdown tries the other way, and blames the one that was used. */
    @Test
    void aShutdownWithoutAnswerGoesAgainToTheOtherAddress() {
        final Association a = between("heartbeatIntervalNs", 0L);
        a.endpoint.shutdown(a.association(), a.now);
        assertThat(a.expect(Chunk.SHUTDOWN).to()).isEqualTo(Tester.T1);
        assertThat(a.await(2 * Tester.SECOND, Chunk.SHUTDOWN).to()).isEqualTo(Tester.T2);
        assertThat(path(a, Tester.T1).errors()).isEqualTo(1);
        assertThat(path(a, Tester.T2).errors()).isZero();
        a.putFrom(Tester.T2, Chunk.of(Chunk.SHUTDOWN_ACK));
        assertThat(a.expect(Chunk.SHUTDOWN_COMPLETE).to()).isEqualTo(Tester.T2);
    }

    @Test
    void aShutdownAckGoesBackFirstAndThenToTheOtherAddress() {
        final Association a = between("heartbeatIntervalNs", 0L);
        a.putFrom(Tester.T2, Chunk.shutdown(a.endpointTsn - 1));
        assertThat(a.expect(Chunk.SHUTDOWN_ACK).to()).isEqualTo(Tester.T2);
        assertThat(a.await(2 * Tester.SECOND, Chunk.SHUTDOWN_ACK).to()).isEqualTo(Tester.T1);
        assertThat(path(a, Tester.T2).errors()).isEqualTo(1);
        a.completes();
    }
}
