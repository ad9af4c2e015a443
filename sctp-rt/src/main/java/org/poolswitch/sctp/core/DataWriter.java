// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.wire.Bytes;
import org.poolswitch.sctp.wire.DataChunk;

/**
 * Which user data goes now, and where: what was lost before what is new (RFC 9260 section 6.1), as much as the peer's
 * window, the path's cwnd and the burst allow. One for all of an endpoint.
 */
final class DataWriter {
    private final SctpConfig config;
    private final PacketWriter packets;

    DataWriter(final SctpConfig config, final PacketWriter packets) {
        this.config = config;
        this.packets = packets;
    }

    /** As much data as windows and bursts allow; a SACK rides along if one waits. */
    void flush(final Association a, final long nowNs) {
        final Outbound outbound = a.outbound();
        final Paths paths = a.paths();
        final InFlight inFlight = outbound.inFlight();
        outbound.abandonment().write(packets, paths, nowNs);
        long burst = paths.forData().congestion.burstOctets();
        boolean inFreePacket = false;
        while (burst > 0 && outbound.hasToSend()) {
            final OutChunk marked = inFlight.hasMarks() ? inFlight.firstMarked() : null;
            final Path path = marked == null || !marked.timedOut ? paths.forData() : paths.alternateTo(marked.path);
            final int octets = octets(outbound, marked);
            final int room = DataChunk.HEADER + Bytes.padded(octets);
            final boolean samePacket = packets.fitsBesideData(path, room);
            final boolean free = samePacket ? inFreePacket : outbound.hasFreePacket();
            final boolean cwndAllows = path.congestion.hasRoom() || samePacket && path.congestion.isOnePacket();
            if (marked != null ? !cwndAllows && !free : !cwndAllows || !outbound.windowAllows(octets)) {
                if (outbound.waitsForWindow()) {
                    // section 6.1 A: the first zero window probe goes after an RTO
                    path.startTimers(false, nowNs);
                }
                break;
            }
            if (!samePacket) {
                inFreePacket = outbound.takeFreePacket();
            }
            burst -= octets;
            bundleSack(a.inbound(), path, room, nowNs);
            packets.open(path, room, nowNs);
            write(outbound, path, marked, octets, nowNs);
        }
        outbound.takeFreePacket();
    }

    /** A SACK goes in front of a packet's data, behind other control chunks (section 6.10), if all of it fits. */
    private void bundleSack(final Inbound inbound, final Path path, final int octets, final long nowNs) {
        if (inbound.maySack() && (!packets.hasChunksFor(path) || !packets.hasData() || packets.room() < octets)) {
            final int sack = inbound.sackRoom();
            packets.open(path, octets + sack, nowNs);
            if (packets.room() >= octets + sack) {
                packets.wrote(inbound.writeSack(packets.buffer(), packets.at(), sack));
            }
        }
    }

    /** What still fits into the open packet to this path: DATA beside COOKIE ECHO (section 5.1). */
    void fill(final Outbound outbound, final Path path, final long nowNs) {
        final InFlight inFlight = outbound.inFlight();
        while (outbound.hasToSend()) {
            final OutChunk marked = inFlight.hasMarks() ? inFlight.firstMarked() : null;
            final int octets = octets(outbound, marked);
            if (DataChunk.HEADER + Bytes.padded(octets) > packets.room() || !path.congestion.hasRoom()
                || marked == null && !outbound.windowAllows(octets)) {
                return;
            }
            write(outbound, path, marked, octets, nowNs);
        }
    }

    private int octets(final Outbound outbound, final OutChunk marked) {
        return marked == null ? Fragmentation.nextOctets(outbound.queue(), config.pathMtu()) : marked.length;
    }

    private void write(final Outbound outbound, final Path path, final OutChunk marked, final int octets,
        final long nowNs) {
        final InFlight inFlight = outbound.inFlight();
        final OutChunk chunk = marked == null ? Fragmentation.cut(outbound.queue(), inFlight, octets) : marked;
        if (marked != null) {
            inFlight.unmark(chunk);
        }
        final boolean fast = chunk.missReports >= SackReader.MISS_REPORTS;
        outbound.enteredFlight(chunk, path, nowNs);
        if (fast && inFlight.firstOutstanding(path) == chunk) {
            // section 7.2.4 rule 4: T3-rtx was started when it went first, and its answer comes a round trip from now
            path.restartTimers(config.tailLossProbeNs() != 0, nowNs);
        } else {
            path.startTimers(config.tailLossProbeNs() != 0, nowNs);
        }
        final OutMessage m = chunk.message;
        final int flags = chunk.flags | (outbound.wantsSackOf(chunk) ? DataChunk.IMMEDIATE : 0);
        DataChunk.putHeader(packets.buffer(), packets.at(), flags, chunk.length, chunk.tsn, m.stream, m.ssn, m.ppid);
        packets.wroteData(DataChunk.putData(packets.buffer(), packets.at(), m.data, chunk.offset, chunk.length));
    }
}
