// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.sctp.conformance.Association.accepted;
import static org.poolswitch.sctp.conformance.Association.opened;
import static org.poolswitch.sctp.conformance.Tester.LISTENING_PORT;
import static org.poolswitch.sctp.conformance.Tester.MS;
import static org.poolswitch.sctp.conformance.Tester.SECOND;
import static org.poolswitch.sctp.conformance.Tester.T1;
import static org.poolswitch.sctp.conformance.Tester.TESTER_PORT;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.DownCause;

/** Invalid message handling (IMH): packets that are too short, forged, late or meant for somebody else. */
class InvalidMessageTest {
    private static final int WRONG_TAG = 0x0bad_0bad;

    @Test
    @DisplayName("SCTP_IMH_I_3_1: an INIT shorter than its mandatory fields is discarded, and a good one is answered "
        + "afterwards")
    void sctp_imh_i_3_1() {
        final Association a = new Association();
        a.put(Chunk.of(Chunk.INIT, 1, 2, 3, 4));
        // the last octet of the initial TSN is missing
        a.put(Chunk.of(Chunk.INIT, 1, 2, 3, 4, 0, 1, 0, 0, 0, 9, 0, 9, 1, 2, 3));
        a.expectNothing(SECOND);
        a.accept().isClosedGracefully();
    }

    @Test
    @DisplayName("SCTP_IMH_I_3_2: an INIT ACK shorter than its mandatory fields is discarded, and T1-init goes on")
    void sctp_imh_i_3_2() {
        final Association a = new Association().connect();
        a.put(Chunk.of(Chunk.INIT_ACK, 1, 2, 3, 4));
        a.put(Chunk.of(Chunk.INIT_ACK, 1, 2, 3, 4, 0, 1, 0, 0, 0, 9, 0, 9, 1, 2, 3));
        a.expectNothing(900 * MS);
        a.await(200 * MS, Chunk.INIT);
        a.answerInit().answerCookie().closesGracefully();
    }

    @Test
    @DisplayName("SCTP_IMH_I_3_3: a good cookie under a wrong verification tag is silently discarded")
    void sctp_imh_i_3_3() {
        final Association a = new Association();
        final byte[] cookie = a.greet().cookie();
        a.putTagged(WRONG_TAG, T1, Chunk.cookieEcho(cookie));
        a.expectNothing(100 * MS);
        assertThat(a.ups).isEmpty();
        a.echo(cookie).closesGracefully();
    }

    @Test
    @DisplayName("SCTP_IMH_I_3_4: a packet with a wrong checksum is silently discarded")
    void sctp_imh_i_3_4() {
        final Association a = new Association();
        final byte[] packet = Packet.bytes(TESTER_PORT, LISTENING_PORT, 0, a.init());
        packet[9] ^= 0x10;
        a.putBytes(T1, packet);
        // nor is one of 0 taken, which RFC 9653 has both sides agree on first
        final byte[] unsealed = packet.clone();
        Arrays.fill(unsealed, 8, 12, (byte) 0);
        a.putBytes(T1, unsealed);
        a.expectNothing(100 * MS);
        a.putBytes(T1, Packet.sealed(packet));
        a.expect(Chunk.INIT_ACK);
    }

    @Test
    @DisplayName("SCTP_IMH_I_3_5: a cookie that the endpoint did not make, or that was changed, is silently discarded")
    void sctp_imh_i_3_5() {
        final Association a = new Association();
        final byte[] cookie = a.greet().cookie();
        a.put(Chunk.cookieEcho(Tester.text(16)));
        a.expectNothing(100 * MS);
        for (int i = 0; i < cookie.length; i++) {
            final byte[] changed = cookie.clone();
            changed[i] ^= 1;
            a.put(Chunk.cookieEcho(changed));
            a.put(Chunk.cookieEcho(Arrays.copyOf(cookie, i)));
        }
        a.put(Chunk.cookieEcho(Arrays.copyOf(cookie, cookie.length + 4)));
        a.expectNothing(100 * MS);
        assertThat(a.ups).isEmpty();
        a.echo(cookie).closesGracefully();
    }

    @Test
    @DisplayName("SCTP_IMH_I_3_6: a cookie older than Valid.Cookie.Life is answered with ERROR Stale Cookie, and no "
        + "association is made")
    void sctp_imh_i_3_6() {
        final Association a = new Association();
        final byte[] cookie = a.greet().cookie();
        a.advance(a.config.validCookieLifeNs() + 5 * SECOND - 1);
        a.put(Chunk.cookieEcho(cookie));
        final Chunk error = a.expect(Chunk.ERROR).first();
        assertThat(error.causeCodes()).containsExactly(Tlv.CAUSE_STALE_COOKIE);
        assertThat(error.causes().get(0).i32()).as("microseconds, rounded up").isEqualTo(5_000_000);
        assertThat(a.ups).isEmpty();
        // as old as it may be is not too old
        final byte[] next = a.greet().cookie();
        a.advance(a.config.validCookieLifeNs());
        a.echo(next).isClosedGracefully();
    }

    @Test
    @DisplayName("SCTP_IMH_I_3_7: an ABORT under a wrong verification tag is silently discarded, and the association "
        + "goes on")
    void sctp_imh_i_3_7() {
        final Association a = accepted();
        a.putTagged(WRONG_TAG, T1, Chunk.of(Chunk.ABORT));
        a.putTagged(WRONG_TAG, T1, new Chunk(Chunk.ABORT, Chunk.T, new byte[0]));
        // neither is the endpoint's own tag a reflected one, nor is the tester's one that is not
        a.put(new Chunk(Chunk.ABORT, Chunk.T, new byte[0]));
        a.putTagged(a.testerTag, T1, Chunk.of(Chunk.ABORT));
        a.expectNothing(100 * MS);
        a.isUp();
        a.closesGracefully();
    }

    @Test
    @DisplayName("SCTP_IMH_I_3_8: a packet that ends before the INIT in it does is silently discarded")
    void sctp_imh_i_3_8() {
        final Association a = new Association();
        final byte[] whole = Packet.bytes(TESTER_PORT, LISTENING_PORT, 0, a.init());
        for (int length = 16; length < whole.length; length += 4) {
            a.putBytes(T1, Packet.sealed(Arrays.copyOf(whole, length)));
        }
        a.expectNothing(SECOND);
        a.accept().isClosedGracefully();
    }

    @Test
    @DisplayName("SCTP_IMH_I_3_9: a SHUTDOWN ACK under a wrong verification tag in SHUTDOWN-SENT is silently "
        + "discarded, and T2-shutdown goes on")
    void sctp_imh_i_3_9() {
        final Association a = opened().shutDown();
        a.putTagged(WRONG_TAG, T1, Chunk.of(Chunk.SHUTDOWN_ACK));
        a.expectNothing(900 * MS);
        a.await(200 * MS, Chunk.SHUTDOWN);
        a.put(Chunk.of(Chunk.SHUTDOWN_ACK));
        a.expect(Chunk.SHUTDOWN_COMPLETE);
        a.isDown(DownCause.SHUTDOWN);
    }

    @Test
    @DisplayName("SCTP_IMH_I_3_10: a SHUTDOWN COMPLETE under a wrong verification tag in SHUTDOWN-ACK-SENT is "
        + "silently discarded, and T2-shutdown goes on")
    void sctp_imh_i_3_10() {
        final Association a = accepted().shutDownByTester();
        a.putTagged(WRONG_TAG, T1, Chunk.of(Chunk.SHUTDOWN_COMPLETE));
        a.putTagged(WRONG_TAG, T1, new Chunk(Chunk.SHUTDOWN_COMPLETE, Chunk.T, new byte[0]));
        // neither is the endpoint's own tag a reflected one, nor is the tester's one that is not
        a.put(new Chunk(Chunk.SHUTDOWN_COMPLETE, Chunk.T, new byte[0]));
        a.putTagged(a.testerTag, T1, Chunk.of(Chunk.SHUTDOWN_COMPLETE));
        a.expectNothing(900 * MS);
        a.await(200 * MS, Chunk.SHUTDOWN_ACK);
        a.completes();
    }
}
