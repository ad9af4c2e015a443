// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import org.poolswitch.observe.Counters;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.wire.Bytes;

/**
 * Reads SACKs (RFC 9260 section 6.2.1): what arrived, what is missing, what the path bears.
 *
 * <pre>
 *  type = 3 | flags | length | cumulative TSN ack | a_rwnd | number of gap ack blocks | number of duplicate TSNs |
 *  (gap ack block start, end)* | duplicate TSN*
 * </pre>
 */
final class SackReader {
    private static final int HEADER = 16;
    static final int MISS_REPORTS = 3;

    private final Outbound outbound;
    private final SctpConfig config;
    private final Counters counters;
    private final Paths paths;
    private final SendQueue queue;
    private final InFlight inFlight;
    /** The highest TSN that gap blocks acknowledge, as far as there is a gap. */
    private int highestGap;

    SackReader(final Outbound outbound, final SctpConfig config, final Counters counters, final Paths paths,
        final SendQueue queue, final InFlight inFlight) {
        this.outbound = outbound;
        this.config = config;
        this.counters = counters;
        this.paths = paths;
        this.queue = queue;
        this.inFlight = inFlight;
        this.highestGap = inFlight.firstTsn() - 1;
    }

    /** See {@link Association#warm}. */
    int warm() {
        return highestGap;
    }

    /** One SACK. @return false if it acknowledges what was never sent (section 12.4) */
    boolean onSack(final byte[] b, final int at, final int length, final long nowNs) throws MalformedException {
        if (length < HEADER) {
            throw new MalformedException("SACK is too short");
        }
        final int cumulative = Bytes.i32(b, at + 4);
        final int gaps = Bytes.u16(b, at + 12);
        if (length < HEADER + 4 * (gaps + Bytes.u16(b, at + 14))) {
            throw new MalformedException("a SACK's blocks are longer than the chunk");
        }
        if (cumulative - (inFlight.firstTsn() - 1) < 0) {
            // section 6.2.1 D i: an old one, overtaken on the way
            return true;
        }
        if (cumulative - inFlight.lastTsn() > 0
            || lastAcked(b, at + HEADER, gaps, cumulative) - inFlight.lastTsn() > 0) {
            return false;
        }
        begin();
        final boolean moved = cumulate(cumulative, nowNs);
        readGaps(b, at + HEADER, gaps, cumulative, nowNs);
        finish(cumulative, moved, nowNs);
        outbound.window(Bytes.i32(b, at + 8) & 0xffff_ffffL);
        return true;
    }

    /**
     * What a SHUTDOWN acknowledges. If that was never sent it is not believed, but the goodbye is: pion/sctp writes a
     * TSN of its own there.
     */
    void onCumulative(final int cumulative, final long nowNs) {
        if (cumulative - inFlight.lastTsn() <= 0 && cumulative - (inFlight.firstTsn() - 1) >= 0) {
            begin();
            finish(cumulative, cumulate(cumulative, nowNs), nowNs);
        }
    }

    private void begin() {
        for (final Path path : paths.all()) {
            path.ackedOctets = 0;
            path.newlyAcked = false;
            path.windowWasFull = path.congestion.flightOctets() + config.pathMtu() > path.congestion.cwnd();
        }
    }

    private boolean cumulate(final int cumulative, final long nowNs) {
        boolean moved = false;
        while (inFlight.size() > 0 && cumulative - inFlight.firstTsn() >= 0) {
            final OutChunk chunk = inFlight.at(inFlight.firstTsn());
            ack(chunk, nowNs);
            chunk.message.fragmentsHeld--;
            inFlight.removeFirst();
            moved = true;
        }
        if (highestGap - cumulative < 0) {
            highestGap = cumulative;
        }
        return moved;
    }

    private void readGaps(final byte[] b, final int at, final int gaps, final int cumulative, final long nowNs)
        throws MalformedException {
        int tsn = cumulative + 1;
        for (int i = 0; i < gaps; i++) {
            final int first = cumulative + Bytes.u16(b, at + 4 * i);
            final int last = cumulative + Bytes.u16(b, at + 4 * i + 2);
            // in order and without overlap: otherwise one SACK could make us walk the same TSNs hundreds of times; and
            // behind the next TSN, which is missing by definition: T3-rtx waits for that one
            if (first - tsn < 0 || first == cumulative + 1 || last - first < 0 || last - inFlight.lastTsn() > 0) {
                counters.increment(SctpCounter.MALFORMED);
                return;
            }
            for (; tsn - first < 0; tsn++) {
                takenBack(inFlight.at(tsn));
            }
            for (; tsn - last <= 0; tsn++) {
                ack(inFlight.at(tsn), nowNs);
            }
        }
        for (; tsn - highestGap <= 0; tsn++) {
            takenBack(inFlight.at(tsn));
        }
        highestGap = lastAcked(b, at, gaps, cumulative);
    }

    private static int lastAcked(final byte[] b, final int at, final int gaps, final int cumulative) {
        return gaps == 0 ? cumulative : cumulative + Bytes.u16(b, at + 4 * gaps - 2);
    }

    private void ack(final OutChunk chunk, final long nowNs) {
        if (chunk.acked || chunk.abandoned) {
            return;
        }
        final Path path = chunk.path;
        chunk.acked = true;
        if (chunk.toRetransmit) {
            inFlight.unmark(chunk);
        } else {
            if (path.timing && path.timedTsn == chunk.tsn) {
                path.roundTrip.measured(nowNs - chunk.sentNs);
            }
            outbound.leftFlight(chunk);
        }
        chunk.message.fragmentsUnacked--;
        queue.settled(chunk.length);
        path.ackedOctets += chunk.length;
        if (!path.newlyAcked || chunk.tsn - path.highestNewlyAcked > 0) {
            path.highestNewlyAcked = chunk.tsn;
        }
        if (!path.newlyAcked || chunk.tsn - path.lowestNewlyAcked < 0) {
            path.lowestNewlyAcked = chunk.tsn;
        }
        path.newlyAcked = true;
    }

    /** Section 6.2.1 D iii: the peer threw away what it had reported by a gap block. */
    private void takenBack(final OutChunk chunk) {
        if (chunk.acked && !chunk.abandoned) {
            chunk.acked = false;
            chunk.message.fragmentsUnacked++;
            queue.unsettled(chunk.length);
            inFlight.mark(chunk);
        }
    }

    private void finish(final int cumulative, final boolean moved, final long nowNs) {
        if (inFlight.size() > 0) {
            // the next TSN is missing by definition: what gap blocks once said of it was taken back
            takenBack(inFlight.at(inFlight.firstTsn()));
        }
        for (final Path path : paths.all()) {
            // section 6.2.1 D v: Fast Recovery ends first; section 7.2.4: what this acknowledges opens the window first
            path.congestion.onCumulative(cumulative);
            if (path.newlyAcked) {
                path.congestion.onAcked(path.ackedOctets, path.windowWasFull);
                paths.proved(path);
            }
        }
        countMisses(cumulative, moved);
        outbound.abandonment().onCumulative(cumulative);
        for (final Path path : paths.all()) {
            if (path.congestion.flightOctets() == 0 && !outbound.abandonment().isPendingOn(path)) {
                path.stopTimers();
            } else if (path.newlyAcked && isEarliestAcked(path)) {
                // section 6.3.2 R3
                path.roundTrip.endBackOff();
                path.restartTimers(config.tailLossProbeNs() != 0, nowNs);
            }
        }
        queue.trim();
    }

    /** Whether the earliest TSN that was outstanding on this path is not any more, whatever is missing elsewhere. */
    private boolean isEarliestAcked(final Path path) {
        final OutChunk earliest = inFlight.firstOutstanding(path);
        return earliest == null || earliest.tsn - path.lowestNewlyAcked > 0;
    }

    /**
     * Section 7.2.4: three SACKs that report later TSNs of the same path and miss this one mean that it is lost. In
     * fast recovery, if the cumulative TSN moved, everything that is reported missing counts.
     */
    private void countMisses(final int cumulative, final boolean moved) {
        for (int tsn = cumulative + 1; tsn - highestGap < 0; tsn++) {
            final OutChunk chunk = inFlight.at(tsn);
            if (!chunk.isOutstanding() || chunk.fastRetransmitted) {
                continue;
            }
            final Path path = chunk.path;
            final boolean missed = path.newlyAcked && tsn - path.highestNewlyAcked < 0
                || moved && path.congestion.inFastRecovery();
            if (missed && ++chunk.missReports >= MISS_REPORTS) {
                chunk.fastRetransmitted = true;
                outbound.lost(chunk, false);
                counters.increment(SctpCounter.FAST_RETRANSMISSIONS);
                if (!path.congestion.inFastRecovery()) {
                    outbound.fastRetransmit();
                    path.congestion.onFastRetransmit(inFlight.lastTsn());
                }
            }
        }
    }
}
