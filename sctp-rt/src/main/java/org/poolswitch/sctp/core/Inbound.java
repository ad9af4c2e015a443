// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.util.Arrays;
import org.poolswitch.observe.Counters;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.wire.Bytes;
import org.poolswitch.sctp.wire.ChunkType;

/** What we receive: which TSNs are there, when to acknowledge them (RFC 9260 section 6.2). */
final class Inbound {
    private static final int SACK_HEADER = 16;
    private static final int MOST_DUPLICATES = 16;

    private final Association association;
    private final SctpConfig config;
    private final Counters counters;
    private final Reassembly reassembly;
    private final boolean[] have;
    private final int mask;
    private int cumulative;
    private int highest;
    private final int[] duplicates = new int[MOST_DUPLICATES];
    private int duplicateCount;
    private int packetsUnacked;
    private boolean dataInPacket;
    private boolean sackNow;
    private long sackNs = Machine.NO_DEADLINE;
    private int buffered;
    private boolean windowWasClosed;

    Inbound(final SctpConfig config, final Counters counters, final EventQueue events, final Association association,
        final int peerInitialTsn) {
        this.association = association;
        this.config = config;
        this.counters = counters;
        this.reassembly = new Reassembly(config, events, association);
        this.have = new boolean[config.maxReceiveGap()];
        this.mask = have.length - 1;
        this.cumulative = peerInitialTsn - 1;
        this.highest = cumulative;
    }

    int cumulativeTsn() {
        return cumulative;
    }

    long deadlineNs() {
        return sackNs;
    }

    /** The user took a message. @return true if the window opened and the peer should hear of it */
    boolean onTaken(final int octets) {
        buffered -= octets;
        if (windowWasClosed && window() >= config.receiveBufferOctets() / 2) {
            // section 6.2: tell a peer that saw a small window that it may go on
            windowWasClosed = false;
            sackNow = true;
            return true;
        }
        return false;
    }

    private int window() {
        return Math.max(0, config.receiveBufferOctets() - buffered);
    }

    /** One DATA chunk. @return false if it breaks the protocol, so that the association must be aborted */
    boolean onData(final byte[] b, final int at, final int length, final int inStreams) {
        final int tsn = Bytes.i32(b, at + 4);
        final int octets = length - Outbound.DATA_HEADER;
        dataInPacket = true;
        if ((b[at + 1] & 8) != 0) {
            // RFC 7053: the sender asks for a SACK at once
            sackNow = true;
        }
        final int ahead = tsn - cumulative;
        if (ahead <= 0 || ahead <= have.length && have[tsn & mask] && tsn - highest <= 0) {
            counters.increment(SctpCounter.DUPLICATE_TSNS);
            if (duplicateCount < MOST_DUPLICATES) {
                duplicates[duplicateCount++] = tsn;
            }
            sackNow = true;
            return true;
        }
        if (ahead > have.length || buffered + octets > config.receiveBufferOctets() && ahead != 1
            || buffered + octets > config.receiveBufferOctets() + config.maxMessageOctets()) {
            counters.increment(SctpCounter.RECEIVE_DROPPED);
            windowWasClosed = true;
            sackNow = true;
            return true;
        }
        if (Bytes.u16(b, at + 8) >= inStreams) {
            // section 6.5: acknowledged, reported, not delivered
            association.due().reportInvalidStream(Bytes.u16(b, at + 8));
            accept(tsn);
            return true;
        }
        accept(tsn);
        buffered += octets;
        windowWasClosed |= window() < config.pathMtu();
        final int dropped = reassembly.onFragment(b, at, tsn, octets);
        buffered -= Math.max(0, dropped);
        return dropped >= 0;
    }

    private void accept(final int tsn) {
        if (tsn - highest > 0) {
            highest = tsn;
        }
        have[tsn & mask] = true;
        if (tsn != cumulative + 1) {
            // section 6.7: a gap is reported at once
            sackNow = true;
        }
        while (have[cumulative + 1 & mask]) {
            cumulative++;
            have[cumulative & mask] = false;
        }
        if (highest - cumulative < 0) {
            highest = cumulative;
        }
    }

    /** The packet is through: decides about the SACK (section 6.2: every second packet, or after a delay). */
    void endOfPacket(final long nowNs) {
        if (!dataInPacket) {
            return;
        }
        dataInPacket = false;
        if (++packetsUnacked >= config.sackEveryPackets() || highest != cumulative) {
            sackNow = true;
        } else if (sackNs == Machine.NO_DEADLINE) {
            sackNs = nowNs + config.sackDelayNs();
        }
    }

    void onDeadline(final long nowNs) {
        if (sackNs <= nowNs) {
            sackNow = true;
        }
    }

    /** True if a SACK must go, even alone. */
    boolean mustSack() {
        return sackNow;
    }

    /** True if a SACK may ride with other chunks. */
    boolean maySack() {
        return sackNow || sackNs != Machine.NO_DEADLINE;
    }

    void forceSack() {
        sackNow = true;
    }

    /**
     * <pre>
     *  type 3 | flags | length | cumulative TSN | a_rwnd | gap blocks | duplicates | (start, end)* | TSN*
     * </pre>
     *
     * @return octets written
     */
    int writeSack(final byte[] p, final int at, final int room) {
        int n = at + SACK_HEADER;
        int gaps = 0;
        int tsn = cumulative + 1;
        while (tsn - highest <= 0 && gaps < config.maxGapBlocks() && n + 4 <= at + room) {
            if (!have[tsn & mask]) {
                tsn++;
                continue;
            }
            final int start = tsn;
            while (tsn + 1 - highest <= 0 && have[tsn + 1 & mask]) {
                tsn++;
            }
            Bytes.put16(p, n, start - cumulative);
            Bytes.put16(p, n + 2, tsn - cumulative);
            n += 4;
            gaps++;
            tsn++;
        }
        int dups = 0;
        while (dups < duplicateCount && n + 4 <= at + room) {
            Bytes.put32(p, n, duplicates[dups++]);
            n += 4;
        }
        p[at] = ChunkType.SACK;
        p[at + 1] = 0;
        Bytes.put16(p, at + 2, n - at);
        Bytes.put32(p, at + 4, cumulative);
        Bytes.put32(p, at + 8, window());
        Bytes.put16(p, at + 12, gaps);
        Bytes.put16(p, at + 14, dups);
        duplicateCount = 0;
        packetsUnacked = 0;
        sackNow = false;
        sackNs = Machine.NO_DEADLINE;
        return n - at;
    }

    /** For tests and restarts: forgets everything that was not delivered. */
    void clear() {
        Arrays.fill(have, false);
        sackNs = Machine.NO_DEADLINE;
        sackNow = false;
    }
}
