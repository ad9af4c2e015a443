// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import org.poolswitch.observe.Counters;
import org.poolswitch.runtime.Machine;

/**
 * What an acknowledgement that does not come means for the data under way: after an RTO all of it goes again (T3-rtx,
 * RFC 9260 section 6.3.3), and before that the last chunk, to find out (tail loss probe, RFC 8985 section 7). Fast
 * retransmissions are {@link SackReader}'s. One for all of an endpoint.
 */
final class Retransmission {
    private final Counters counters;

    Retransmission(final Counters counters) {
        this.counters = counters;
    }

    /** T3-rtx of a path expired. */
    void onT3(final Association a, final Path path, final long nowNs) {
        final Outbound outbound = a.outbound();
        final long expiredNs = path.t3Ns;
        path.stopTimers();
        path.roundTrip.backOff();
        if (outbound.allowWindowProbe()) {
            return;
        }
        path.congestion.onTimeout();
        outbound.markAll(path, true);
        outbound.abandonment().repeat();
        // section 6.1 A: a peer that answers zero window probes is alive, however long its window stays closed
        if (!outbound.isProbeAnswered()) {
            a.paths().timedOut(path, expiredNs, nowNs);
        }
    }

    /** The acknowledgement of the last packets on this path is late. */
    void onTailLoss(final Association a, final Path path, final long nowNs) {
        final Outbound outbound = a.outbound();
        path.tailNs = Machine.NO_DEADLINE;
        counters.increment(SctpCounter.TAIL_LOSS_PROBES);
        if (a.paths().activeBeside(path) != null) {
            // what may be lost goes the other way at once; twice is nothing to the peer, late is
            path.stopTimers();
            outbound.markAll(path, true);
            // a FORWARD TSN that waits for its SACK had the same timer
            outbound.abandonment().repeat();
        } else if (!outbound.inFlight().hasMarks()) {
            final OutChunk last = outbound.inFlight().lastOutstanding(path);
            if (last != null && path.roundTrip.takeTailLossProbe()) {
                outbound.lost(last, false);
                counters.increment(SctpCounter.RETRANSMISSIONS);
            }
        }
        a.paths().doubt(path, nowNs);
        a.heartbeats().ask(path);
    }
}
