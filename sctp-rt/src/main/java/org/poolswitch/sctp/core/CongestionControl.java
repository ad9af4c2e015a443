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
    /** T3-rtx expired and nothing was acknowledged since. */
    private boolean onePacket;
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
        onePacket = false;
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
        return onePacket ? flightOctets == 0 : flightOctets < cwnd;
    }

    /** Section 7.2.1: after T3-rtx only one packet may be in flight until something is acknowledged. */
    boolean isOnePacket() {
        return onePacket;
    }

    void sent(final int octets, final long rtoNs, final long nowNs) {
        if (flightOctets == 0 && lastSentNs != Long.MIN_VALUE) {
            decay(nowNs - lastSentNs, rtoNs);
        }
        lastSentNs = nowNs;
        flightOctets += octets;
    }

    /**
     * Section 7.2.1: half as much for each RTO without DATA, but four packets; slow start leads back to what was. Who
     * falls idle before it has led him there has lost nothing: ssthresh is not less for it, or it would become less
     * with every pause, for ever (RFC 7661 section 4.4.3 has it so for TCP).
     */
    private void decay(final long idleNs, final long rtoNs) {
        final long least = 4L * mtu;
        if (idleNs > rtoNs && cwnd > least) {
            ssthresh = Math.max(ssthresh, cwnd);
            for (long left = idleNs; left > rtoNs && cwnd > least; left -= rtoNs) {
                cwnd = Math.max(cwnd / 2, least);
            }
        }
    }

    /** Acknowledged, given up, or taken for lost: it is not under way any more. */
    void left(final int octets) {
        flightOctets -= octets;
    }

    /** Max.Burst (section 6.1 D): what may go in one flush. */
    long burstOctets() {
        return (long) maxBurst * mtu;
    }

    /** Section 7.2.3: after T3-rtx. */
    void onTimeout() {
        ssthresh = Math.max(cwnd / 2, 4L * mtu);
        cwnd = mtu;
        onePacket = true;
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
     * Sections 7.2.1 and 7.2.2. Whether the cumulative TSN moved makes no difference since RFC 8540 section 3.22.
     *
     * @param octets        newly acknowledged on this path
     * @param windowWasFull whether the window was in use before this SACK
     */
    void onAcked(final long octets, final boolean windowWasFull) {
        onePacket &= octets == 0;
        if (cwnd <= ssthresh) {
            if (windowWasFull && !fastRecovery) {
                cwnd += Math.min(octets, mtu);
            }
            return;
        }
        partialBytesAcked += octets;
        if (!windowWasFull) {
            // section 7.2.2: whoever sends less than he may saves up for one step at most
            partialBytesAcked = Math.min(partialBytesAcked, cwnd);
        } else if (partialBytesAcked >= cwnd) {
            partialBytesAcked -= cwnd;
            cwnd += mtu;
        }
        if (flightOctets == 0) {
            partialBytesAcked = 0;
        }
    }
}
