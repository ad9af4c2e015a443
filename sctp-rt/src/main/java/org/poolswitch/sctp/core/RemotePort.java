// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.net.InetAddress;

/**
 * A UDP port of a remote host, and what all associations with it know together: behind it is one process, which may be
 * alive although one of many associations waits for its answer.
 */
final class RemotePort {
    /** HEARTBEATs to it at once. Ten thousand would be what keeps it from answering. */
    private static final int AT_ONCE = 64;
    /** From then on. */
    private static final long EVERY_NS = 100_000;

    final InetAddress host;
    final int udpPort;
    /** Paths that lead there. */
    int paths;
    private long heardNs = Long.MIN_VALUE / 2;
    private long nextAskNs = Long.MIN_VALUE / 2;

    RemotePort(final InetAddress host, final int udpPort) {
        this.host = host;
        this.udpPort = udpPort;
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
        if (nextAskNs - nowNs > (AT_ONCE - 1) * EVERY_NS) {
            return false;
        }
        nextAskNs = Math.max(nextAskNs, nowNs) + EVERY_NS;
        return true;
    }
}
