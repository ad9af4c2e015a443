// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.core.SctpEndpointCore;
import org.poolswitch.sctp.udp.DialledPaths;
import org.poolswitch.sctp.udp.EncapsulatedEndpoint;

/** The simulated network behind {@link org.poolswitch.sctp.SctpEndpoint}: the same core as over real UDP. */
final class SimEndpoint extends EncapsulatedEndpoint {
    private static final int MOST_PATHS = 4096;
    private static final long LINGER_NS = 2_000_000_000L;

    private final SimNode node;
    private final SimNetwork network;
    private final InetAddress host;
    private final SimSocket listener;
    private final Map<InetSocketAddress, SimSocket> dialled = new HashMap<>();

    SimEndpoint(final SimNode node, final SimNetwork network, final SctpConfig config, final SctpAddress local,
        final boolean listening, final RandomGenerator random) {
        this.node = node;
        this.network = network;
        this.host = local.host();
        attach(new SctpEndpointCore(config, local, listening, random, this::transmit),
            new DialledPaths(this, LINGER_NS, MOST_PATHS));
        listener = listening
            ? new SimSocket(node, new InetSocketAddress(host, local.encapsulationPort()), null) : null;
        if (listening && !network.bind(listener)) {
            throw new IllegalStateException(listener.local() + " is in use");
        }
    }

    @Override
    public boolean dial(final InetSocketAddress remote, final long nowNs) {
        final SimSocket socket = new SimSocket(node, network.ephemeral(host), remote);
        network.bind(socket);
        dialled.put(remote, socket);
        return true;
    }

    @Override
    public void hangUp(final InetSocketAddress remote) {
        network.unbind(dialled.remove(remote));
    }

    private void transmit(final InetAddress from, final InetAddress to, final int port, final byte[] packet,
        final int offset, final int length, final long nowNs) {
        final InetSocketAddress remote = new InetSocketAddress(to, port);
        final SimSocket socket = dialled.getOrDefault(remote, listener);
        if (socket != null) {
            network.send(socket, remote, packet, offset, length);
        }
    }

    /** The process is gone: its ports are free, and nobody is told. */
    void unplug() {
        if (listener != null) {
            network.unbind(listener);
        }
        dialled.values().forEach(network::unbind);
        dialled.clear();
    }

    @Override
    public void close(final long nowNs) {
        super.close(nowNs);
        unplug();
    }
}
