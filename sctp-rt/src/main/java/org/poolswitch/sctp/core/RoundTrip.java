// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import org.poolswitch.sctp.SctpConfig;

/** How long a round trip takes, and the retransmission time-out that follows from it (RFC 9260 section 6.3.1). */
final class RoundTrip {
    private final SctpConfig config;
    private long srttNs = -1;
    private long rttvarNs;
    private long rtoNs;
    /** Nothing was measured since the last tail-loss probe. */
    private boolean probed;

    RoundTrip(final SctpConfig config) {
        this.config = config;
        this.rtoNs = config.rtoInitialNs();
    }

    /** See {@link Association#warm}. */
    int warm() {
        return (int) rtoNs;
    }

    /** RTO: with its back-off, if there were time-outs. */
    long rtoNs() {
        return rtoNs;
    }

    /** SRTT, or -1 before the first measurement. */
    long srttNs() {
        return srttNs;
    }

    /** A new measurement (C2, C3); never of a chunk sent twice (C5). */
    void measured(final long rttNs) {
        probed = false;
        if (srttNs < 0) {
            srttNs = rttNs;
            rttvarNs = rttNs / 2;
        } else {
            rttvarNs += (Math.abs(srttNs - rttNs) - rttvarNs) / 4;
            srttNs += (rttNs - srttNs) / 8;
        }
        rtoNs = fresh();
    }

    /** Section 6.3.3 E2. */
    void backOff() {
        rtoNs = clamp(2 * rtoNs);
    }

    /** After a success the back-off ends: the next measurement would do the same, but may be long in coming. */
    void endBackOff() {
        rtoNs = fresh();
    }

    private long fresh() {
        return srttNs < 0 ? config.rtoInitialNs() : clamp(srttNs + 4 * rttvarNs);
    }

    /**
     * How long the answer to a probe may take when silence is watched closely: what was measured, without RTO.Min, but
     * not less than Probe.Interval.
     */
    long probeTimeoutNs() {
        return srttNs < 0 ? Math.max(config.probeIntervalNs(), config.rtoInitialNs())
            : Math.max(config.probeIntervalNs(), Math.min(config.rtoMaxNs(), srttNs + 4 * rttvarNs));
    }

    /**
     * When to doubt that the last packet arrived: two round trips and the peer's delayed acknowledgement (as RFC 8985
     * section 7.2 does it for TCP), but not less than Tail.Loss.Probe.
     */
    long tailLossProbeNs() {
        return srttNs < 0 ? rtoNs : Math.max(config.tailLossProbeNs(), 2 * srttNs + config.sackDelayNs());
    }

    /**
     * Whether a tail-loss probe may repeat DATA: not before something was measured since the last one (RFC 8985 section
     * 7.3). What was sent twice is never measured (C5), so a peer whose SACKs take longer than this waits would be
     * probed for every message, and nothing would ever say that it takes longer.
     */
    boolean takeTailLossProbe() {
        final boolean may = !probed;
        probed = true;
        return may;
    }

    private long clamp(final long rto) {
        return Math.max(config.rtoMinNs(), Math.min(config.rtoMaxNs(), rto));
    }
}
