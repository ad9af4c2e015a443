// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.net.InetAddress;
import org.poolswitch.sctp.SctpConfig;

/** One destination: where it is, how long a round trip takes (RFC 9260 section 6.3), how much it bears (7.2). */
final class Path {
    private final SctpConfig config;
    final InetAddress host;
    /** UDP port from which the peer was last heard (RFC 6951 section 5.4). */
    int udpPort;
    private long srttNs = -1;
    private long rttvarNs;
    private long rtoNs;
    private long probeAnsweredNs = Long.MIN_VALUE;
    int errors;
    long cwnd;
    long ssthresh;
    long partialBytesAcked;

    Path(final SctpConfig config, final InetAddress host, final int udpPort) {
        this.config = config;
        this.host = host;
        this.udpPort = udpPort;
        this.rtoNs = config.rtoInitialNs();
        resetWindow(config.receiveBufferOctets());
    }

    /** RFC 9260 section 7.2.1: cwnd = min(4 MTU, max(2 MTU, 4404)). */
    void resetWindow(final long peerWindow) {
        cwnd = Math.min(4L * config.pathMtu(), Math.max(2L * config.pathMtu(), 4404));
        ssthresh = peerWindow;
        partialBytesAcked = 0;
    }

    long rtoNs() {
        return rtoNs;
    }

    long srttNs() {
        return srttNs;
    }

    /** A new measurement; never of a chunk sent twice (Karn, C5). */
    void measured(final long rttNs) {
        if (srttNs < 0) {
            srttNs = rttNs;
            rttvarNs = rttNs / 2;
        } else {
            rttvarNs += (Math.abs(srttNs - rttNs) - rttvarNs) / 4;
            srttNs += (rttNs - srttNs) / 8;
        }
        rtoNs = clamp(srttNs + 4 * rttvarNs);
    }

    /**
     * A HEARTBEAT sent at {@code sentNs} was acknowledged, maybe after a younger one ({@code awaited} is false then).
     */
    void onProbeAnswered(final long sentNs, final boolean awaited, final long nowNs) {
        if (sentNs > nowNs) {
            return;
        }
        probeAnsweredNs = Math.max(probeAnsweredNs, sentNs);
        if (awaited && nowNs - sentNs < config.rtoMaxNs()) {
            measured(nowNs - sentNs);
        }
    }

    /** When the newest acknowledged HEARTBEAT was sent, or {@link Long#MIN_VALUE}. */
    long probeAnsweredNs() {
        return probeAnsweredNs;
    }

    /** RFC 9260 section 6.3.3 E2. */
    void backOff() {
        rtoNs = clamp(2 * rtoNs);
    }

    /** After a success the back-off ends: the next measurement would do the same, but may be long in coming. */
    void endBackOff() {
        rtoNs = srttNs < 0 ? config.rtoInitialNs() : clamp(srttNs + 4 * rttvarNs);
    }

    private long clamp(final long rto) {
        return Math.max(config.rtoMinNs(), Math.min(config.rtoMaxNs(), rto));
    }

    /** Section 7.2.3: after T3-rtx. */
    void onTimeout() {
        ssthresh = Math.max(cwnd / 2, 4L * config.pathMtu());
        cwnd = config.pathMtu();
        partialBytesAcked = 0;
    }

    /** Section 7.2.4: on entry of fast recovery. */
    void onFastRetransmit() {
        ssthresh = Math.max(cwnd / 2, 4L * config.pathMtu());
        cwnd = ssthresh;
        partialBytesAcked = 0;
    }

    /** Sections 7.2.1 and 7.2.2. */
    void onAcked(final long octets, final boolean cumulativeMoved, final boolean windowWasFull,
        final boolean fastRecovery) {
        if (!cumulativeMoved || fastRecovery) {
            return;
        }
        if (cwnd <= ssthresh) {
            if (windowWasFull) {
                cwnd += Math.min(octets, config.pathMtu());
            }
            return;
        }
        partialBytesAcked += octets;
        if (partialBytesAcked >= cwnd && windowWasFull) {
            partialBytesAcked -= cwnd;
            cwnd += config.pathMtu();
        }
    }
}
