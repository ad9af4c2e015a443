// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.poolswitch.observe.PacketTap;
import org.poolswitch.runtime.EventLoopShard;
import org.poolswitch.runtime.ShardConfig;
import org.poolswitch.runtime.ThreadLayout;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpSettings;
import org.poolswitch.sim.SimConfig;
import org.poolswitch.sim.SimWorld;

/** Several SCTP ports of one node behind one UDP port. */
class SctpPortsTest {
    private static final int AGAIN = 50;
    private static final long MS = 1_000_000L;

    private static InetAddress host(final int last) throws IOException {
        return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
    }

    @Test
    void simulatedPortsHearWhatIsTheirsAlsoWhenBothCallAndAreCalled() throws IOException {
        final SimWorld world = new SimWorld(1, SimConfig.defaults(SctpConfig.carrier()));
        final SctpAddress[] a = {SctpAddress.of(host(1), 3863, 9899), SctpAddress.of(host(1), 9901, 9899)};
        final SctpAddress[] z = {SctpAddress.of(host(2), 9901, 9899), SctpAddress.of(host(2), 3863, 9899)};
        world.addNode("a", List.of(host(1)), (e, r) -> new TwoPorts(e, z), List.of(3863, 9901), true, 0);
        world.addNode("z", List.of(host(2)), (e, r) -> new TwoPorts(e, a), List.of(3863, 9901), true, 0);
        world.runFor(1000 * MS);
        assertThat(world.node("a").machine(TwoPorts.class).heard)
            .containsExactlyInAnyOrder("port 0 ppid 11 from 0", "port 1 ppid 12 from 1");
        assertThat(world.node("z").machine(TwoPorts.class).heard)
            .containsExactlyInAnyOrder("port 1 ppid 11 from 0", "port 0 ppid 12 from 1");
    }

    /** Both call at the same time from the port that the other calls: INITs collide (RFC 9260 section 5.2.1). */
    @Test
    void simulatedPortsThatCallEachOtherFromThemselvesShareOneAssociation() throws IOException {
        final SimWorld world = new SimWorld(1, SimConfig.defaults(from(3863)));
        final SctpAddress a = SctpAddress.of(host(1), 3863, 9899);
        final SctpAddress z = SctpAddress.of(host(2), 3863, 9899);
        world.addNode("a", List.of(host(1)), (e, r) -> new TwoPorts(e, z), List.of(3863, 9901), true, 0);
        world.addNode("z", List.of(host(2)), (e, r) -> new TwoPorts(e, a), List.of(3863, 9901), true, 0);
        world.runFor(1000 * MS);
        for (final String name : List.of("a", "z")) {
            assertThat(world.node(name).machine(TwoPorts.class).heard).containsExactly("port 0 ppid 11 from 0");
            assertThat(world.node(name).core().associations()).isOne();
        }
    }

    private static SctpConfig from(final int port) {
        return SctpSettings.apply(SctpConfig.carrier(), "Source.Port=" + port);
    }

    /** From the SCTP port and from the UDP port that it listens on; the port of another part of the node is refused. */
    @Test
    void realPortsCallFromThemselves() throws Exception {
        final int udp;
        try (DatagramSocket free = new DatagramSocket(0)) {
            udp = free.getLocalPort();
        }
        final InetAddress here = InetAddress.getByName("127.0.41.5");
        final InetAddress there = InetAddress.getByName("127.0.41.6");
        final Set<String> sources = ConcurrentHashMap.newKeySet();
        try (EventLoopShard a = shard("a"); EventLoopShard z = shard("z")) {
            final List<UdpSctpEndpoint> called = open(a, here, udp);
            final TwoPorts nodeA = new TwoPorts(called);
            a.start(called, nodeA);
            final UdpSctpEndpoint caller = UdpSctpEndpoint.open(z, UdpConfig.withPort(udp), from(3863),
                SctpAddress.of(there, 3863, udp), true, new SecureRandom(), (now, local, localPort, remote, remotePort,
                    packet, offset, length) -> sources.add(localPort + "/"
                    + ((packet[offset] & 0xff) << 8 | packet[offset + 1] & 0xff)));
            final List<UdpSctpEndpoint> calling =
                List.of(caller, caller.openBeside(from(9901), 9901, new SecureRandom()));
            z.start(calling, new TwoPorts(calling, SctpAddress.of(here, 9901, udp), SctpAddress.of(here, 3863, udp)));
            await(a, nodeA, "port 1 ppid 11 from 0", "port 0 ppid 12 from 1");
            assertThat(sources).containsExactlyInAnyOrder(udp + "/3863", udp + "/9901");
            assertThat(z.<Integer>call(() -> caller.connect(SctpAddress.of(here, 9901, udp), System.nanoTime())))
                .isEqualTo(SctpEndpoint.CONNECT_IN_USE);
            assertThat(z.<Integer>call(() -> caller.connect(SctpAddress.of(here, 5, udp), 9901, System.nanoTime())))
                .isEqualTo(SctpEndpoint.CONNECT_IN_USE);
        }
    }

    private static List<UdpSctpEndpoint> open(final EventLoopShard shard, final InetAddress at, final int udp)
        throws IOException {
        final UdpSctpEndpoint first = UdpSctpEndpoint.open(shard, UdpConfig.withPort(udp), SctpConfig.carrier(),
            SctpAddress.of(at, 3863, udp), true, new SecureRandom(), PacketTap.NONE);
        return List.of(first, first.openBeside(SctpConfig.carrier(), 9901, new SecureRandom()));
    }

    private static EventLoopShard shard(final String name) {
        return EventLoopShard.open(ThreadLayout.EVENT_LOOP, ShardConfig.defaults(), name);
    }

    private static void await(final EventLoopShard shard, final TwoPorts node, final String... expected)
        throws Exception {
        final long until = System.nanoTime() + 10_000 * MS;
        List<String> heard = List.of();
        while (System.nanoTime() < until && !heard.containsAll(List.of(expected))) {
            Thread.sleep(5);
            heard = shard.call(() -> new ArrayList<>(node.heard));
        }
        assertThat(heard).contains(expected);
    }

    @Test
    void realPortsShareOneSocketAndSayGoodbyeTogether() throws Exception {
        final int udp;
        try (DatagramSocket free = new DatagramSocket(0)) {
            udp = free.getLocalPort();
        }
        final InetAddress here = InetAddress.getByName("127.0.41.1");
        final InetAddress there = InetAddress.getByName("127.0.41.2");
        try (EventLoopShard a = shard("a"); EventLoopShard z = shard("z")) {
            final List<UdpSctpEndpoint> called = open(a, here, udp);
            final TwoPorts nodeA = new TwoPorts(called);
            a.start(called, nodeA);
            final List<UdpSctpEndpoint> calling = open(z, there, udp);
            final TwoPorts nodeZ = new TwoPorts(calling, SctpAddress.of(here, 9901, udp),
                SctpAddress.of(here, 3863, udp));
            z.start(calling, nodeZ);
            await(a, nodeA, "port 1 ppid 11 from 0", "port 0 ppid 12 from 1");
            z.call(() -> {
                z.shard().close();
                return null;
            });
            await(a, nodeA, "port 0 down PEER_ABORTED", "port 1 down PEER_ABORTED");
        }
    }

    /** Who waits for the end of a node may start the next one on its port. */
    @Test
    void thePortIsFreeWhenItsShardHasEnded() throws Exception {
        final int udp;
        try (DatagramSocket free = new DatagramSocket(0)) {
            udp = free.getLocalPort();
        }
        for (int i = 0; i < AGAIN; i++) {
            final EventLoopShard a = shard("a");
            final List<UdpSctpEndpoint> two = open(a, InetAddress.getByName("127.0.41.4"), udp);
            a.start(two, new TwoPorts(two));
            a.close();
            a.termination().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aPortIsTakenOnce() throws Exception {
        final int udp;
        try (DatagramSocket free = new DatagramSocket(0)) {
            udp = free.getLocalPort();
        }
        try (EventLoopShard a = shard("a")) {
            final List<UdpSctpEndpoint> two = open(a, InetAddress.getByName("127.0.41.3"), udp);
            assertThatThrownBy(() -> two.get(0).openBeside(SctpConfig.carrier(), 9901, new SecureRandom()))
                .hasMessageContaining("SCTP port 9901 is taken");
            a.call(() -> {
                two.get(0).close(System.nanoTime());
                return null;
            });
        }
    }
}
