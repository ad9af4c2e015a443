// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.util.List;
import org.poolswitch.sctp.SctpAddress;

/**
 * A registrar's configuration towards other registrars.
 *
 * @param peers           registrars to find at start-up and to find again, by their ENRP port
 * @param remoteUdpPort   UDP port at which peers of which only IP address and SCTP port are known are reached (RFC
 *                        6951), 0 with the kernel's SCTP
 * @param takeoverRule    who wins an arbitration
 * @param announceCycleNs T6-Serverannounce and the multicast presence's cycle, where these are switched on
 * @param timers          timers and bounds
 */
public record EnrpConfig(List<SctpAddress> peers, int remoteUdpPort, TakeoverRule takeoverRule, long announceCycleNs,
    EnrpTimers timers) {
    private static final long S = 1_000_000_000L;

    public EnrpConfig {
        peers = List.copyOf(peers);
        if (announceCycleNs < S / 1000) {
            throw new IllegalArgumentException("T6-Serverannounce is 1 ms or more");
        }
        if (peers.size() > timers.maxPeers()) {
            throw new IllegalArgumentException("the mesh must have room for all peers that are configured: Peers.Max "
                + "is " + timers.maxPeers() + ", configured are " + peers.size());
        }
    }

    /** {@link EnrpTimers#rfc}, and nobody known yet. */
    public static EnrpConfig rfc() {
        return new EnrpConfig(List.of(), SctpAddress.DEFAULT_ENCAPSULATION_PORT, TakeoverRule.RFC, S,
            EnrpTimers.rfc());
    }

    /** {@link EnrpTimers#carrier}, and nobody known yet. */
    public static EnrpConfig carrier() {
        return new EnrpConfig(List.of(), SctpAddress.DEFAULT_ENCAPSULATION_PORT, TakeoverRule.RFC, S,
            EnrpTimers.carrier());
    }

    /** The same with these peers. */
    public EnrpConfig withPeers(final List<SctpAddress> addresses, final int udpPort) {
        return new EnrpConfig(addresses, udpPort, takeoverRule, announceCycleNs, timers);
    }

    /** The same with another takeover rule. */
    public EnrpConfig withTakeoverRule(final TakeoverRule rule) {
        return new EnrpConfig(peers, remoteUdpPort, rule, announceCycleNs, timers);
    }

    /** The same with another T6-Serverannounce. */
    public EnrpConfig withAnnounceCycle(final long cycleNs) {
        return new EnrpConfig(peers, remoteUdpPort, takeoverRule, cycleNs, timers);
    }

    /** The same with other timers and bounds. */
    public EnrpConfig withTimers(final EnrpTimers other) {
        return new EnrpConfig(peers, remoteUdpPort, takeoverRule, announceCycleNs, other);
    }
}
