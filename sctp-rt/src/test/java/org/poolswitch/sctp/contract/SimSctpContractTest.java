// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.contract;

import java.net.InetAddress;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpSettings;
import org.poolswitch.sim.LinkQuality;
import org.poolswitch.sim.SimConfig;
import org.poolswitch.sim.SimNode;
import org.poolswitch.sim.SimWorld;

/** The contract on the simulated network: virtual time, a quiet local network. */
class SimSctpContractTest extends SctpContract {
    @Override
    protected Rig newRig() {
        return new SimRig(LinkQuality.LAN);
    }

    /** Peers in one world. */
    static final class SimRig implements Rig {
        private static final long PATIENCE_NS = 60_000_000_000L;
        private static final int PORT = 2905;

        private final SimWorld world;
        private final long[] carried = new long[2];
        private int hosts;

        SimRig(final LinkQuality quality) {
            world = new SimWorld(5, SimConfig.defaults(SctpSettings.apply(SctpConfig.carrier(),
                "Association.Max.Retrans=500")).withLink(quality));
        }

        private TestPeer add(final boolean listening) throws Exception {
            hosts++;
            final SimNode node = world.addNode("peer" + hosts, host(hosts), (endpoint, random) ->
                new TestPeer(endpoint, () -> { }), PORT, listening, 0);
            return node.machine(TestPeer.class);
        }

        private static InetAddress host(final int n) throws Exception {
            return host(0, n);
        }

        private static InetAddress host(final int path, final int n) throws Exception {
            return InetAddress.getByAddress(new byte[] {10, (byte) path, 0, (byte) n});
        }

        private SimNode node(final TestPeer peer) {
            return world.nodes().stream().filter(n -> n.machine() == peer).findFirst().orElseThrow();
        }

        @Override
        public TestPeer listener() throws Exception {
            return add(true);
        }

        @Override
        public TestPeer client() throws Exception {
            return add(false);
        }

        @Override
        public SctpAddress nobody() throws Exception {
            // a host with another client, so that it answers for its closed port
            return SctpAddress.of(add(false).endpoint().localAddress().host(), PORT, 9899);
        }

        @Override
        public <T> T on(final TestPeer peer, final Function<SctpEndpoint, T> action) {
            final Object[] result = new Object[1];
            node(peer).act(endpoint -> result[0] = action.apply(endpoint));
            @SuppressWarnings("unchecked")
            final T typed = (T) result[0];
            return typed;
        }

        @Override
        public boolean await(final BooleanSupplier condition) {
            return world.runUntil(condition, world.nowNs() + PATIENCE_NS);
        }

        @Override
        public boolean canKill() {
            return true;
        }

        @Override
        public void kill(final TestPeer peer) {
            world.kill(node(peer).name());
        }

        @Override
        public boolean canMultiHome() {
            return true;
        }

        private TestPeer pathPeer(final boolean listening) throws Exception {
            hosts++;
            world.network().setTap((now, from, fromPort, to, toPort, packet, offset, length) ->
                carried[from.getAddress()[1]] += length);
            final SimNode node = world.addNode("peer" + hosts, List.of(host(0, hosts), host(1, hosts)),
                (endpoint, random) -> new TestPeer(endpoint, () -> { }), PORT, listening, 0);
            return node.machine(TestPeer.class);
        }

        @Override
        public TestPeer pathListener() throws Exception {
            return pathPeer(true);
        }

        @Override
        public TestPeer pathClient() throws Exception {
            return pathPeer(false);
        }

        @Override
        public boolean canCutPath() {
            return true;
        }

        @Override
        public void cutPath(final int path) {
            world.nodes().forEach(n -> world.cutPath(n.name(), path));
        }

        @Override
        public void healPath(final int path) {
            world.nodes().forEach(n -> world.healPath(n.name(), path));
        }

        @Override
        public boolean isTimely() {
            return true;
        }

        @Override
        public long carriedOctets(final int path) {
            return carried[path];
        }

        @Override
        public long nowNs() {
            return world.nowNs();
        }

        @Override
        public void close() {
            // nothing but memory
        }
    }
}
