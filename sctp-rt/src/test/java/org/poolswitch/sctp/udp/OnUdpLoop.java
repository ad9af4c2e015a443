// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.udp;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterEach;
import org.poolswitch.observe.PacketTap;
import org.poolswitch.runtime.EventLoopShard;
import org.poolswitch.runtime.ShardConfig;
import org.poolswitch.runtime.ThreadLayout;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;

/** A loop for endpoints on the loopback interface. */
abstract class OnUdpLoop {
    final InetAddress host = InetAddress.getLoopbackAddress();
    final EventLoopShard shard = EventLoopShard.open(ThreadLayout.EVENT_LOOP, ShardConfig.defaults(), "udp");

    @AfterEach
    final void closeLoop() {
        shard.close();
    }

    final UdpSctpEndpoint open(final InetAddress at, final int udpPort, final boolean listening) throws Exception {
        return UdpSctpEndpoint.open(shard, UdpConfig.withPort(udpPort), SctpConfig.carrier(),
            SctpAddress.of(at, 2905, udpPort), listening, new SecureRandom(), PacketTap.NONE);
    }

    /** A UDP port that nobody had a moment ago. */
    final int freePort() throws Exception {
        try (DatagramSocket free = new DatagramSocket(new InetSocketAddress(host, 0))) {
            return free.getLocalPort();
        }
    }
}
