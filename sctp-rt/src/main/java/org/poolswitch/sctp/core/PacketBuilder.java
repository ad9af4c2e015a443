// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.net.InetAddress;
import java.util.zip.CRC32C;
import org.poolswitch.observe.Counters;
import org.poolswitch.sctp.wire.Bytes;
import org.poolswitch.sctp.wire.CommonHeader;

/** Builds one packet at a time in one buffer and hands it to the transmitter. */
final class PacketBuilder {
    private final byte[] packet = new byte[65_536];
    private final CRC32C crc = new CRC32C();
    private final InetAddress local;
    private final SctpTransmitter out;
    private final Counters counters;
    private final int limit;
    private int length;

    PacketBuilder(final InetAddress local, final SctpTransmitter out, final Counters counters, final int pathMtu) {
        this.local = local;
        this.out = out;
        this.counters = counters;
        this.limit = pathMtu;
    }

    void begin(final int sourcePort, final int destinationPort, final int tag) {
        CommonHeader.put(packet, 0, sourcePort, destinationPort, tag);
        length = CommonHeader.LENGTH;
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

    boolean isEmpty() {
        return length == CommonHeader.LENGTH;
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

    void send(final InetAddress host, final int udpPort, final long nowNs) {
        CommonHeader.seal(crc, packet, 0, length);
        counters.increment(SctpCounter.PACKETS_SENT);
        out.transmit(local, host, udpPort, packet, 0, length, nowNs);
    }
}
