// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.PathState;

/** HEARTBEATs to addresses that nobody has vouched for (RFC 9260 section 5.4): HB.Max.Burst of them in each RTO. */
class PathVerificationTest {
    private static final long RTO = Tester.SECOND;
    private static final InetAddress T4 = Tester.host(10, 3, 0, 2);
    private static final InetAddress T5 = Tester.host(10, 4, 0, 2);

    private static Association withFourMoreAddresses(final int heartbeatMaxBurst) {
        final Association a = new Association("heartbeatMaxBurst", heartbeatMaxBurst);
        a.alive = false;
        a.accept(Tlv.address(Tester.T2), Tlv.address(Tester.T3), Tlv.address(T4), Tlv.address(T5));
        // who says more may be answered more
        a.put(Chunk.heartbeat(Tester.text(400)));
        a.expect(Chunk.HEARTBEAT_ACK);
        return a;
    }

    @Test
    void noMoreThanTheBurstGoAtOnceAndTheOthersHaveTheirTurnLater() {
        for (final int burst : new int[] {1, 2}) {
            final Association a = withFourMoreAddresses(burst);
            a.expectNothing();
            for (int asked = burst; asked <= 4; asked += burst) {
                assertThat(a.probed).as("in the RTO at hand").hasSize(asked);
                a.expectNothing(RTO / 2);
                assertThat(a.probed).hasSize(asked);
                a.expectNothing(RTO / 2 + 2 * Tester.MS);
            }
            assertThat(a.probed).doesNotContain(Tester.T1);
        }
    }

    @Test
    void allAreConfirmedInTheEnd() {
        final Association a = withFourMoreAddresses(1);
        a.expectNothing(5 * RTO);
        a.alive = true;
        a.advance(60 * RTO);
        assertThat(a.endpoint.paths(a.association())).hasSize(5).allMatch(p -> p.state() == PathState.ACTIVE);
    }
}
