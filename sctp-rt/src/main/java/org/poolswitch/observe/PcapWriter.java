// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.observe;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes a capture file that Wireshark opens: classic pcap with nanoseconds, link type RAW (packets begin with their IP
 * header). The IP and UDP headers are made up round what was sent; lengths and checksums are right. One thread.
 *
 * <pre>
 *  file:   magic 0xa1b23c4d | 2 | 4 | 0 | 0 | snap length | link type 101
 *  record: seconds | nanoseconds | octets here | octets on the wire | IP header | [UDP header] | payload
 * </pre>
 */
public final class PcapWriter implements Closeable {
    /** File size at which writing stops. 1 GiB: some ten minutes at 10,000 packets a second, and Wireshark opens it. */
    public static final long DEFAULT_LIMIT_OCTETS = 1L << 30;

    private static final int MAGIC_NANOSECONDS = 0xa1b23c4d;
    private static final int LINKTYPE_RAW = 101;
    private static final int SNAP_LENGTH = 262_144;
    private static final int BUFFER = 128 * 1024;
    private static final int RECORD_HEADER = 16;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int UDP_HEADER = 8;
    private static final int UDP = 17;
    private static final int SCTP = 132;
    private static final int LONGEST_IP = 65_535;

    private final OutputStream out;
    /** The same as a file, or null if it is none. */
    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private final long limit;
    private long written;
    private long dropped;
    private int ipIdentification;
    /** Octets of whole records that the operating system has. */
    private long handedOver;
    private String ended;

    /** Writes to a stream. */
    public PcapWriter(final OutputStream out, final long limitOctets) throws IOException {
        this(out, null, limitOctets);
    }

    private PcapWriter(final OutputStream out, final FileChannel file, final long limitOctets) throws IOException {
        this.out = out;
        this.file = file;
        this.limit = limitOctets;
        buffer.order(ByteOrder.BIG_ENDIAN).putInt(MAGIC_NANOSECONDS).putShort((short) 2).putShort((short) 4).putInt(0)
            .putInt(0).putInt(SNAP_LENGTH).putInt(LINKTYPE_RAW);
        written = buffer.position();
        flush();
    }

    /** Creates or overwrites a file. */
    public static PcapWriter create(final Path file, final long limitOctets) throws IOException {
        final FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
        return new PcapWriter(Channels.newOutputStream(channel), channel, limitOctets);
    }

    /**
     * Adds one UDP datagram.
     *
     * @param epochNs nanoseconds since 1970
     */
    public void udp(final long epochNs, final InetAddress from, final int fromPort, final InetAddress to,
        final int toPort, final byte[] payload, final int offset, final int length) {
        final int udpLength = UDP_HEADER + length;
        if (!begin(epochNs, from, to, UDP, udpLength)) {
            return;
        }
        final int udpAt = buffer.position();
        buffer.putShort((short) fromPort).putShort((short) toPort).putShort((short) udpLength).putShort((short) 0)
            .put(payload, offset, length);
        final byte[] source = from.getAddress();
        final byte[] destination = to.getAddress();
        long sum = InternetChecksum.add(0, source, 0, source.length);
        sum = InternetChecksum.add(sum, destination, 0, destination.length) + UDP + udpLength;
        final int checksum = InternetChecksum.finish(InternetChecksum.add(sum, buffer.array(), udpAt, udpLength));
        // an all-zero checksum means "none" (RFC 768), so zero is sent as its other form
        buffer.putShort(udpAt + 6, (short) (checksum == 0 ? 0xffff : checksum));
    }

    /** Adds one SCTP packet that travelled straight over IP. */
    public void sctp(final long epochNs, final InetAddress from, final InetAddress to, final byte[] payload,
        final int offset, final int length) {
        if (begin(epochNs, from, to, SCTP, length)) {
            buffer.put(payload, offset, length);
        }
    }

    private boolean begin(final long epochNs, final InetAddress from, final InetAddress to, final int protocol,
        final int length) {
        final byte[] source = from.getAddress();
        final byte[] destination = to.getAddress();
        final boolean v4 = source.length == 4;
        final int total = (v4 ? IPV4_HEADER : IPV6_HEADER) + length;
        final int record = RECORD_HEADER + total;
        if (ended == null && written + record > limit) {
            ended = "it has " + written + " octets, the most that it may have";
        }
        if (ended != null || total > LONGEST_IP || source.length != destination.length) {
            dropped++;
            return false;
        }
        if (buffer.remaining() < record) {
            flushQuietly();
        }
        written += record;
        buffer.putInt((int) (epochNs / 1_000_000_000L)).putInt((int) (epochNs % 1_000_000_000L)).putInt(total)
            .putInt(total);
        if (v4) {
            final int at = buffer.position();
            buffer.put((byte) 0x45).put((byte) 0).putShort((short) total).putShort((short) ipIdentification++)
                .putShort((short) 0x4000).put((byte) 64).put((byte) protocol).putShort((short) 0).put(source)
                .put(destination);
            final long sum = InternetChecksum.add(0, buffer.array(), at, IPV4_HEADER);
            buffer.putShort(at + 10, (short) InternetChecksum.finish(sum));
        } else {
            buffer.putInt(0x60000000).putShort((short) length).put((byte) protocol).put((byte) 64).put(source)
                .put(destination);
        }
        return true;
    }

    /** Hands what is buffered to the operating system, where it survives the end of this process. */
    public void flush() throws IOException {
        final int octets = buffer.position();
        out.write(buffer.array(), 0, octets);
        buffer.clear();
        out.flush();
        handedOver += octets;
    }

    /** The same for callers on a hot path: a full disk ends the capture, not the node. */
    public void flushQuietly() {
        if (buffer.position() == 0) {
            return;
        }
        try {
            flush();
        } catch (final IOException e) {
            ended = e.getMessage();
            buffer.clear();
            cutOff();
        }
    }

    /** A record of which only a part could be written would have its reader complain about the whole file. */
    private void cutOff() {
        try {
            if (file != null) {
                file.truncate(handedOver);
            }
        } catch (final IOException e) {
            ended += ", and its last record is not whole";
        }
    }

    /** Why nothing is written any more, in words, or null. */
    public String ended() {
        return ended;
    }

    /** Packets left out because the file is full, could not be written, or they fit no IP packet. */
    public long dropped() {
        return dropped;
    }

    @Override
    public void close() throws IOException {
        flushQuietly();
        out.close();
    }
}
