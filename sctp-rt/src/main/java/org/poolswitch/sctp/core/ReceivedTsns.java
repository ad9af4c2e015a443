// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.util.Arrays;
import org.poolswitch.sctp.wire.Bytes;

/** Which TSNs arrived: the cumulative one, and a bit for each beyond it, in a window that grows when there are gaps. */
final class ReceivedTsns {
    private static final int LEAST = 64;
    /** A gap ack block counts in 16 bits (RFC 9260 section 3.3.4): what is further away cannot be reported. */
    private static final int FURTHEST = 0xffff;

    private final int most;
    private long[] bits = new long[1];
    private int mask = LEAST - 1;
    private int cumulative;
    private int highest;
    /** Runs of TSNs beyond the cumulative one. */
    private int gapBlocks;

    /** @param most TSNs beyond the cumulative one that may be remembered, a power of two */
    ReceivedTsns(final int initialTsn, final int most) {
        this.most = Math.min(most, FURTHEST);
        this.cumulative = initialTsn - 1;
        this.highest = cumulative;
    }

    int cumulative() {
        return cumulative;
    }

    int highest() {
        return highest;
    }

    boolean hasGap() {
        return highest != cumulative;
    }

    /** Gap ack blocks that a SACK with all of them has. */
    int gapBlocks() {
        return gapBlocks;
    }

    boolean has(final int tsn) {
        return tsn - cumulative <= 0 || tsn - highest <= 0 && bit(tsn);
    }

    /** Whether there is a place for it. */
    boolean fits(final int tsn) {
        return tsn - cumulative <= most;
    }

    private boolean bit(final int tsn) {
        final int place = tsn & mask;
        return (bits[place >> 6] & 1L << place) != 0;
    }

    private void set(final int tsn) {
        final int place = tsn & mask;
        bits[place >> 6] |= 1L << place;
    }

    private void clear(final int tsn) {
        final int place = tsn & mask;
        bits[place >> 6] &= ~(1L << place);
    }

    /** @return true if it was the next one and closed no gap: the usual case */
    boolean add(final int tsn) {
        if (tsn == cumulative + 1 && highest == cumulative) {
            cumulative++;
            highest++;
            return true;
        }
        while (tsn - cumulative > mask) {
            grow();
        }
        if (!has(tsn)) {
            set(tsn);
            // it begins a run, makes one longer, or makes one of two
            gapBlocks += 1 - (isInRun(tsn - 1) ? 1 : 0) - (isInRun(tsn + 1) ? 1 : 0);
        }
        if (tsn - highest > 0) {
            highest = tsn;
        }
        moveOn();
        return false;
    }

    private boolean isInRun(final int tsn) {
        return tsn - cumulative > 0 && has(tsn);
    }

    private void moveOn() {
        if (highest != cumulative && bit(cumulative + 1)) {
            gapBlocks--;
        }
        while (highest - cumulative > 0 && bit(cumulative + 1)) {
            clear(++cumulative);
        }
    }

    private void grow() {
        final long[] old = bits;
        final int oldMask = mask;
        bits = new long[2 * old.length];
        mask = 64 * bits.length - 1;
        for (int tsn = cumulative + 1; tsn - highest <= 0; tsn++) {
            final int place = tsn & oldMask;
            if ((old[place >> 6] & 1L << place) != 0) {
                set(tsn);
            }
        }
    }

    /** RFC 3758 section 3.6: everything up to there counts as received. */
    void skipTo(final int tsn) {
        if (tsn - highest >= 0) {
            cumulative = tsn;
            highest = tsn;
            gapBlocks = 0;
            Arrays.fill(bits, 0);
            return;
        }
        while (tsn - cumulative > 0) {
            // a run ends here; of one that goes on the rest is taken below
            gapBlocks -= bit(++cumulative) && !has(cumulative + 1) ? 1 : 0;
            clear(cumulative);
        }
        moveOn();
    }

    /**
     * Writes gap ack blocks (RFC 9260 section 3.3.4): start and end of each run, counted from the cumulative TSN.
     *
     * @return how many
     */
    int writeGaps(final byte[] p, final int at, final int limit) {
        int gaps = 0;
        int tsn = cumulative + 1;
        while (tsn - highest <= 0 && gaps < limit) {
            if (!bit(tsn)) {
                tsn++;
                continue;
            }
            Bytes.put16(p, at + 4 * gaps, tsn - cumulative);
            while (tsn + 1 - highest <= 0 && bit(tsn + 1)) {
                tsn++;
            }
            Bytes.put16(p, at + 4 * gaps + 2, tsn - cumulative);
            gaps++;
            tsn++;
        }
        return gaps;
    }
}
