// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.PathStatus;

/** T3-rtx while the peer has not acknowledged a FORWARD TSN (RFC 3758 section 3.5 C5): on the path where that went. */
class ForwardTsnTimerTest {
    private static final int FORWARD_TSN = 192;
    private static final Tlv KNOWS_FORWARD_TSN = new Tlv(0xC000, new byte[0]);
    private static final long LIFETIME = 50 * Tester.MS;

    private final Association a = new Association("heartbeatIntervalNs", 0L).connect(Tester.T1, Tester.T2)
        .answerInit(Tlv.address(Tester.T1), Tlv.address(Tester.T2), KNOWS_FORWARD_TSN).answerCookie();

    ForwardTsnTimerTest() {
        a.advance(10 * Tester.MS);
    }

    private PathStatus path(final InetAddress host) {
        return a.endpoint.paths(a.association()).stream().filter(p -> p.remote().equals(host)).findFirst()
            .orElseThrow();
    }

    /** On the first path; its lifetime ends when the other one is primary. */
    private void giveUpOne(final int others) {
        a.endpoint.send(a.association(), 0, 7, false, LIFETIME, Tester.text(100), 0, 100, a.now);
        for (int i = 0; i < others; i++) {
            a.send(1, 100);
        }
        assertThat(a.next().to()).isEqualTo(Tester.T1);
        a.endpoint.setPrimary(a.association(), Tester.T2, a.now);
        assertThat(a.await(LIFETIME + Tester.MS, FORWARD_TSN).to()).isEqualTo(Tester.T2);
    }

    @Test
    void aPathWhereNothingIsUnderWayAnyMoreIsNotBlamed() {
        giveUpOne(0);
        assertThat(a.await(2 * Tester.SECOND, FORWARD_TSN).to()).isEqualTo(Tester.T1);
        assertThat(path(Tester.T2).errors()).isOne();
        assertThat(path(Tester.T1).errors()).isZero();
        a.put(a.sackUpTo(a.endpointTsn));
        a.expectNothing(5 * Tester.SECOND);
    }

    @Test
    void norIsOneWhereAllWasAcknowledgedMeanwhile() {
        giveUpOne(1);
        a.put(Chunk.sack(a.endpointTsn - 1, Association.WINDOW, 2, 2));
        // section 3.5 C3
        a.expect(FORWARD_TSN);
        final long windowOctets = path(Tester.T1).congestionWindowOctets();
        a.await(2 * Tester.SECOND, FORWARD_TSN);
        a.advance(500 * Tester.MS);
        assertThat(path(Tester.T2).errors()).isOne();
        assertThat(path(Tester.T1).errors()).isZero();
        assertThat(path(Tester.T1).congestionWindowOctets()).isEqualTo(windowOctets);
    }
}
