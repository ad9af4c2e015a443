// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.sctp.conformance.Tester.SECOND;
import static org.poolswitch.sctp.conformance.Tester.T1;
import static org.poolswitch.sctp.conformance.Tester.T2;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.DownCause;

/** Association set-up (AS): what the parameters of INIT and INIT ACK do, known or not. */
class AssociationParametersTest {
    private static final InetAddress IPV6 =
        Tester.host(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2);
    private static final Tlv FIRST = Tlv.of(0xc0cc, 1, 1, 1, 1);
    private static final Tlv THIRD = Tlv.of(0xc0cc, 3, 3, 3, 3);

    @Test
    @DisplayName("SCTP_AS_V_1_6_1: an INIT with Cookie Preservative, Supported Address Types, IPv6 and IPv4 "
        + "addresses leads to an association")
    void sctp_as_v_1_6_1() {
        final Association a = new Association();
        final Chunk initAck = a.greet(Tlv.cookiePreservative(12_345),
            Tlv.supportedAddressTypes(Tlv.IPV4_ADDRESS, Tlv.IPV6_ADDRESS), Tlv.address(IPV6), Tlv.address(T2));
        assertThat(reportsOf(initAck)).isEmpty();
        // what was asked for is granted: later, the cookie would be stale
        a.advance(a.config.validCookieLifeNs() + 12 * SECOND);
        a.echo(initAck.cookie());
        a.advance(10 * SECOND);
        // an endpoint without IPv6 leaves the other family alone (section 5.1.2)
        assertThat(a.probed).containsOnlyOnce(T2).doesNotContain(IPV6);
        a.isClosedReflecting();
    }

    @Test
    @DisplayName("SCTP_AS_V_1_6_2: an INIT ACK with State Cookie, IPv6 and IPv4 addresses leads to an association")
    void sctp_as_v_1_6_2() {
        new Association().connect().answerInit(Tlv.address(IPV6), Tlv.address(T2)).answerCookie().closesGracefully();
        // the purpose has a Cookie Preservative there, too: it is known, and so it does not stop what follows
        final Association a = new Association().connect();
        a.put(Chunk.initAck(a.testerTag, Association.WINDOW, 1, 1, Association.TESTER_TSN,
            Tlv.cookiePreservative(12_345), new Tlv(Tlv.STATE_COOKIE, Association.COOKIE), Tlv.address(IPV6),
            Tlv.address(T2)));
        assertThat(a.expect(Chunk.COOKIE_ECHO).first().value()).isEqualTo(Association.COOKIE);
        a.answerCookie();
        a.advance(10 * SECOND);
        assertThat(a.probed).contains(T2).doesNotContain(IPV6);
        a.closesGracefully();
    }

    @Test
    @DisplayName("SCTP_AS_I_1_8_1: every unknown parameter with high bits 11 in INIT is reported in INIT ACK, and "
        + "set-up goes on")
    void sctp_as_i_1_8_1() {
        final Tlv second = Tlv.of(0xc0cc, 2, 2, 2, 2);
        reports(second, FIRST, second, THIRD);
    }

    @Test
    @DisplayName("SCTP_AS_I_1_8_2: an unknown parameter with high bits 00 in INIT ends the reading of parameters "
        + "without a report, and set-up goes on")
    void sctp_as_i_1_8_2() {
        reports(Tlv.of(0x00cc, 2, 2, 2, 2), FIRST);
    }

    @Test
    @DisplayName("SCTP_AS_I_1_8_3: an unknown parameter with high bits 01 in INIT ends the reading of parameters and "
        + "is reported in INIT ACK, and set-up goes on")
    void sctp_as_i_1_8_3() {
        final Tlv second = Tlv.of(0x40cc, 2, 2, 2, 2);
        reports(second, FIRST, second);
    }

    @Test
    @DisplayName("SCTP_AS_I_1_8_4: an unknown parameter with high bits 10 in INIT is skipped without a report, and "
        + "set-up goes on")
    void sctp_as_i_1_8_4() {
        reports(Tlv.of(0x80cc, 2, 2, 2, 2), FIRST, THIRD);
    }

    private static void reports(final Tlv second, final Tlv... reported) {
        final Association a = new Association();
        final Chunk initAck = a.greet(FIRST, second, THIRD);
        assertThat(reportsOf(initAck)).containsExactlyElementsOf(List.of(reported).stream().map(Tlv::bytes).toList());
        a.echo(initAck.cookie());
        a.isClosedGracefully();
    }

    private static List<byte[]> reportsOf(final Chunk initAck) {
        return initAck.parameters().stream().filter(p -> p.type() == Tlv.UNRECOGNIZED_PARAMETER).map(Tlv::value)
            .toList();
    }

    @Test
    @DisplayName("SCTP_AS_V_1_12_1: an INIT with a Host Name Address is answered with ABORT: nothing is resolved")
    void sctp_as_v_1_12_1() {
        final Association a = new Association();
        a.put(a.init(Tlv.hostName("a.b")));
        final Chunk abort = a.expect(Chunk.ABORT).first();
        assertThat(abort.flags()).isZero();
        namesTheHostIfAnything(abort);
        a.expectNothing(SECOND);
        a.accept().isClosedGracefully();
    }

    @Test
    @DisplayName("SCTP_AS_I_1_12_2: an INIT ACK with a Host Name Address ends the set-up with ABORT: nothing is "
        + "resolved")
    void sctp_as_i_1_12_2() {
        final Association a = new Association().connect();
        a.put(a.initAck(Tlv.hostName("a.b")));
        final Chunk abort = a.expect(Chunk.ABORT).first();
        assertThat(abort.flags()).isZero();
        namesTheHostIfAnything(abort);
        a.isDown(DownCause.CONNECT_FAILED);
    }

    /** Section 5.1.2 B: the cause is optional. */
    private static void namesTheHostIfAnything(final Chunk abort) {
        assertThat(abort.causes().size()).isLessThanOrEqualTo(1);
        for (final Tlv cause : abort.causes()) {
            assertThat(cause.type()).isEqualTo(Tlv.CAUSE_UNRESOLVABLE_ADDRESS);
            assertThat(cause.value()).isEqualTo(Tlv.hostName("a.b").bytes());
        }
    }

    @Test
    @DisplayName("SCTP_AS_V_1_13_1: an INIT that supports IPv4 and IPv6 addresses leads to an association")
    void sctp_as_v_1_13_1() {
        final Association a = new Association();
        final Chunk initAck = a.greet(Tlv.supportedAddressTypes(Tlv.IPV4_ADDRESS, Tlv.IPV6_ADDRESS));
        assertThat(reportsOf(initAck)).isEmpty();
        a.echo(initAck.cookie());
        a.isClosedReflecting();
    }

    @Test
    @DisplayName("SCTP_AS_I_1_13_2: an INIT that arrives over IPv4 and lists only IPv6 as supported is accepted: the "
        + "family it came by counts as supported, and no error is sent")
    void sctp_as_i_1_13_2() {
        final Association a = new Association();
        final Chunk initAck = a.greet(Tlv.supportedAddressTypes(Tlv.IPV6_ADDRESS));
        assertThat(reportsOf(initAck)).isEmpty();
        a.echo(initAck.cookie());
        a.withOutstandingData();
        assertThat(a.await(2 * SECOND, Chunk.DATA).to()).isEqualTo(T1);
        a.put(a.sackUpTo(a.endpointTsn));
        a.shutDownByTester(a.endpointTsn).completes();
        // nor is what either side lists of that family left out
        final Association listed = Association.multihomed();
        final Chunk answer = listed.greet(Tlv.supportedAddressTypes(Tlv.IPV6_ADDRESS), Tlv.address(T2));
        assertThat(reportsOf(answer)).isEmpty();
        assertThat(answer.parameters().stream().filter(p -> p.type() == Tlv.IPV4_ADDRESS).map(Tlv::value))
            .containsExactly(Tester.E1.getAddress(), Tester.E2.getAddress());
        listed.echo(answer.cookie());
        listed.advance(10 * SECOND);
        assertThat(listed.probed).contains(T2);
        listed.isClosedGracefully();
    }
}
