// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import org.poolswitch.observe.Counters;
import org.poolswitch.runtime.Machine;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.wire.Bytes;
import org.poolswitch.sctp.wire.ChunkType;
import org.poolswitch.sctp.wire.DataChunk;

/**
 * What we receive: which TSNs are there, when to acknowledge them, how much we offer to take (RFC 9260 section 6.2).
 */
final class Inbound {
    private static final int SACK_HEADER = 16;
    private static final int MOST_DUPLICATES = 16;
    private static final int[] NOTHING = new int[0];
    /** What a few pieces cost beyond their octets. */
    private static final int GAP_ROOM = 4096;

    private final Association association;
    private final SctpConfig config;
    private final Counters counters;
    private final EventQueue events;
    private final Totals totals;
    private final Reassembly reassembly;
    private final ReceivedTsns tsns;
    private int streams;
    private int[] duplicates = NOTHING;
    private int duplicateCount;
    private int packetsUnacked;
    private boolean dataInPacket;
    private boolean sackNow;
    private long sackNs = Machine.NO_DEADLINE;
    /** What waits in fragments or behind a gap costs: its octets and more, see {@link Reassembly}. */
    private int waitingOctets;
    /** Octets in events that the user has not taken. */
    private int inEvents;
    private boolean windowWasClosed;
    /** RFC 9260 section 6.2: the first packet of an association is acknowledged at once. */
    private boolean first = true;

    Inbound(final Shared shared, final Association association, final int peerInitialTsn, final int streams) {
        this.association = association;
        this.config = shared.config();
        this.counters = shared.counters();
        this.events = shared.events();
        this.totals = shared.totals();
        this.streams = streams;
        this.reassembly = new Reassembly(config, this);
        this.tsns = new ReceivedTsns(peerInitialTsn, config.maxReceiveGap());
    }

    ReceivedTsns tsns() {
        return tsns;
    }

    Reassembly reassembly() {
        return reassembly;
    }

    /** On how many the peer may send. */
    int streams() {
        return streams;
    }

    /** The peer wants to send on more (RFC 6525 section 5.2.5). @return false if there would be too many */
    boolean addStreams(final int more) {
        if (streams + more > config.maxInStreams()) {
            return false;
        }
        streams += more;
        return true;
    }

    int waitingOctets() {
        return waitingOctets;
    }

    int inEvents() {
        return inEvents;
    }

    int cumulativeTsn() {
        return tsns.cumulative();
    }

    /** See {@link Association#warm}. */
    int warm() {
        return inEvents + (int) sackNs + duplicates.length + tsns.cumulative() + reassembly.warm();
    }

    long deadlineNs() {
        return sackNs;
    }

    /** A whole message that is next in its stream, from {@link Reassembly}. */
    void deliver(final int stream, final int ppid, final boolean unordered, final byte[] b, final int at,
        final int octets) {
        inEvents += octets;
        totals.receiveOctets += octets;
        counters.increment(SctpCounter.MESSAGES_RECEIVED);
        events.message(association, stream, ppid, unordered, b, at, octets);
    }

    /** The user took a message. @return true if the window opened and the peer should hear of it */
    boolean onTaken(final int octets) {
        inEvents -= octets;
        totals.receiveOctets -= octets;
        if (windowWasClosed && window() >= most() / 2) {
            // section 6.2: tell a peer that saw a small window that it may go on
            windowWasClosed = false;
            sackNow = true;
            return true;
        }
        return false;
    }

    /** Octets that the user has not taken, and what those cost that he cannot take yet. */
    int buffered() {
        return waitingOctets + inEvents;
    }

    /** More than the window: what closes the lowest gap lets the user take something, and is taken for that. */
    long mostBuffered() {
        return config.receiveBufferOctets() + 2L * config.maxMessageOctets() + GAP_ROOM;
    }

    /** What an association may always hold, whatever the others do. */
    private long share() {
        return config.totalReceiveOctets() / config.maxAssociations();
    }

    /** The widest window that there can be at present. */
    private long most() {
        return totals.receiveOctets < config.totalReceiveOctets() ? config.receiveBufferOctets()
            : Math.min(share(), config.receiveBufferOctets());
    }

    private int window() {
        // else what is dropped would be repeated, and count against us: section 6.1 A excuses a closed window only
        return events.isCrowded() ? 0 : (int) Math.max(0, most() - buffered());
    }

    /**
     * All associations together hold twice Receive.Total, windows closed long ago, and this one holds more than its
     * share: it does not keep to its window, or only collects what can never be delivered.
     */
    boolean isGreedy() {
        return totals.receiveOctets >= 2 * config.totalReceiveOctets() && buffered() > share();
    }

    /** Streams start again at 0 (RFC 6525 section 5.2.2); none named means all. */
    void resetStreams(final int[] streams) {
        reassembly.resetStreams(streams);
    }

    /** One DATA chunk. @return false if it breaks the protocol, so that the association must be aborted */
    boolean onData(final byte[] b, final int at, final int length) {
        final int tsn = DataChunk.tsn(b, at);
        final int octets = length - DataChunk.HEADER;
        dataInPacket = true;
        if ((DataChunk.flags(b, at) & DataChunk.IMMEDIATE) != 0) {
            // RFC 7053 section 5.2
            sackNow = true;
        }
        if (tsns.has(tsn)) {
            duplicate(tsn);
            return true;
        }
        if (!hasRoomFor(tsn, octets)) {
            counters.increment(SctpCounter.RECEIVE_DROPPED);
            windowWasClosed = true;
            sackNow = true;
            return true;
        }
        // section 6.7: a gap is reported at once
        sackNow |= !tsns.add(tsn);
        if (DataChunk.stream(b, at) >= streams) {
            // section 6.5: acknowledged, reported, not delivered
            association.due().reportInvalidStream(DataChunk.stream(b, at));
            return true;
        }
        final boolean good = reassembly.onData(b, at, tsn, octets);
        windowWasClosed |= window() < config.pathMtu();
        return good;
    }

    /** So much more, or less, is held for what cannot be delivered yet. */
    void hold(final int cost) {
        waitingOctets += cost;
        totals.receiveOctets += cost;
    }

    /** Section 6.2: what closes the lowest gap may use a closed window, for only that lets the user take anything. */
    private boolean hasRoomFor(final int tsn, final int octets) {
        if (!tsns.fits(tsn) || events.isFull()) {
            return false;
        }
        final boolean closesGap = tsn == tsns.cumulative() + 1 && buffered() + octets + GAP_ROOM <= mostBuffered()
            && !isGreedy();
        return octets <= window() || closesGap;
    }

    private void duplicate(final int tsn) {
        counters.increment(SctpCounter.DUPLICATE_TSNS);
        if (duplicateCount < MOST_DUPLICATES) {
            if (duplicates.length == 0) {
                duplicates = new int[MOST_DUPLICATES];
            }
            duplicates[duplicateCount++] = tsn;
        }
        sackNow = true;
    }

    /** FORWARD TSN (RFC 3758 section 3.6). */
    void onForwardTsn(final byte[] b, final int at, final int length) throws MalformedException {
        if (length < 8 || (length & 3) != 0) {
            throw new MalformedException("FORWARD TSN with a wrong length");
        }
        final int newCumulative = Bytes.i32(b, at + 4);
        sackNow = true;
        if (newCumulative - tsns.cumulative() <= 0) {
            // section 3.6: an old one; the SACK says where we are
            return;
        }
        if (newCumulative - tsns.cumulative() > config.receiveBufferOctets()) {
            // each TSN took at least an octet of the window; of those given up Receive.Gap.Max may have kept none
            throw new MalformedException("FORWARD TSN beyond the window");
        }
        tsns.skipTo(newCumulative);
        reassembly.dropFragments(newCumulative);
        for (int p = at + 8; p + 4 <= at + length; p += 4) {
            if (Bytes.u16(b, p) < streams) {
                reassembly.skip(Bytes.u16(b, p), Bytes.u16(b, p + 2));
            }
        }
    }

    /** The packet is through: decides about the SACK (section 6.2: every second packet, or after a delay). */
    void endOfPacket(final long nowNs) {
        if (!dataInPacket) {
            return;
        }
        dataInPacket = false;
        if (++packetsUnacked >= config.sackEveryPackets() || tsns.hasGap() || first) {
            sackNow = true;
            first = false;
        } else if (sackNs == Machine.NO_DEADLINE) {
            sackNs = nowNs + config.sackDelayNs();
        }
    }

    void onDeadline(final long nowNs) {
        if (sackNs <= nowNs) {
            // from here on it is due and needs no timer: in SHUTDOWN-ACK-SENT it never goes
            sackNs = Machine.NO_DEADLINE;
            sackNow = true;
        }
    }

    /** What is beyond the path MTU is left out (section 3.3.4), the highest TSNs. */
    private int mostGaps() {
        return Math.min(config.maxGapBlocks(), config.pathMtu() / 4);
    }

    /** True if a SACK must go, even alone. */
    boolean mustSack() {
        return sackNow;
    }

    /** True if a SACK may ride with other chunks. */
    boolean maySack() {
        return sackNow || sackNs != Machine.NO_DEADLINE;
    }

    /**
     * Octets that the next SACK may take. It must not leave out what an earlier one reported: its reader would take
     * that for thrown away (section 3.3.4), and send it again.
     */
    int sackRoom() {
        return SACK_HEADER + 4 * (duplicateCount + Math.min(tsns.gapBlocks(), mostGaps()));
    }

    void forceSack() {
        sackNow = true;
    }

    /**
     * <pre>
     *  type = 3 | flags | length | cumulative TSN ack | a_rwnd | gap blocks | duplicates | (start, end)* | TSN*
     * </pre>
     *
     * @return octets written
     */
    int writeSack(final byte[] p, final int at, final int room) {
        final int most = (room - SACK_HEADER) / 4;
        final int gaps = tsns.hasGap() ? tsns.writeGaps(p, at + SACK_HEADER, Math.min(mostGaps(), most)) : 0;
        final int dups = Math.min(duplicateCount, most - gaps);
        int n = at + SACK_HEADER + 4 * gaps;
        for (int i = 0; i < dups; i++) {
            Bytes.put32(p, n, duplicates[i]);
            n += 4;
        }
        p[at] = ChunkType.SACK;
        p[at + 1] = 0;
        Bytes.put16(p, at + 2, n - at);
        Bytes.put32(p, at + 4, tsns.cumulative());
        Bytes.put32(p, at + 8, window());
        Bytes.put16(p, at + 12, gaps);
        Bytes.put16(p, at + 14, dups);
        duplicateCount = 0;
        packetsUnacked = 0;
        sackNow = false;
        sackNs = Machine.NO_DEADLINE;
        return n - at;
    }

    /** The association is over: what will never become a message counts no more. */
    void close() {
        hold(-waitingOctets);
        reassembly.clear();
    }
}
