// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A packet that the endpoint sent.
 *
 * @param atNs when, on the tester's clock
 * @param to   which of the tester's addresses it goes to
 */
record Packet(long atNs, InetAddress from, InetAddress to, int sourcePort, int destinationPort, int tag, int octets,
    List<Chunk> chunks) {
    private static final int HEADER = 12;

    /** Header and chunks as they go on the wire (RFC 9260 section 3): padded with zeros, with the checksum. */
    static byte[] bytes(final int source, final int destination, final int tag, final Chunk... chunks) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(HEADER).putShort((short) source).putShort((short) destination).putInt(tag)
            .array());
        for (final Chunk chunk : chunks) {
            out.writeBytes(ByteBuffer.allocate(4).put((byte) chunk.type()).put((byte) chunk.flags())
                .putShort((short) (4 + chunk.value().length)).array());
            out.writeBytes(chunk.value());
            out.writeBytes(new byte[-out.size() & 3]);
        }
        return sealed(out.toByteArray());
    }

    /** Stores the checksum, whose octets go least significant first (RFC 9260 appendix A). */
    static byte[] sealed(final byte[] packet) {
        ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN).putInt(8, checksum(packet));
        return packet;
    }

    private static int checksum(final byte[] packet) {
        final byte[] copy = packet.clone();
        Arrays.fill(copy, 8, HEADER, (byte) 0);
        final CRC32C crc = new CRC32C();
        crc.update(copy);
        return (int) crc.getValue();
    }

    /** Reads what the endpoint sent, and fails if any octet of its framing is wrong. */
    static Packet parse(final long atNs, final InetAddress from, final InetAddress to, final byte[] b) {
        assertThat(ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN).getInt(8)).as("checksum").isEqualTo(checksum(b));
        assertThat(b.length % 4).as("octets after the last whole word").isZero();
        final ByteBuffer in = ByteBuffer.wrap(b);
        final List<Chunk> chunks = new ArrayList<>();
        int at = HEADER;
        while (at < b.length) {
            final int length = in.getShort(at + 2) & 0xffff;
            final int end = at + length;
            final int padded = at + (length + 3 & ~3);
            assertThat(length).as("chunk length").isBetween(4, b.length - at);
            assertThat(Arrays.copyOfRange(b, end, padded)).as("padding").containsOnly(new byte[padded - end]);
            chunks.add(new Chunk(b[at] & 0xff, b[at + 1] & 0xff, Arrays.copyOfRange(b, at + 4, end)));
            at = padded;
        }
        assertThat(chunks).as("chunks").isNotEmpty();
        final Packet packet = new Packet(atNs, from, to, in.getShort(0) & 0xffff, in.getShort(2) & 0xffff,
            in.getInt(4), b.length, chunks);
        packet.checkBundling();
        chunks.forEach(Chunk::check);
        return packet;
    }

    /** Section 6.10: INIT, INIT ACK and SHUTDOWN COMPLETE travel alone, control chunks before DATA. */
    private void checkBundling() {
        if (has(Chunk.INIT) || has(Chunk.INIT_ACK) || has(Chunk.SHUTDOWN_COMPLETE)) {
            assertThat(types()).hasSize(1);
        }
        assertThat(has(Chunk.COOKIE_ECHO) && types().get(0) != Chunk.COOKIE_ECHO).as("late COOKIE ECHO").isFalse();
        assertThat(has(Chunk.COOKIE_ACK) && types().get(0) != Chunk.COOKIE_ACK).as("late COOKIE ACK").isFalse();
        assertThat(has(Chunk.ABORT) && has(Chunk.DATA)).as("DATA with ABORT").isFalse();
        final int first = types().indexOf(Chunk.DATA);
        assertThat(first < 0 || types().subList(first, types().size()).stream().allMatch(t -> t == Chunk.DATA))
            .as("control chunks come before DATA").isTrue();
    }

    Packet without(final int type) {
        return new Packet(atNs, from, to, sourcePort, destinationPort, tag, octets,
            chunks.stream().filter(c -> c.type() != type).toList());
    }

    List<Integer> types() {
        return chunks.stream().map(Chunk::type).toList();
    }

    boolean has(final int type) {
        return types().contains(type);
    }

    /** The first chunk of that type. */
    Chunk chunk(final int type) {
        assertThat(types()).contains(type);
        return chunks.get(types().indexOf(type));
    }

    Chunk first() {
        return chunks.get(0);
    }
}
