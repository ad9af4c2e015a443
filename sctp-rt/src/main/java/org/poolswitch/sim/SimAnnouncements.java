// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.poolswitch.runtime.AnnouncementDriver;
import org.poolswitch.runtime.AnnouncementPort;

/** A node's membership of a multicast group of the simulated network. */
final class SimAnnouncements implements AnnouncementDriver {
    private final SimNode node;
    private final SimNetwork network;
    private final AnnouncementPort port;

    SimAnnouncements(final SimNode node, final SimNetwork network, final AnnouncementPort port) {
        this.node = node;
        this.network = network;
        this.port = port;
        network.join(this);
    }

    InetSocketAddress group() {
        return port.group();
    }

    InetAddress host() {
        return node.host();
    }

    void hear(final byte[] payload, final InetSocketAddress from) {
        node.announced(port, payload, from);
    }

    @Override
    public void flush(final long nowNs) {
        for (byte[] d = port.take(); d != null; d = port.take()) {
            network.multicast(new InetSocketAddress(node.host(), port.sourcePort()), port.group(), d);
        }
    }

    @Override
    public void close() {
        network.leave(this);
    }
}
