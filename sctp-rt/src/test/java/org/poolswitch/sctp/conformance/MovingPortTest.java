// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.DownCause;

/** A peer behind a translator that gives it one UDP port after the other (RFC 6951 section 5.4). */
class MovingPortTest {
    private static final int FIRST = Tester.UDP_PORT;

    private final Association a = Association.accepted();

    MovingPortTest() {
        a.alive = false;
    }

    private void dataFrom(final int udpPort) {
        final byte[] packet = Packet.bytes(Tester.TESTER_PORT, a.endpointPort, a.endpointTag, a.nextData());
        a.endpoint.onPacket(Tester.E1, Tester.T1, udpPort, packet, 0, packet.length, a.now);
        a.chunksNow();
        assertThat(a.endpoint.paths(a.association()).get(0).remoteUdpPort()).isEqualTo(udpPort);
    }

    /** What we send finds nobody there. */
    private void unreachable(final int udpPort, final int times) {
        for (int i = 0; i < times; i++) {
            a.endpoint.onPortUnreachable(Tester.T1, udpPort, a.now);
            a.advance(Tester.MS);
        }
    }

    @Test
    void theErrorFromItsLastPortDoesNotEndItWhileItMaySpeakFromTheNext() {
        dataFrom(FIRST);
        dataFrom(FIRST + 1);
        unreachable(FIRST + 1, 5);
        assertThat(a.downs).isEmpty();
        dataFrom(FIRST + 2);
        // that is old news
        unreachable(FIRST + 1, 5);
        a.advance(Tester.SECOND);
        unreachable(FIRST + 1, 5);
        assertThat(a.downs).isEmpty();
        assertThat(a.messages).hasSize(3);
    }

    @Test
    void butWhoDoesNotSpeakIsGoneAfterAnRto() {
        dataFrom(FIRST);
        dataFrom(FIRST + 1);
        for (int i = 0; i < 11; i++) {
            unreachable(FIRST + 1, 1);
            assertThat(a.downs).isEmpty();
            a.advance(90 * Tester.MS);
        }
        unreachable(FIRST + 1, 1);
        assertThat(a.downs).extracting(Tester.Down::cause).containsExactly(DownCause.PEER_UNREACHABLE);
    }

    @Test
    void whoNeverMovedIsGoneAtOnce() {
        dataFrom(FIRST);
        unreachable(FIRST, 2);
        assertThat(a.downs).extracting(Tester.Down::cause).containsExactly(DownCause.PEER_UNREACHABLE);
    }
}
