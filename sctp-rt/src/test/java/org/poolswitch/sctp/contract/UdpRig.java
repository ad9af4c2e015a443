// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.contract;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.poolswitch.observe.PacketTap;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpSettings;
import org.poolswitch.sctp.udp.UdpConfig;
import org.poolswitch.sctp.udp.UdpSctpEndpoint;

/** User-space SCTP on real sockets of the loopback interface; path n is the network 127.0.n.0. */
final class UdpRig extends LoopRig {
    private static final int PORT = 2905;

    private final InetAddress host = InetAddress.getByName("127.0.0.1");
    private final int encapsulation;
    private final AtomicLongArray carried = new AtomicLongArray(2);
    private final List<TestPeer> pathPeers = new ArrayList<>();
    private final boolean[] cut = new boolean[2];

    UdpRig() throws Exception {
        // a free port instead of 9899, which a running deployment may hold
        try (DatagramSocket free = new DatagramSocket(new InetSocketAddress(host, 0))) {
            encapsulation = free.getLocalPort();
        }
    }

    private TestPeer open(final String name, final List<InetAddress> hosts, final SctpConfig config,
        final boolean listening) throws Exception {
        final PacketTap count = (now, from, fromPort, to, toPort, packet, offset, length) -> {
            final int path = from.getAddress()[2] - 1;
            if (path >= 0) {
                carried.addAndGet(path, length);
            }
        };
        return start(name, shard -> UdpSctpEndpoint.open(shard, UdpConfig.withPort(encapsulation), config,
            new SctpAddress(hosts, PORT, encapsulation), listening, new SecureRandom(), count));
    }

    @Override
    public TestPeer listener() throws Exception {
        return open("listener", List.of(host), SctpConfig.carrier(), true);
    }

    @Override
    public TestPeer client() throws Exception {
        return open("client", List.of(host), SctpConfig.carrier(), false);
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

    @Override
    public boolean canMultiHome() {
        return true;
    }

    private TestPeer pathPeer(final int last, final boolean listening) throws Exception {
        // patient, so that a busy machine ends no association that is only meant to become suspect
        final TestPeer peer = open("peer" + last, List.of(address(0, last), address(1, last)),
            SctpSettings.apply(SctpConfig.carrier(), "Association.Max.Retrans=500"), listening);
        pathPeers.add(peer);
        mute(peer);
        return peer;
    }

    private static InetAddress address(final int path, final int last) throws Exception {
        return InetAddress.getByAddress(new byte[] {127, 0, (byte) (1 + path), (byte) last});
    }

    @Override
    public TestPeer pathListener() throws Exception {
        return pathPeer(1, true);
    }

    @Override
    public TestPeer pathClient() throws Exception {
        return pathPeer(2, false);
    }

    @Override
    public boolean canCutPath() {
        return true;
    }

    @Override
    public void cutPath(final int path) throws Exception {
        cut[path] = true;
        for (final TestPeer peer : pathPeers) {
            mute(peer);
        }
    }

    @Override
    public void healPath(final int path) throws Exception {
        cut[path] = false;
        for (final TestPeer peer : pathPeers) {
            mute(peer);
        }
    }

    private void mute(final TestPeer peer) throws Exception {
        shard(peer).call(() -> {
            for (int path = 0; path < 2; path++) {
                ((UdpSctpEndpoint) peer.endpoint()).mute(peer.endpoint().localAddress().hosts().get(path), cut[path]);
            }
            return null;
        });
    }

    @Override
    public long carriedOctets(final int path) {
        return carried.get(path);
    }
}
