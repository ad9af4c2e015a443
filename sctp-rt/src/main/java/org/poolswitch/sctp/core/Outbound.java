// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.util.List;
import org.poolswitch.observe.Counters;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.UndeliveredMessage;
import org.poolswitch.sctp.wire.Bytes;
import org.poolswitch.sctp.wire.CommonHeader;
import org.poolswitch.sctp.wire.DataChunk;

/** What we send: cuts messages into chunks, chooses their path, repeats them (RFC 9260 sections 6.1, 6.3, 6.9). */
final class Outbound {
    private static final int COMMON_AND_DATA_HEADER = CommonHeader.LENGTH + DataChunk.HEADER;

    private final SctpConfig config;
    private final Counters counters;
    private final Paths paths;
    private final SendQueue queue;
    private final InFlight inFlight;
    private final SackReader sacks;
    private final Abandonment abandonment;
    private final int initialTsn;
    private int streams;
    /** Octets under way on all paths together. */
    private long flightOctets;
    /** What the peer's last SACK offered, less what left the flight since without a word about its window. */
    private long offeredOctets;
    /** The last SACK offered no window (section 6.1 A). */
    private boolean windowClosed;
    /** A zero window probe may go: an RTO has passed since the window closed, or since the last one. */
    private boolean mayProbe;
    /** A SACK came since the last DATA went: whatever its window, the peer is there. */
    private boolean heardSinceSent;
    /** Streams that are being reset take no new messages; none held is null, all is an empty list. */
    private int[] heldStreams;
    /** Section 7.2.4 rule 3: one packet of fast retransmissions goes whatever cwnd says. */
    private boolean freePacket;
    private boolean askForSack;

    Outbound(final SctpConfig config, final Counters counters, final Paths paths, final MessagePool pool,
        final Totals totals, final int initialTsn) {
        this.config = config;
        this.counters = counters;
        this.paths = paths;
        this.initialTsn = initialTsn;
        this.queue = new SendQueue(config, pool, totals);
        this.inFlight = new InFlight(pool, initialTsn);
        this.abandonment = new Abandonment(this, queue, inFlight, counters);
        this.sacks = new SackReader(this, config, counters, paths, queue, inFlight);
        this.streams = config.outStreams();
    }

    void onEstablished(final int negotiatedStreams, final long window, final boolean peerKnowsForwardTsn) {
        streams = negotiatedStreams;
        offeredOctets = window;
        abandonment.peerKnows(peerKnowsForwardTsn);
        for (final Path path : paths.all()) {
            path.congestion.reset(window);
        }
    }

    /** See {@link Association#warm}. */
    int warm() {
        return (int) offeredOctets + streams + queue.warm() + inFlight.warm() + sacks.warm() + abandonment.warm();
    }

    int streams() {
        return streams;
    }

    void addStreams(final int more) {
        streams += more;
    }

    int initialTsn() {
        return initialTsn;
    }

    SendQueue queue() {
        return queue;
    }

    InFlight inFlight() {
        return inFlight;
    }

    long flightOctets() {
        return flightOctets;
    }

    Abandonment abandonment() {
        return abandonment;
    }

    int lastAssignedTsn() {
        return inFlight.lastTsn();
    }

    boolean isAcked(final int tsn) {
        return tsn - inFlight.firstTsn() < 0;
    }

    boolean isEmpty() {
        return queue.isEmpty() && inFlight.size() == 0;
    }

    boolean hasInFlight() {
        return inFlight.size() != 0;
    }

    /** Nothing new is cut of messages on these streams; none listed means all, null means none. */
    void hold(final int[] resetting) {
        heldStreams = resetting;
    }

    /** From now on each packet asks for an immediate SACK: the association waits for its end. */
    void askForSacks() {
        askForSack = true;
    }

    // ---- what SackReader, Retransmission and Abandonment tell ----------------------------------------------------

    void leftFlight(final OutChunk chunk) {
        flightOctets -= chunk.length;
        chunk.path.congestion.left(chunk.length);
        if (chunk.path.timing && chunk.path.timedTsn == chunk.tsn) {
            chunk.path.timing = false;
        }
    }

    /** Given up while it was under way: the peer may hold it all the same. */
    void givenUp(final OutChunk chunk) {
        leftFlight(chunk);
        offeredOctets -= chunk.length;
    }

    void window(final long offered) {
        offeredOctets = offered;
        windowClosed = offered == 0;
        heardSinceSent = true;
    }

    /** Section 6.2.1: what the peer has room for. What is taken for lost opens it (B), what goes closes it (A, C). */
    private long peerWindow() {
        return Math.max(0, offeredOctets - flightOctets);
    }

    /**
     * T3-rtx expired, and it was that of a closed window: after an RTO a probe may go (section 6.1 A).
     *
     * @return false if it was that of data under way
     */
    boolean allowWindowProbe() {
        if (!waitsForWindow()) {
            return false;
        }
        mayProbe = true;
        return true;
    }

    /** Nothing is under way, and nothing new may go: the peer has no room. */
    private boolean waitsForWindow() {
        return windowClosed && inFlight.size() == 0;
    }

    /** The peer has no room, and says so since DATA went last. */
    boolean isProbeAnswered() {
        return windowClosed && heardSinceSent;
    }

    void fastRetransmit() {
        freePacket = true;
    }

    /** Takes a chunk that is under way for lost: it is to go again. */
    void lost(final OutChunk chunk, final boolean timedOut) {
        leftFlight(chunk);
        chunk.timedOut = timedOut;
        inFlight.mark(chunk);
    }

    /** Everything under way on this path, or on all for null, goes again. */
    void markAll(final Path path, final boolean timedOut, final SctpCounter counter) {
        for (int i = 0; i < inFlight.size(); i++) {
            final OutChunk chunk = inFlight.at(inFlight.firstTsn() + i);
            if (chunk.isOutstanding() && (path == null || chunk.path == path)) {
                lost(chunk, timedOut);
                counters.increment(counter);
            }
        }
    }

    /** @return false if it acknowledges what was never sent */
    boolean onSack(final byte[] b, final int at, final int length, final long nowNs)
        throws org.poolswitch.runtime.MalformedException {
        return sacks.onSack(b, at, length, nowNs);
    }

    /** A SHUTDOWN acknowledges like a SACK without gaps (section 9.2). */
    void onCumulative(final int cumulative, final long nowNs) {
        final long before = flightOctets;
        sacks.onCumulative(cumulative, nowNs);
        // it says nothing about the window
        offeredOctets -= before - flightOctets;
    }

    // ---- packets -------------------------------------------------------------------------------------------------

    /** As much data as windows and bursts allow; a SACK rides along if one waits. */
    void flush(final PacketWriter packets, final Inbound inbound, final long nowNs) {
        abandonment.write(packets, paths, nowNs);
        long burst = paths.forData().congestion.burstOctets();
        boolean inFreePacket = false;
        while (burst > 0 && (inFlight.hasMarks() || queue.hasUnsent())) {
            final OutChunk marked = inFlight.hasMarks() ? inFlight.firstMarked() : null;
            final Path path = marked == null || !marked.timedOut ? paths.forData() : paths.alternateTo(marked.path);
            final int octets = marked == null ? nextCut() : marked.length;
            final boolean samePacket = packets.fitsBesideData(path, DataChunk.HEADER + Bytes.padded(octets));
            final boolean free = samePacket ? inFreePacket : freePacket;
            final boolean cwndAllows = path.congestion.hasRoom() || samePacket && path.congestion.isOnePacket();
            if (marked != null ? !cwndAllows && !free : !cwndAllows || !windowAllows(octets)) {
                if (waitsForWindow()) {
                    // section 6.1 A: the first zero window probe goes after an RTO
                    path.startTimers(false, nowNs);
                }
                break;
            }
            if (!samePacket) {
                inFreePacket = freePacket;
                freePacket = false;
            }
            burst -= octets;
            bundleSack(packets, inbound, path, DataChunk.HEADER + Bytes.padded(octets), nowNs);
            packets.open(path, DataChunk.HEADER + Bytes.padded(octets), nowNs);
            write(packets, path, marked, nowNs);
        }
        freePacket = false;
    }

    /** A SACK goes in front of a packet's data, behind other control chunks (section 6.10), if all of it fits. */
    private static void bundleSack(final PacketWriter packets, final Inbound inbound, final Path path, final int octets,
        final long nowNs) {
        if (inbound.maySack() && (!packets.hasChunksFor(path) || !packets.hasData() || packets.room() < octets)) {
            final int sack = inbound.sackRoom();
            packets.open(path, octets + sack, nowNs);
            if (packets.room() >= octets + sack) {
                packets.wrote(inbound.writeSack(packets.buffer(), packets.at(), sack));
            }
        }
    }

    /** What still fits into the open packet to this path: DATA beside COOKIE ECHO (section 5.1). */
    void fill(final PacketWriter packets, final Path path, final long nowNs) {
        while (inFlight.hasMarks() || queue.hasUnsent()) {
            final OutChunk marked = inFlight.hasMarks() ? inFlight.firstMarked() : null;
            final int octets = marked == null ? nextCut() : marked.length;
            if (DataChunk.HEADER + Bytes.padded(octets) > packets.room() || !path.congestion.hasRoom()
                || marked == null && !windowAllows(octets)) {
                return;
            }
            write(packets, path, marked, nowNs);
        }
    }

    private int nextCut() {
        final OutMessage m = queue.unsent();
        return Math.min(m.length - m.taken, config.pathMtu() - COMMON_AND_DATA_HEADER & ~3);
    }

    /** Whether the peer has room for a new chunk, and nothing else holds it back. */
    private boolean windowAllows(final int octets) {
        // section 6.1 A: a window that is too small is probed with one chunk in flight
        final boolean windowOpen = octets <= peerWindow() || inFlight.size() == 0 && (mayProbe || !windowClosed);
        return windowOpen && inFlight.size() < config.maxReceiveGap() && !isHeld(queue.unsent());
    }

    private boolean isHeld(final OutMessage m) {
        if (heldStreams == null || m.taken > 0) {
            return false;
        }
        for (final int stream : heldStreams) {
            if (stream == m.stream) {
                return true;
            }
        }
        return heldStreams.length == 0;
    }

    private void write(final PacketWriter packets, final Path path, final OutChunk marked, final long nowNs) {
        final OutChunk chunk = marked == null ? cut() : marked;
        if (marked != null) {
            inFlight.unmark(chunk);
        }
        mayProbe = false;
        heardSinceSent = false;
        flightOctets += chunk.length;
        path.congestion.sent(chunk.length, path.rtoNs(), nowNs);
        path.lastDataNs = nowNs;
        chunk.path = path;
        chunk.sentNs = nowNs;
        final boolean fast = chunk.missReports >= SackReader.MISS_REPORTS;
        chunk.missReports = 0;
        chunk.message.sent = true;
        if (++chunk.transmissions == 1 && !path.timing) {
            path.timing = true;
            path.timedTsn = chunk.tsn;
        }
        if (fast && inFlight.firstOutstanding(path) == chunk) {
            // section 7.2.4 rule 4: T3-rtx was started when it went first, and its answer comes a round trip from now
            path.restartTimers(config.tailLossProbeNs() != 0, nowNs);
        } else {
            path.startTimers(config.tailLossProbeNs() != 0, nowNs);
        }
        // RFC 7053 section 5.1: ask for a SACK where the peer's delay would only make us wait
        final boolean immediate = askForSack || chunk.transmissions > 1 || !path.congestion.hasRoom()
            || peerWindow() == 0;
        packets.wroteData(write(chunk, immediate ? DataChunk.IMMEDIATE : 0, packets.buffer(), packets.at()));
    }

    private OutChunk cut() {
        final OutMessage m = queue.unsent();
        if (m.taken == 0) {
            queue.beginMessage(m);
        }
        final int length = nextCut();
        int flags = m.unordered ? DataChunk.UNORDERED : 0;
        flags |= m.taken == 0 ? DataChunk.BEGIN : 0;
        flags |= m.taken + length == m.length ? DataChunk.END : 0;
        final OutChunk chunk = inFlight.add(m, m.taken, length, flags);
        m.firstTsn = m.taken == 0 ? chunk.tsn : m.firstTsn;
        m.taken += length;
        m.fragmentsUnacked++;
        m.fragmentsHeld++;
        if (m.isCut()) {
            queue.nextUnsent();
        }
        return chunk;
    }

    private static int write(final OutChunk c, final int moreFlags, final byte[] p, final int at) {
        final OutMessage m = c.message;
        DataChunk.putHeader(p, at, c.flags | moreFlags, c.length, c.tsn, m.stream, m.ssn, m.ppid);
        return DataChunk.putData(p, at, m.data, c.offset, c.length);
    }

    /** The end: everything that the peer has not acknowledged, in the order of send. */
    List<UndeliveredMessage> drain() {
        inFlight.clear();
        flightOctets = 0;
        return queue.drain();
    }
}
