// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.net.InetAddress;
import org.poolswitch.runtime.RateLimit;
import org.poolswitch.sctp.SctpConfig;

/**
 * A UDP port of a remote host, and what all associations with it know together: behind it is one process, which may be
 * alive although one of many associations waits for its answer.
 */
final class RemotePort {
    final InetAddress host;
    final int udpPort;
    /** Paths that lead there. */
    int paths;
    /** HEARTBEATs to it. Ten thousand at once would be what keeps it from answering. */
    private final RateLimit limit;
    private long heardNs = Long.MIN_VALUE / 2;
    private long heartbeats = RateLimit.FRESH;
    private final Punctuality punctuality;

    RemotePort(final SctpConfig config, final InetAddress host, final int udpPort, final RateLimit limit) {
        this.host = host;
        this.udpPort = udpPort;
        this.limit = limit;
        this.punctuality = Punctuality.peers(config);
    }

    /** One of the associations hears it again, which has waited since then for an answer that was due. */
    void brokeSilence(final long sinceNs, final long nowNs) {
        punctuality.late(nowNs - Math.max(sinceNs, heardNs), nowNs);
    }

    /** How much longer than usual it may be silent, because it was late with its answers lately. */
    long patienceNs(final long nowNs) {
        return punctuality.patienceNs(nowNs);
    }

    /** It sent something with the right tag. */
    void heard(final long nowNs) {
        heardNs = nowNs;
    }

    /** When one of the associations heard of it last. */
    long heardNs() {
        return heardNs;
    }

    /** Takes one HEARTBEAT of those that may go there. @return false if others ask enough already */
    boolean mayAsk(final long nowNs) {
        if (!limit.allows(heartbeats, nowNs)) {
            return false;
        }
        heartbeats = limit.take(heartbeats, nowNs);
        return true;
    }
}
