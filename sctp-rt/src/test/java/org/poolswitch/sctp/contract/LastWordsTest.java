// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.poolswitch.runtime.EventLoopShard;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpEndpoint;

/** What a process said before it ended is heard before the network's word that it has ended. */
class LastWordsTest {
    @Test
    void anAbortThatWaitsInTheSocketIsReadBeforeTheErrorThatOvertookIt() throws Exception {
        final UdpRig rig = new UdpRig();
        try {
            final TestPeer listener = rig.listener();
            final TestPeer caller = rig.client();
            final int id = rig.on(caller, e -> e.connect(listener.endpoint().localAddress(), rig.nowNs()));
            assertThat(rig.await(() -> listener.ups().size() == 1 && caller.ups().size() == 1)).as("up").isTrue();
            final EventLoopShard shard = rig.shard(caller);
            // while the caller's loop is here, it reads nothing
            shard.call(() -> {
                rig.on(listener, e -> {
                    e.abort(listener.ups().get(0).association(), rig.nowNs());
                    e.flush(rig.nowNs());
                    return null;
                });
                rig.kill(listener);
                final long now = shard.beginInput();
                for (int i = 0; i < 3; i++) {
                    // the first finds nobody, the next learns that
                    caller.endpoint().send(id, 0, 0, false, SctpEndpoint.NO_LIFETIME, new byte[100], 0, 100, now);
                    caller.endpoint().flush(now);
                }
                shard.wake();
                return null;
            });
            assertThat(rig.await(() -> caller.down(id) != null)).as("noticed").isTrue();
            assertThat(caller.down(id).cause()).isEqualTo(DownCause.PEER_ABORTED);
        } finally {
            rig.close();
        }
    }
}
