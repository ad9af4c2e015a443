// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.PathState;
import org.poolswitch.sctp.SctpConfig;

/** HEARTBEATs are as long as the peer likes, and come from each of its addresses. */
class LongHeartbeatTest {
    private final Path path =
        new Path(SctpConfig.carrier(), 0, Pair.host(1), Pair.host(2), 9899, 1, PathState.ACTIVE);

    private void answer(final int octets) {
        path.onHeartbeat(new byte[octets], 0, octets);
        assertThat(path.heartbeatAckLength).isEqualTo(octets);
        path.onHeartbeatAnswered();
        assertThat(path.heartbeatAckLength).isZero();
    }

    @Test
    void ofALongOneNothingIsKeptWhenItIsAnswered() {
        answer(40);
        final byte[] usual = path.heartbeatAck;
        answer(40);
        assertThat(path.heartbeatAck).as("the usual one needs no new buffer").isSameAs(usual);
        answer(1300);
        assertThat(path.heartbeatAck).isEmpty();
    }
}
