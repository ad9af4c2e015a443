// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.core.SctpEndpointCore;
import org.poolswitch.sctp.udp.DialledPaths;
import org.poolswitch.sctp.udp.EncapsulatedEndpoint;

/** The simulated network behind {@link org.poolswitch.sctp.SctpEndpoint}: the same core as over real UDP. */
final class SimEndpoint extends EncapsulatedEndpoint implements DialledPaths.Dialler {
    private static final int MOST_PATHS = 4096;
    private static final long LINGER_NS = 2_000_000_000L;

    private final SimNode node;
    private final SimNetwork network;
    private final boolean ownsListeners;
    private final Map<InetAddress, SimSocket> listeners;
    private final Map<DialledPaths.Way, SimSocket> dialled = new HashMap<>();
    private boolean deaf;

    /** Another SCTP port behind the first one's UDP port. */
    SimEndpoint(final SimEndpoint first, final SctpConfig config, final int port, final RandomGenerator random) {
        node = first.node;
        network = first.network;
        listeners = first.listeners;
        ownsListeners = false;
        final SctpAddress beside = first.localAddress();
        attach(new SctpEndpointCore(config, new SctpAddress(beside.hosts(), port, beside.encapsulationPort()), true,
            random, this), new DialledPaths(this, LINGER_NS, MOST_PATHS));
    }

    SimEndpoint(final SimNode node, final SimNetwork network, final SctpConfig config, final SctpAddress local,
        final boolean listening, final RandomGenerator random) {
        this.node = node;
        this.network = network;
        listeners = new HashMap<>();
        ownsListeners = true;
        attach(new SctpEndpointCore(config, local, listening, random, this),
            new DialledPaths(this, LINGER_NS, MOST_PATHS));
        for (final InetAddress host : listening ? local.hosts() : List.<InetAddress>of()) {
            final SimSocket listener =
                new SimSocket(node, new InetSocketAddress(host, local.encapsulationPort()), null);
            if (!network.bind(listener)) {
                throw new IllegalStateException(listener.local() + " is in use");
            }
            listeners.put(host, listener);
        }
    }

    @Override
    public boolean dial(final DialledPaths.Way way, final long nowNs) {
        final SimSocket socket = new SimSocket(node, network.ephemeral(way.local()), way.remote());
        network.bind(socket);
        dialled.put(way, socket);
        return true;
    }

    @Override
    public void hangUp(final DialledPaths.Way way) {
        network.unbind(dialled.remove(way));
    }

    @Override
    public void transmit(final InetAddress from, final InetAddress to, final int port, final byte[] packet,
        final int offset, final int length, final long nowNs) {
        final InetSocketAddress remote = new InetSocketAddress(to, port);
        final SimSocket socket = dialled.getOrDefault(new DialledPaths.Way(from, remote), listeners.get(from));
        if (socket != null) {
            network.send(socket, remote, packet, offset, length);
        }
    }

    @Override
    public boolean hasUnread(final InetAddress from, final InetAddress to, final int port, final long sinceNs,
        final long nowNs) {
        return node.hasUnread(sinceNs);
    }

    @Override
    public boolean isPortTaken(final InetAddress remoteHost, final int remotePort, final int localPort) {
        return node.ports().isTaken(core(), remoteHost, remotePort, localPort);
    }

    void setDeaf(final boolean isDeaf) {
        deaf = isDeaf;
    }

    @Override
    public int poll(final SctpListener listener, final int limit, final long nowNs) {
        return deaf ? 0 : super.poll(listener, limit, nowNs);
    }

    /** The process is gone: its ports are free, and nobody is told. */
    void unplug() {
        if (ownsListeners) {
            listeners.values().forEach(network::unbind);
            listeners.clear();
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
