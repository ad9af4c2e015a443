// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.observe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.poolswitch.runtime.MalformedException;

/**
 * Reads capture files: classic pcap (either byte order, microseconds or nanoseconds) and pcapng. What is cut off at the
 * file's end is ignored, because a capture is often stopped in the middle of a packet; what is not IP is skipped.
 */
public final class PcapReader {
    /** Largest file read. 1 GiB, for the file is held in memory. */
    public static final long LIMIT_OCTETS = 1L << 30;

    private static final int PCAP_MICROSECONDS = 0xa1b2c3d4;
    private static final int PCAP_NANOSECONDS = 0xa1b23c4d;
    private static final int PCAP_HEADER = 24;
    private static final int PCAP_RECORD = 16;

    private final ByteBuffer in;
    private final List<CapturedPacket> packets = new ArrayList<>();
    private int skipped;

    private PcapReader(final ByteBuffer in) {
        this.in = in;
    }

    /** All IP packets of a file, in the file's order. */
    public static List<CapturedPacket> read(final Path file) throws IOException, MalformedException {
        if (Files.size(file) > LIMIT_OCTETS) {
            throw new MalformedException("the capture is larger than 1 GiB");
        }
        return read(Files.readAllBytes(file));
    }

    /** All IP packets of a capture in memory. */
    public static List<CapturedPacket> read(final byte[] file) throws MalformedException {
        final PcapReader reader = new PcapReader(ByteBuffer.wrap(file));
        reader.readAll();
        return reader.packets;
    }

    private void readAll() throws MalformedException {
        if (in.remaining() < PCAP_HEADER) {
            throw new MalformedException("too short for a capture file");
        }
        final int magic = in.getInt(0);
        if (magic == PcapngBlocks.SECTION_HEADER) {
            new PcapngBlocks(in).forEach(this::packet);
            return;
        }
        final int swapped = Integer.reverseBytes(magic);
        if (swapped == PCAP_MICROSECONDS || swapped == PCAP_NANOSECONDS) {
            in.order(ByteOrder.LITTLE_ENDIAN);
        } else if (magic != PCAP_MICROSECONDS && magic != PCAP_NANOSECONDS) {
            throw new MalformedException("neither pcap nor pcapng");
        }
        final long nsPerUnit = in.getInt(0) == PCAP_NANOSECONDS ? 1 : 1000;
        // the upper bits may carry the length of a frame check sequence
        final int linkType = in.getInt(20) & 0xffff;
        in.position(PCAP_HEADER);
        while (in.remaining() >= PCAP_RECORD) {
            final long seconds = in.getInt() & 0xffffffffL;
            final long fraction = in.getInt() & 0xffffffffL;
            final int length = in.getInt();
            in.getInt();
            if (length < 0 || length > in.remaining()) {
                return;
            }
            packet(seconds * 1_000_000_000L + fraction * nsPerUnit, linkType, in.position(), length);
            in.position(in.position() + length);
        }
    }

    private void packet(final long timeNs, final int linkType, final int offset, final int length) {
        try {
            final ByteBuffer frame = in.duplicate().order(ByteOrder.BIG_ENDIAN);
            frame.limit(offset + length).position(offset);
            final CapturedPacket packet = LinkLayer.unwrap(linkType, timeNs, frame.slice());
            if (packet != null) {
                packets.add(packet);
                return;
            }
        } catch (final MalformedException e) {
            // counted below like everything else that is not a whole IP packet
            skipped++;
            return;
        }
        skipped++;
    }

    /** Frames left out; for tests. */
    int skipped() {
        return skipped;
    }
}
