// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.DownCause;

/** Who was called learns of its caller's end from the network, as the caller does of its own. */
class WatchedCallerTest {
    private static final int CALLERS = 3;

    @Test
    void theEndOfACallersProcessIsToldByTheNetworkAndNotByItsSilence() throws Exception {
        final UdpRig rig = new UdpRig();
        try {
            final TestPeer listener = rig.listener();
            final TestPeer[] callers = new TestPeer[CALLERS];
            for (int i = 0; i < CALLERS; i++) {
                callers[i] = rig.client();
                final int count = i + 1;
                rig.on(callers[i], e -> e.connect(listener.endpoint().localAddress(), rig.nowNs()));
                assertThat(rig.await(() -> listener.ups().size() == count)).as("caller %d is up", i).isTrue();
            }
            rig.kill(callers[1]);
            final int dead = listener.ups().get(1).association();
            assertThat(rig.await(() -> listener.down(dead) != null)).as("noticed").isTrue();
            assertThat(listener.down(dead).cause()).isEqualTo(DownCause.PEER_UNREACHABLE);
            assertThat(listener.downCount()).as("the other callers are well").isEqualTo(1);
        } finally {
            rig.close();
        }
    }
}
