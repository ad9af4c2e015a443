// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import org.poolswitch.sctp.SctpConfig;

/** How much one path bears (RFC 9260 section 7.2), and how much is on its way there. */
final class CongestionControl {
    private final int mtu;
    private final int maxBurst;
    private long cwnd;
    private long ssthresh;
    private long partialBytesAcked;
    private long flightOctets;
    private boolean fastRecovery;
    private int fastRecoveryExit;
    private long lastSentNs = Long.MIN_VALUE;

    CongestionControl(final SctpConfig config) {
        this.mtu = config.pathMtu();
        this.maxBurst = config.maxBurst();
        reset(config.receiveBufferOctets());
    }

    /** Section 7.2.1: cwnd = min(4 MTU, max(2 MTU, 4404)); ssthresh may be arbitrarily high, so the peer's window. */
    void reset(final long peerWindow) {
        cwnd = initialWindow();
        ssthresh = peerWindow;
        partialBytesAcked = 0;
    }

    private long initialWindow() {
        return Math.min(4L * mtu, Math.max(2L * mtu, 4404));
    }

    /** See {@link Association#warm}. */
    int warm() {
        return (int) cwnd + (int) lastSentNs;
    }

    long cwnd() {
        return cwnd;
    }

    long flightOctets() {
        return flightOctets;
    }

    /** Section 6.1 B: no new packet once cwnd octets or more are on their way. */
    boolean hasRoom() {
        return flightOctets < cwnd;
    }

    void sent(final int octets, final long rtoNs, final long nowNs) {
        if (flightOctets == 0 && lastSentNs != Long.MIN_VALUE && nowNs - lastSentNs > rtoNs) {
            // section 7.2.1: a path that was idle for an RTO tells nothing about today; not below the initial window
            cwnd = Math.max(Math.min(cwnd, initialWindow()), cwnd / 2);
        }
        lastSentNs = nowNs;
        flightOctets += octets;
    }

    /** Acknowledged, given up, or taken for lost: it is not under way any more. */
    void left(final int octets) {
        flightOctets -= octets;
    }

    /** Max.Burst (section 6.1 D): what may go in one flush. */
    int burstOctets() {
        return maxBurst * mtu;
    }

    /** Section 7.2.3: after T3-rtx. */
    void onTimeout() {
        ssthresh = Math.max(cwnd / 2, 4L * mtu);
        cwnd = mtu;
        partialBytesAcked = 0;
        fastRecovery = false;
    }

    boolean inFastRecovery() {
        return fastRecovery;
    }

    /** Section 7.2.4 rules 2 and 4: at most once until everything sent before is acknowledged. */
    void onFastRetransmit(final int highestSent) {
        if (fastRecovery) {
            return;
        }
        fastRecovery = true;
        fastRecoveryExit = highestSent;
        ssthresh = Math.max(cwnd / 2, 4L * mtu);
        cwnd = ssthresh;
        partialBytesAcked = 0;
    }

    void onCumulative(final int cumulative) {
        if (fastRecovery && cumulative - fastRecoveryExit >= 0) {
            fastRecovery = false;
        }
    }

    /**
     * Sections 7.2.1 and 7.2.2.
     *
     * @param octets        newly acknowledged on this path
     * @param windowWasFull whether the window was in use before this SACK
     */
    void onAcked(final long octets, final boolean cumulativeMoved, final boolean windowWasFull) {
        if (cwnd <= ssthresh) {
            if (cumulativeMoved && windowWasFull && !fastRecovery) {
                cwnd += Math.min(octets, mtu);
            }
            return;
        }
        partialBytesAcked += octets;
        if (partialBytesAcked >= cwnd && cumulativeMoved && windowWasFull) {
            partialBytesAcked -= cwnd;
            cwnd += mtu;
        }
        if (flightOctets == 0) {
            partialBytesAcked = 0;
        }
    }
}
