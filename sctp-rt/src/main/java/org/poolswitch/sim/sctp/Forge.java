// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim.sctp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.poolswitch.sctp.wire.Bytes;
import org.poolswitch.sctp.wire.ChunkType;
import org.poolswitch.sctp.wire.CommonHeader;

/** Makes packets chunk by chunk, good ones and others; the checksum is always right. */
public final class Forge {
    private Forge() {
    }

    /** A packet. Each chunk is taken as it is; its length field need not be true. */
    public static byte[] packet(final int source, final int destination, final int tag, final List<byte[]> chunks) {
        int length = CommonHeader.LENGTH;
        for (final byte[] chunk : chunks) {
            length += chunk.length;
        }
        final byte[] packet = new byte[length];
        CommonHeader.put(packet, 0, source, destination, tag);
        int n = CommonHeader.LENGTH;
        for (final byte[] chunk : chunks) {
            System.arraycopy(chunk, 0, packet, n, chunk.length);
            n += chunk.length;
        }
        return seal(packet);
    }

    /** A packet. */
    public static byte[] packet(final int source, final int destination, final int tag, final byte[]... chunks) {
        return packet(source, destination, tag, List.of(chunks));
    }

    /** Makes the checksum right. */
    public static byte[] seal(final byte[] packet) {
        if (packet.length >= CommonHeader.LENGTH) {
            CommonHeader.seal(new CRC32C(), packet, 0, packet.length);
        }
        return packet;
    }

    /** A chunk with its padding (RFC 9260 section 3.2). */
    public static byte[] chunk(final int type, final int flags, final byte... value) {
        final byte[] chunk = new byte[Bytes.padded(4 + value.length)];
        chunk[0] = (byte) type;
        chunk[1] = (byte) flags;
        Bytes.put16(chunk, 2, 4 + value.length);
        System.arraycopy(value, 0, chunk, 4, value.length);
        return chunk;
    }

    /** 32-bit words in network order. */
    public static byte[] words(final int... words) {
        final byte[] b = new byte[4 * words.length];
        for (int i = 0; i < words.length; i++) {
            Bytes.put32(b, 4 * i, words[i]);
        }
        return b;
    }

    /** Several arrays in one. */
    public static byte[] join(final byte[]... parts) {
        final byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int n = 0;
        for (final byte[] part : parts) {
            System.arraycopy(part, 0, all, n, part.length);
            n += part.length;
        }
        return all;
    }

    /** A DATA chunk; flags: 1 end, 2 beginning, 4 unordered, 8 acknowledge at once. */
    public static byte[] data(final int flags, final int tsn, final int stream, final int ssn, final byte... payload) {
        return chunk(ChunkType.DATA, flags, join(words(tsn, stream << 16 | ssn & 0xffff, 0), payload));
    }

    /** A SACK; {@code gaps} are start and end of each block. */
    public static byte[] sack(final int cumulative, final int window, final int... gaps) {
        final byte[] blocks = new byte[2 * gaps.length];
        for (int i = 0; i < gaps.length; i++) {
            Bytes.put16(blocks, 2 * i, gaps[i]);
        }
        return chunk(ChunkType.SACK, 0, join(words(cumulative, window, gaps.length / 2 << 16), blocks));
    }

    /** A FORWARD TSN; {@code streams} are stream and sequence number in turn. */
    public static byte[] forwardTsn(final int cumulative, final int... streams) {
        final byte[] list = new byte[2 * streams.length];
        for (int i = 0; i < streams.length; i++) {
            Bytes.put16(list, 2 * i, streams[i]);
        }
        return chunk(ChunkType.FORWARD_TSN, 0, join(words(cumulative), list));
    }

    /** An INIT or INIT ACK with 10 streams each way. */
    public static byte[] init(final int type, final int tag, final int tsn, final byte[]... parameters) {
        return chunk(type, 0, join(words(tag, 100_000, 10 << 16 | 10, tsn), join(parameters)));
    }

    /** A parameter or error cause with its padding. */
    public static byte[] tlv(final int type, final byte... value) {
        final byte[] tlv = new byte[Bytes.padded(4 + value.length)];
        Bytes.put16(tlv, 0, type);
        Bytes.put16(tlv, 2, 4 + value.length);
        System.arraycopy(value, 0, tlv, 4, value.length);
        return tlv;
    }

    /** Takes a good packet apart. */
    public static List<byte[]> chunks(final byte[] packet) {
        final List<byte[]> chunks = new ArrayList<>();
        for (int at = CommonHeader.LENGTH; at + 4 <= packet.length;) {
            final int end = Math.min(packet.length, at + Math.max(4, Bytes.padded(Bytes.u16(packet, at + 2))));
            chunks.add(Arrays.copyOfRange(packet, at, end));
            at = end;
        }
        return chunks;
    }
}
