// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.udp;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.poolswitch.observe.Counters;

/** What the endpoints behind one UDP port share. */
final class SharedPort {
    final Counters counters = new Counters(UdpCounter.class);
    final SctpPorts ports = new SctpPorts();
    final Arrivals arrivals = new Arrivals();
    /** The sockets for whoever comes, by our address; empty if nobody may. */
    final Map<InetAddress, UdpSocket> listeners = new HashMap<>();
    private final Set<InetAddress> mutedHosts = new HashSet<>();
    private boolean muted;

    /** Cuts all our addresses off from the network, or connects them again. */
    void mute(final boolean on) {
        muted = on;
    }

    /** The same for one address. */
    void mute(final InetAddress host, final boolean on) {
        if (on) {
            mutedHosts.add(host);
        } else {
            mutedHosts.remove(host);
        }
    }

    boolean isMuted(final InetAddress host) {
        return muted || !mutedHosts.isEmpty() && mutedHosts.contains(host);
    }
}
