// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.poolswitch.runtime.RateLimit;
import org.poolswitch.sctp.SctpConfig;

/** The remote ports that paths of an endpoint lead to; there are as many as paths at most. */
final class RemotePorts {
    private record Key(InetAddress host, int udpPort) {
    }

    private static final long SECOND = 1_000_000_000L;

    private final SctpConfig config;
    private final RateLimit heartbeats;
    private final Map<Key, RemotePort> ports = new HashMap<>();

    RemotePorts(final SctpConfig config) {
        this.config = config;
        final long everyNs = config.heartbeatPortIntervalNs();
        heartbeats = everyNs == 0 ? RateLimit.NONE
            : new RateLimit((int) (SECOND / everyNs), config.heartbeatPortBurst());
    }

    /** One more path leads there. */
    RemotePort enter(final InetAddress host, final int udpPort) {
        final RemotePort port =
            ports.computeIfAbsent(new Key(host, udpPort),
                key -> new RemotePort(config, key.host(), key.udpPort(), heartbeats));
        port.paths++;
        return port;
    }

    /** One path less. */
    void leave(final RemotePort port) {
        if (--port.paths == 0) {
            ports.remove(new Key(port.host, port.udpPort));
        }
    }

    /** Paths that lead to any of them. */
    int paths() {
        return ports.values().stream().mapToInt(port -> port.paths).sum();
    }
}
