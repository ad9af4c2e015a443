// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.sctp.conformance.Association.TESTER_TSN;
import static org.poolswitch.sctp.conformance.Association.opened;
import static org.poolswitch.sctp.conformance.Tester.MS;
import static org.poolswitch.sctp.conformance.Tester.SECOND;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.DownCause;

/** Errors (E): what is reported in ERROR and ABORT, and what a report does. */
class ErrorTest {
    private static final Tlv STALE_BY_A_SECOND = Tlv.of(Tlv.CAUSE_STALE_COOKIE, 0, 0xf, 0x42, 0x40);

    @Test
    @DisplayName("SCTP_E_O_6_1: ERROR Stale Cookie in COOKIE-ECHOED makes the endpoint send INIT again; if it asks "
        + "for a longer life, then for no more than a second beyond the round trip")
    void sctp_e_o_6_1() {
        final Association a = new Association().connect().answerInit();
        a.advance(500 * MS);
        a.put(Chunk.error(STALE_BY_A_SECOND));
        final Chunk init = a.learn(a.expect(Chunk.INIT));
        for (final Tlv parameter : init.parameters()) {
            if (parameter.type() == Tlv.COOKIE_PRESERVATIVE) {
                assertThat(parameter.i32()).isBetween(1, 1500);
            }
        }
        // T1-init is there for it
        a.await(a.config.rtoMaxNs(), Chunk.INIT);
        a.answerInit().answerCookie().closesGracefully();
    }

    @Test
    @DisplayName("SCTP_E_O_6_2: ERROR Stale Cookie in COOKIE-WAIT, ESTABLISHED and SHUTDOWN-SENT is silently discarded")
    void sctp_e_o_6_2() {
        final Association a = new Association().connect();
        a.put(Chunk.error(STALE_BY_A_SECOND));
        a.expectNothing(900 * MS);
        a.await(200 * MS, Chunk.INIT);
        a.answerInit().answerCookie();
        a.put(Chunk.error(STALE_BY_A_SECOND));
        a.expectNothing(SECOND);
        a.isUp();
        a.put(a.nextData());
        assertThat(a.expect(Chunk.SACK).first().tsn()).isEqualTo(TESTER_TSN);
        assertThat(a.messages).hasSize(1);
        a.shutDown();
        a.put(Chunk.error(STALE_BY_A_SECOND));
        a.expectNothing();
        a.put(Chunk.of(Chunk.SHUTDOWN_ACK));
        a.expect(Chunk.SHUTDOWN_COMPLETE);
        a.isDown(DownCause.SHUTDOWN);
    }

    @Test
    @DisplayName("SCTP_E_I_6_3: DATA on a stream that does not exist is acknowledged, reported at once with ERROR "
        + "Invalid Stream Identifier, and not delivered")
    void sctp_e_i_6_3() {
        final Association a = opened("maxInStreams", 1);
        a.put(Chunk.data(Chunk.BE, a.testerTsn++, 1, 0, Tester.text(1000)));
        final List<Chunk> now = a.chunksNow();
        final Chunk error = now.stream().filter(c -> c.type() == Chunk.ERROR).findFirst().orElseThrow();
        assertThat(error.causeCodes()).containsExactly(Tlv.CAUSE_INVALID_STREAM);
        assertThat(error.causes().get(0).value()).as("stream 1, reserved").containsExactly(0, 1, 0, 0);
        // the acknowledgement may be delayed as any other
        a.advance(a.config.sackDelayNs());
        assertThat(now).extracting(Chunk::type).isSubsetOf(Chunk.ERROR, Chunk.SACK);
        assertThat(Stream.concat(now.stream(), a.chunksNow().stream())
            .filter(c -> c.type() == Chunk.SACK).map(Chunk::tsn)).containsExactly(TESTER_TSN);
        assertThat(a.messages).isEmpty();
        a.closesGracefully();
    }

    @Test
    @DisplayName("SCTP_E_I_6_4: an INIT ACK without a cookie ends the set-up with ABORT Missing Mandatory Parameter "
        + "that names the cookie")
    void sctp_e_i_6_4() {
        final Association a = new Association().connect();
        a.put(Chunk.initAck(a.testerTag, Association.WINDOW, 1, 1, TESTER_TSN));
        final Chunk abort = a.expect(Chunk.ABORT).first();
        assertThat(abort.flags()).isZero();
        assertThat(abort.causeCodes()).containsExactly(Tlv.CAUSE_MISSING_PARAMETER);
        final byte[] value = abort.causes().get(0).value();
        assertThat(value).hasSize(6);
        assertThat(abort.causes().get(0).i32()).isEqualTo(1);
        assertThat(value[4]).isZero();
        assertThat(value[5]).isEqualTo((byte) Tlv.STATE_COOKIE);
        a.isDown(DownCause.CONNECT_FAILED);
    }

    @Test
    @DisplayName("SCTP_E_I_6_5: an unknown parameter with high bits 11 in INIT ACK is reported in ERROR Unrecognized "
        + "Parameters behind COOKIE ECHO, and set-up goes on")
    void sctp_e_i_6_5() {
        final Association a = new Association().connect();
        final Tlv unknown = Tlv.of(0xc00c, 1);
        a.put(Chunk.initAck(a.testerTag, Association.WINDOW, 1, 1, TESTER_TSN, unknown,
            new Tlv(Tlv.STATE_COOKIE, Association.COOKIE)));
        final Packet packet = a.expect(Chunk.COOKIE_ECHO, Chunk.ERROR);
        assertThat(packet.first().value()).isEqualTo(Association.COOKIE);
        final Tlv cause = packet.chunk(Chunk.ERROR).causes().get(0);
        assertThat(cause.type()).isEqualTo(Tlv.CAUSE_UNRECOGNIZED_PARAMETERS);
        // neither cause nor chunk counts the padding (section 3.2)
        assertThat(cause.value()).isEqualTo(unknown.bytes());
        a.answerCookie().closesGracefully();
        // where both do not fit into a packet, the report waits for the COOKIE ACK (section 3.2.2)
        final Association large = new Association().connect();
        large.put(Chunk.initAck(large.testerTag, Association.WINDOW, 1, 1, TESTER_TSN, unknown,
            new Tlv(Tlv.STATE_COOKIE, Tester.text(large.config.pathMtu() - 12 - 4 - 8))));
        large.expect(Chunk.COOKIE_ECHO);
        large.expectNothing();
        large.put(Chunk.of(Chunk.COOKIE_ACK));
        assertThat(large.expect(Chunk.ERROR).first().causeCodes()).containsExactly(Tlv.CAUSE_UNRECOGNIZED_PARAMETERS);
        // of two, the first one's padding counts; what there is no room for is left out, and not cut
        final Tlv longer = new Tlv(0xc00c, Tester.text(488));
        reports(Tlv.concat(unknown, unknown), unknown, unknown);
        reports(unknown.bytes(), unknown, longer);
        reports(longer.bytes(), longer, unknown);
        final Association silent = new Association().connect().answerInit(new Tlv(0xc00c, Tester.text(500)), unknown);
        silent.answerCookie().closesGracefully();
    }

    private static void reports(final byte[] expected, final Tlv... unknown) {
        final Association a = new Association().connect();
        a.put(a.initAck(unknown));
        final Tlv cause = a.expect(Chunk.COOKIE_ECHO, Chunk.ERROR).chunk(Chunk.ERROR).causes().get(0);
        assertThat(cause.type()).isEqualTo(Tlv.CAUSE_UNRECOGNIZED_PARAMETERS);
        assertThat(cause.value()).isEqualTo(expected);
    }

    @Test
    @DisplayName("SCTP_E_I_6_6: COOKIE ECHO with an ERROR behind it that reports an unrecognized parameter leads to "
        + "an association")
    void sctp_e_i_6_6() {
        final Association a = new Association();
        final byte[] cookie = a.greet().cookie();
        final Tlv forwardTsnSupported = Tlv.of(0xc000);
        a.put(Chunk.cookieEcho(cookie),
            Chunk.error(new Tlv(Tlv.CAUSE_UNRECOGNIZED_PARAMETERS, forwardTsnSupported.bytes())));
        a.expect(Chunk.COOKIE_ACK);
        assertThat(a.ups).hasSize(1);
        a.withOutstandingData();
        a.put(a.sackUpTo(a.endpointTsn));
        a.closesGracefully();
    }
}
