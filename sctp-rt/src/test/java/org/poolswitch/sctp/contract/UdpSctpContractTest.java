// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.contract;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import org.poolswitch.observe.PacketTap;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.udp.UdpConfig;
import org.poolswitch.sctp.udp.UdpSctpEndpoint;

/** The contract on real sockets of the loopback interface. */
class UdpSctpContractTest extends SctpContract {
    @Override
    protected Rig newRig() throws Exception {
        return new UdpRig();
    }

    private static final class UdpRig extends LoopRig {
        private static final int PORT = 2905;

        private final InetAddress host = InetAddress.getByName("127.0.0.1");
        private final int encapsulation;

        UdpRig() throws Exception {
            // a free port instead of 9899, which a running deployment may hold
            try (DatagramSocket free = new DatagramSocket(new InetSocketAddress(host, 0))) {
                encapsulation = free.getLocalPort();
            }
        }

        private TestPeer open(final String name, final boolean listening) throws Exception {
            return start(name, shard -> UdpSctpEndpoint.open(shard, UdpConfig.withPort(encapsulation),
                SctpConfig.carrier(), SctpAddress.of(host, PORT, encapsulation), listening, new SecureRandom(),
                PacketTap.NONE));
        }

        @Override
        public TestPeer listener() throws Exception {
            return open("listener", true);
        }

        @Override
        public TestPeer client() throws Exception {
            return open("client", false);
        }

        @Override
        public SctpAddress nobody() throws Exception {
            try (DatagramSocket free = new DatagramSocket(new InetSocketAddress(host, 0))) {
                return SctpAddress.of(host, PORT, free.getLocalPort());
            }
        }

        @Override
        public boolean canKill() {
            return true;
        }

        @Override
        public void kill(final TestPeer peer) throws Exception {
            shard(peer).call(() -> {
                ((UdpSctpEndpoint) peer.endpoint()).crash();
                return null;
            });
        }
    }
}
