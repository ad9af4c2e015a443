// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.net.InetAddress;
import java.util.zip.CRC32C;
import org.poolswitch.observe.Counters;
import org.poolswitch.sctp.wire.Bytes;
import org.poolswitch.sctp.wire.ChunkType;
import org.poolswitch.sctp.wire.CommonHeader;

/**
 * Builds one packet at a time in one buffer and hands it to the transmitter. Chunks are bundled (RFC 9260 section 6.10)
 * until the path MTU is reached or the next one goes another way.
 */
final class PacketWriter {
    private final byte[] packet = new byte[65_536];
    private final CRC32C crc = new CRC32C();
    private final SctpTransmitter out;
    private final Counters counters;
    private final int limit;
    private int length;
    private InetAddress local;
    private InetAddress remote;
    private int udpPort;
    private Association association;
    private Path path;
    private boolean hasData;

    PacketWriter(final SctpTransmitter out, final Counters counters, final int pathMtu) {
        this.out = out;
        this.counters = counters;
        this.limit = pathMtu;
    }

    /** Starts a packet that belongs to no association. */
    void begin(final StatelessReplies.Origin to, final int tag) {
        path = null;
        association = null;
        local = to.local();
        remote = to.remote();
        udpPort = to.udpPort();
        header(to.localPort(), to.remotePort(), tag);
    }

    private void header(final int localPort, final int remotePort, final int tag) {
        CommonHeader.put(packet, 0, localPort, remotePort, tag);
        length = CommonHeader.LENGTH;
        hasData = false;
    }

    /** From here on packets are this association's. Nothing may be open. */
    void use(final Association a) {
        association = a;
        path = null;
        length = 0;
    }

    /** Makes sure that a packet to this path is open with room for a chunk of so many octets, padding included. */
    void open(final Path to, final int octets, final int tag, final long nowNs) {
        if (path == to && length + octets <= limit) {
            return;
        }
        end(nowNs);
        path = to;
        local = to.local;
        remote = to.host;
        udpPort = to.udpPort;
        header(association.localPort(), association.remotePort(), tag);
    }

    /** The same with the tag that all packets but INIT and some ABORTs carry. */
    void open(final Path to, final int octets, final long nowNs) {
        open(to, octets, association.peerTag(), nowNs);
    }

    byte[] buffer() {
        return packet;
    }

    int at() {
        return length;
    }

    int room() {
        return limit - length;
    }

    /** True if a packet is open that goes this way and has chunks in it already. */
    boolean hasChunksFor(final Path to) {
        return path == to && length > CommonHeader.LENGTH;
    }

    /** True if a packet is open that goes this way, has DATA in it and room for a chunk of so many octets. */
    boolean fitsBesideData(final Path to, final int octets) {
        return path == to && hasData() && room() >= octets;
    }

    /** True if a packet is open that has DATA in it: no control chunk may follow (section 6.10). */
    boolean hasData() {
        return length > 0 && hasData;
    }

    /** Counts octets of a DATA chunk written into {@link #buffer} by somebody else, padding included. */
    void wroteData(final int octets) {
        length += octets;
        hasData = true;
    }

    /** Counts octets written into {@link #buffer} by somebody else, padding included. */
    void wrote(final int octets) {
        length += octets;
    }

    /** A chunk with a value of bytes. */
    void chunk(final int type, final int flags, final byte[] value, final int offset, final int octets) {
        packet[length] = (byte) type;
        packet[length + 1] = (byte) flags;
        Bytes.put16(packet, length + 2, 4 + octets);
        System.arraycopy(value, offset, packet, length + 4, octets);
        final int padded = Bytes.padded(octets);
        for (int i = octets; i < padded; i++) {
            packet[length + 4 + i] = 0;
        }
        length += 4 + padded;
        countSent(type);
    }

    void chunk(final int type, final int flags) {
        chunk(type, flags, packet, 0, 0);
    }

    /** A chunk with one 32-bit word. */
    void chunk(final int type, final int flags, final int word) {
        packet[length] = (byte) type;
        packet[length + 1] = (byte) flags;
        Bytes.put16(packet, length + 2, 8);
        Bytes.put32(packet, length + 4, word);
        length += 8;
    }

    private void countSent(final int type) {
        if (type == ChunkType.ABORT) {
            counters.increment(SctpCounter.ABORTS_SENT);
        } else if (type == ChunkType.ERROR) {
            counters.increment(SctpCounter.ERRORS_SENT);
        }
    }

    /** Sends what is open, if it has chunks in it. */
    void end(final long nowNs) {
        if (length > CommonHeader.LENGTH) {
            CommonHeader.seal(crc, packet, 0, length);
            counters.increment(SctpCounter.PACKETS_SENT);
            out.transmit(local, remote, udpPort, packet, 0, length, nowNs);
        }
        length = 0;
        path = null;
    }
}
