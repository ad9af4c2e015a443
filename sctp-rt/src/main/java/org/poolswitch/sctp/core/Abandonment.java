// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.poolswitch.observe.Counters;
import org.poolswitch.sctp.wire.Bytes;
import org.poolswitch.sctp.wire.ChunkType;

/**
 * Messages that are given up when their lifetime ends (RFC 3758), and the chunk that tells the peer to go on without
 * them.
 *
 * <pre>
 *  type = 192 | flags = 0 | length | new cumulative TSN | (stream (2) | stream sequence number (2))*
 * </pre>
 */
final class Abandonment {
    private static final int HEADER = 8;

    private final Outbound outbound;
    private final SendQueue queue;
    private final InFlight inFlight;
    private final Counters counters;
    private boolean peerKnows;
    /** Advanced.Peer.Ack.Point (RFC 3758 section 3.5). */
    private int ackPoint;
    private boolean due;
    /** Where the FORWARD TSN went last, or null. */
    private Path path;

    Abandonment(final Outbound outbound, final SendQueue queue, final InFlight inFlight, final Counters counters) {
        this.outbound = outbound;
        this.queue = queue;
        this.inFlight = inFlight;
        this.counters = counters;
        this.ackPoint = inFlight.firstTsn() - 1;
    }

    /** See {@link Association#warm}. */
    int warm() {
        return ackPoint;
    }

    void peerKnows(final boolean forwardTsn) {
        peerKnows = forwardTsn;
    }

    boolean peerKnows() {
        return peerKnows;
    }

    /** True if the peer has not yet acknowledged that it goes on without something. */
    boolean isPending() {
        return ackPoint - (inFlight.firstTsn() - 1) > 0;
    }

    /** The same for what went there: its T3-rtx runs (section 3.5 C5). */
    boolean isPendingOn(final Path candidate) {
        return path == candidate && isPending();
    }

    /** Gives up what is too old. @return what its user is to hear of */
    List<OutMessage> expire(final long nowNs) {
        final List<OutMessage> expired = queue.expired(peerKnows, nowNs);
        for (final OutMessage message : expired) {
            counters.increment(SctpCounter.MESSAGES_ABANDONED);
            if (message.taken > 0) {
                numberTheRest(message);
                giveUpChunks(message);
            }
            queue.abandon(message);
        }
        if (!expired.isEmpty()) {
            advance();
        }
        return expired;
    }

    /** Fragments that never left get a TSN too: what the peer has of this message must be skipped up to its end. */
    private void numberTheRest(final OutMessage message) {
        final int unsent = message.length - message.taken;
        if (unsent > 0) {
            inFlight.add(message, message.taken, unsent, 0);
            message.taken = message.length;
            message.fragmentsUnacked++;
            message.fragmentsHeld++;
            inFlight.at(inFlight.lastTsn()).abandoned = true;
            queue.settled(unsent);
        }
    }

    private void giveUpChunks(final OutMessage message) {
        int tsn = message.firstTsn - inFlight.firstTsn() < 0 ? inFlight.firstTsn() : message.firstTsn;
        for (; tsn - inFlight.lastTsn() <= 0 && inFlight.at(tsn).message == message; tsn++) {
            final OutChunk chunk = inFlight.at(tsn);
            if (chunk.abandoned) {
                continue;
            }
            if (chunk.toRetransmit) {
                inFlight.unmark(chunk);
            } else if (!chunk.acked) {
                outbound.givenUp(chunk);
            }
            if (!chunk.acked) {
                queue.settled(chunk.length);
            }
            chunk.abandoned = true;
        }
    }

    /** Section 3.5 C1 and C2. */
    void onCumulative(final int cumulative) {
        if (ackPoint - cumulative < 0) {
            ackPoint = cumulative;
        }
        if (peerKnows) {
            advance();
        }
    }

    private void advance() {
        while (ackPoint - inFlight.lastTsn() < 0 && inFlight.at(ackPoint + 1).abandoned) {
            ackPoint++;
        }
        due |= isPending();
    }

    /** T3-rtx expired: the peer may not have heard (section 3.5 C4). */
    void repeat() {
        due |= isPending();
    }

    /** @param paths where else a timer may run for what has been given up */
    void write(final PacketWriter packets, final Paths paths, final long nowNs) {
        if (!due) {
            return;
        }
        due = false;
        if (!isPending()) {
            return;
        }
        path = paths.forData();
        packets.open(path, HEADER + 4, nowNs);
        // section 3.5 C4: of each stream only the latest sequence number that is skipped
        final Map<Integer, Integer> skipped = new TreeMap<>();
        int upTo = inFlight.firstTsn() - 1;
        while (upTo - ackPoint < 0) {
            final OutMessage m = inFlight.at(upTo + 1).message;
            if (!m.unordered && !skipped.containsKey(m.stream)
                && HEADER + 4 * (skipped.size() + 1) > packets.room()) {
                // the rest another time
                due = true;
                break;
            }
            if (!m.unordered) {
                skipped.put(m.stream, m.ssn);
            }
            upTo++;
        }
        int n = packets.at() + HEADER;
        for (final Map.Entry<Integer, Integer> entry : skipped.entrySet()) {
            Bytes.put16(packets.buffer(), n, entry.getKey());
            Bytes.put16(packets.buffer(), n + 2, entry.getValue());
            n += 4;
        }
        final int at = packets.at();
        packets.buffer()[at] = (byte) ChunkType.FORWARD_TSN;
        packets.buffer()[at + 1] = 0;
        Bytes.put16(packets.buffer(), at + 2, n - at);
        Bytes.put32(packets.buffer(), at + 4, upTo);
        packets.wrote(n - at);
        for (final Path other : paths.all()) {
            if (other != path && other.congestion.flightOctets() == 0) {
                other.stopTimers();
            }
        }
        path.startTimers(false, nowNs);
    }
}
