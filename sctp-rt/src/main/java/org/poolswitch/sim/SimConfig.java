// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim;

import org.poolswitch.runtime.ShardConfig;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;

/**
 * A simulated world's settings.
 *
 * @param link               quality of every link that has no own
 * @param socketQueue        datagrams that wait for a paused or slow node, the rest is lost. 2000: what a socket buffer
 *                           of some 212 KiB holds
 * @param encapsulationPort  UDP port of listening endpoints
 * @param checkEveryNs       virtual time between two checks of the invariants. 1 ms
 * @param maxEventsAtOneTime events at one point of virtual time before the world says that somebody runs in circles
 * @param shard              the driver loop's bounds
 * @param sctp               every node's SCTP settings
 */
public record SimConfig(LinkQuality link, int socketQueue, int encapsulationPort, long checkEveryNs,
    int maxEventsAtOneTime, ShardConfig shard, SctpConfig sctp) {

    public SimConfig {
        if (socketQueue < 1 || checkEveryNs < 1 || maxEventsAtOneTime < 1000) {
            throw new IllegalArgumentException("a world needs queues, checks and room for some events at a time");
        }
    }

    /** The defaults. */
    public static SimConfig defaults(final SctpConfig sctp) {
        return new SimConfig(LinkQuality.LAN, 2000, SctpAddress.DEFAULT_ENCAPSULATION_PORT, 1_000_000, 100_000,
            ShardConfig.virtualTime(), sctp);
    }

    /** The same with other SCTP settings. */
    public SimConfig withSctp(final SctpConfig other) {
        return new SimConfig(link, socketQueue, encapsulationPort, checkEveryNs, maxEventsAtOneTime, shard, other);
    }

    /** The same with invariants checked so often. */
    public SimConfig withCheckEveryNs(final long ns) {
        return new SimConfig(link, socketQueue, encapsulationPort, ns, maxEventsAtOneTime, shard, sctp);
    }

    /** The same with other links. */
    public SimConfig withLink(final LinkQuality quality) {
        return new SimConfig(quality, socketQueue, encapsulationPort, checkEveryNs, maxEventsAtOneTime, shard, sctp);
    }
}
