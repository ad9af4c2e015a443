// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.poolswitch.observe.Counters;
import org.poolswitch.runtime.Machine;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.UndeliveredMessage;
import org.poolswitch.sctp.wire.Bytes;

/** What we send: messages waiting, chunks in flight, acknowledgement and repetition (RFC 9260 sections 6 and 7). */
final class Outbound {
    static final int DATA_HEADER = 16;
    private static final int FLAG_END = 1;
    private static final int FLAG_BEGIN = 2;
    private static final int FLAG_UNORDERED = 4;
    private static final int MISS_REPORTS = 3;
    private static final int CHUNK_ROOM = 12 + DATA_HEADER;

    private final SctpConfig config;
    private final Counters counters;
    private final Path path;
    private final ArrayDeque<OutMessage> unsent = new ArrayDeque<>();
    private final ArrayDeque<OutMessage> unacked = new ArrayDeque<>();
    private OutChunk[] ring = new OutChunk[64];
    /** Oldest TSN in the ring, and how many follow. */
    private int firstTsn;
    private int inRing;
    private short[] nextSsn = new short[0];
    private int streams;
    private long flightOctets;
    private long peerWindow;
    private long bufferedOctets;
    private int retransmitMarks;
    private int fastRecoveryExit;
    private boolean fastRecovery;
    private long t3Ns = Machine.NO_DEADLINE;
    private boolean fullReported;

    Outbound(final SctpConfig config, final Counters counters, final Path path, final int initialTsn) {
        this.config = config;
        this.counters = counters;
        this.path = path;
        this.firstTsn = initialTsn;
        this.streams = config.outStreams();
    }

    void onEstablished(final int negotiatedStreams, final long window) {
        streams = negotiatedStreams;
        peerWindow = window;
        path.resetWindow(window);
    }

    int streams() {
        return streams;
    }

    int initialTsn() {
        return firstTsn;
    }

    long deadlineNs() {
        return t3Ns;
    }

    boolean isEmpty() {
        return unsent.isEmpty() && inRing == 0;
    }

    boolean hasInFlight() {
        return inRing != 0;
    }

    /** @return false if the send buffer is full */
    boolean offer(final int stream, final int ppid, final boolean unordered, final byte[] buffer, final int offset,
        final int length) {
        if (bufferedOctets + length > config.sendBufferOctets()) {
            fullReported = true;
            return false;
        }
        final byte[] copy = new byte[length];
        System.arraycopy(buffer, offset, copy, 0, length);
        final OutMessage message = new OutMessage(stream, ppid, unordered, copy);
        bufferedOctets += length;
        unsent.add(message);
        unacked.add(message);
        return true;
    }

    /** True once after a refused offer, when half of the buffer is free again. */
    boolean takeSendable() {
        if (fullReported && bufferedOctets <= config.sendBufferOctets() / 2) {
            fullReported = false;
            return true;
        }
        return false;
    }

    private int ssnFor(final int stream) {
        if (stream >= nextSsn.length) {
            nextSsn = Arrays.copyOf(nextSsn, Math.max(stream + 1, 2 * nextSsn.length));
        }
        return nextSsn[stream]++ & 0xffff;
    }

    /** Octets of the next chunk to go, header and padding included, or 0 if nothing may go now. */
    int nextChunkOctets() {
        if (retransmitMarks > 0) {
            final OutChunk chunk = firstMarked();
            return DATA_HEADER + Bytes.padded(chunk.length);
        }
        if (unsent.isEmpty() || !maySendNew()) {
            return 0;
        }
        final OutMessage m = unsent.peek();
        return DATA_HEADER + Bytes.padded(Math.min(m.data.length - m.taken, maxChunkOctets()));
    }

    private int maxChunkOctets() {
        return (config.pathMtu() - CHUNK_ROOM) & ~3;
    }

    private boolean maySendNew() {
        // section 6.1 A: with a closed window one chunk may be in flight, to probe it
        final int next = Math.min(unsent.peek().data.length - unsent.peek().taken, maxChunkOctets());
        final boolean windowOpen = next <= peerWindow || flightOctets == 0;
        return windowOpen && flightOctets < path.cwnd && inRing < config.maxReceiveGap();
    }

    private OutChunk firstMarked() {
        for (int i = 0; i < inRing; i++) {
            final OutChunk chunk = at(firstTsn + i);
            if (chunk.toRetransmit) {
                return chunk;
            }
        }
        throw new IllegalStateException("a chunk is marked for retransmission and cannot be found");
    }

    private OutChunk at(final int tsn) {
        return ring[tsn & ring.length - 1];
    }

    /** Writes the next chunk. @return octets written */
    int writeNext(final byte[] packet, final int at, final long nowNs) {
        final OutChunk chunk;
        if (retransmitMarks > 0) {
            chunk = firstMarked();
            chunk.toRetransmit = false;
            retransmitMarks--;
        } else {
            chunk = cut();
            peerWindow = Math.max(0, peerWindow - chunk.length);
        }
        flightOctets += chunk.length;
        chunk.sentNs = nowNs;
        chunk.transmissions++;
        chunk.message.sent = true;
        if (t3Ns == Machine.NO_DEADLINE) {
            t3Ns = nowNs + path.rtoNs();
        }
        return write(chunk, packet, at);
    }

    private OutChunk cut() {
        final OutMessage m = unsent.peek();
        if (m.taken == 0 && !m.unordered) {
            m.ssn = ssnFor(m.stream);
        }
        final int length = Math.min(m.data.length - m.taken, maxChunkOctets());
        int flags = m.unordered ? FLAG_UNORDERED : 0;
        flags |= m.taken == 0 ? FLAG_BEGIN : 0;
        flags |= m.taken + length == m.data.length ? FLAG_END : 0;
        if (inRing == ring.length) {
            grow();
        }
        final int tsn = firstTsn + inRing++;
        OutChunk chunk = ring[tsn & ring.length - 1];
        if (chunk == null) {
            chunk = new OutChunk();
            ring[tsn & ring.length - 1] = chunk;
        }
        chunk.set(tsn, m, m.taken, length, flags);
        m.taken += length;
        m.fragmentsUnacked++;
        if (m.taken == m.data.length) {
            unsent.poll();
        }
        return chunk;
    }

    private void grow() {
        final OutChunk[] bigger = new OutChunk[2 * ring.length];
        for (int i = 0; i < inRing; i++) {
            bigger[firstTsn + i & bigger.length - 1] = at(firstTsn + i);
        }
        ring = bigger;
    }

    private static int write(final OutChunk c, final byte[] p, final int at) {
        p[at] = 0;
        p[at + 1] = (byte) c.flags;
        Bytes.put16(p, at + 2, DATA_HEADER + c.length);
        Bytes.put32(p, at + 4, c.tsn);
        Bytes.put16(p, at + 8, c.message.stream);
        Bytes.put16(p, at + 10, c.message.ssn);
        Bytes.put32(p, at + 12, c.message.ppid);
        System.arraycopy(c.message.data, c.offset, p, at + DATA_HEADER, c.length);
        final int padded = Bytes.padded(c.length);
        Arrays.fill(p, at + DATA_HEADER + c.length, at + DATA_HEADER + padded, (byte) 0);
        return DATA_HEADER + padded;
    }

    /**
     * A SACK (RFC 9260 section 6.2.1).
     *
     * @return true if it acknowledged something new: the peer is alive
     */
    boolean onSack(final byte[] b, final int at, final int length, final long nowNs) throws MalformedException {
        final int cumulative = Bytes.i32(b, at + 4);
        final int gaps = Bytes.u16(b, at + 12);
        final int duplicates = Bytes.u16(b, at + 14);
        if (length < 16 + 4 * (gaps + duplicates)) {
            throw new MalformedException("a SACK's blocks are longer than the chunk");
        }
        final int lastSent = firstTsn + inRing - 1;
        if (cumulative - lastSent > 0) {
            throw new MalformedException("a SACK acknowledges what was never sent");
        }
        if (cumulative - (firstTsn - 1) < 0) {
            // section 6.2.1 D i: an old one, overtaken on the way
            return false;
        }
        final boolean windowWasFull = flightOctets + config.pathMtu() > path.cwnd;
        long acked = 0;
        boolean moved = false;
        while (inRing > 0 && cumulative - firstTsn >= 0) {
            final OutChunk chunk = at(firstTsn);
            acked += ack(chunk, nowNs);
            chunk.message = null;
            firstTsn++;
            inRing--;
            moved = true;
        }
        int highestNew = cumulative;
        for (int i = 0; i < gaps; i++) {
            final int start = Bytes.u16(b, at + 16 + 4 * i);
            final int end = Bytes.u16(b, at + 18 + 4 * i);
            if (start == 0 || end < start || cumulative + end - lastSent > 0) {
                continue;
            }
            for (int tsn = cumulative + start; tsn - (cumulative + end) <= 0; tsn++) {
                final long octets = ack(at(tsn), nowNs);
                if (octets > 0) {
                    acked += octets;
                    highestNew = tsn;
                }
            }
        }
        if (moved && fastRecovery && cumulative - fastRecoveryExit >= 0) {
            fastRecovery = false;
        }
        path.onAcked(acked, moved, windowWasFull, fastRecovery);
        countMisses(cumulative, highestNew);
        peerWindow = Math.max(0, (Bytes.i32(b, at + 8) & 0xffffffffL) - flightOctets);
        while (!unacked.isEmpty() && unacked.peek().isAcked()) {
            unacked.poll();
        }
        if (inRing == 0) {
            t3Ns = Machine.NO_DEADLINE;
        } else if (moved) {
            path.endBackOff();
            t3Ns = nowNs + path.rtoNs();
        }
        return acked > 0;
    }

    private long ack(final OutChunk chunk, final long nowNs) {
        if (chunk.acked) {
            return 0;
        }
        chunk.acked = true;
        if (chunk.toRetransmit) {
            chunk.toRetransmit = false;
            retransmitMarks--;
        } else {
            flightOctets -= chunk.length;
        }
        if (chunk.transmissions == 1) {
            path.measured(nowNs - chunk.sentNs);
        }
        chunk.message.fragmentsUnacked--;
        bufferedOctets -= chunk.length;
        return chunk.length;
    }

    /** Section 7.2.4: three SACKs that report later TSNs and miss this one mean that it is lost. */
    private void countMisses(final int cumulative, final int highestNew) {
        boolean entered = false;
        for (int tsn = cumulative + 1; tsn - highestNew < 0; tsn++) {
            final OutChunk chunk = at(tsn);
            if (chunk.acked || chunk.toRetransmit || chunk.fastRetransmitted) {
                continue;
            }
            if (++chunk.missReports >= MISS_REPORTS) {
                chunk.toRetransmit = true;
                chunk.fastRetransmitted = true;
                retransmitMarks++;
                flightOctets -= chunk.length;
                counters.increment(SctpCounter.FAST_RETRANSMISSIONS);
                entered = true;
            }
        }
        if (entered && !fastRecovery) {
            fastRecovery = true;
            fastRecoveryExit = firstTsn + inRing - 1;
            path.onFastRetransmit();
        }
    }

    /** T3-rtx expired (section 6.3.3): everything in flight goes again, as the window allows. */
    void onT3(final long nowNs) {
        path.onTimeout();
        path.backOff();
        fastRecovery = false;
        for (int i = 0; i < inRing; i++) {
            final OutChunk chunk = at(firstTsn + i);
            if (!chunk.acked && !chunk.toRetransmit) {
                chunk.toRetransmit = true;
                retransmitMarks++;
                flightOctets -= chunk.length;
                counters.increment(SctpCounter.RETRANSMISSIONS);
            }
        }
        t3Ns = inRing == 0 ? Machine.NO_DEADLINE : nowNs + path.rtoNs();
    }

    /** Our process was away: nothing that was due meanwhile says anything about the peer. */
    void onClockJump(final long nowNs) {
        if (t3Ns != Machine.NO_DEADLINE) {
            t3Ns = nowNs + path.rtoNs();
        }
    }

    /** True if retransmissions wait and the congestion window lets one go. */
    boolean maySendMarked() {
        return retransmitMarks > 0 && (flightOctets < path.cwnd);
    }

    boolean hasMarked() {
        return retransmitMarks > 0;
    }

    /**
     * Everything the peer has not acknowledged, in the order of send. A gap ack is no promise that its user gets the
     * message (RFC 9260 section 6.2.1): what stands behind a missing one of its stream is handed back too.
     */
    List<UndeliveredMessage> drain() {
        final List<UndeliveredMessage> result = new ArrayList<>();
        final Set<Integer> blocked = new HashSet<>();
        for (final OutMessage m : unacked) {
            if (!m.isAcked() || !m.unordered && blocked.contains(m.stream)) {
                if (!m.unordered) {
                    blocked.add(m.stream);
                }
                result.add(new UndeliveredMessage(m.stream, m.ppid, m.unordered, m.sent, m.data));
            }
        }
        unacked.clear();
        unsent.clear();
        inRing = 0;
        t3Ns = Machine.NO_DEADLINE;
        return result;
    }
}
