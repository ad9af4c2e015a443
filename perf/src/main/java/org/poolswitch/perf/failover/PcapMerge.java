// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.failover;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.poolswitch.observe.CapturedPacket;
import org.poolswitch.observe.PcapReader;
import org.poolswitch.observe.PcapWriter;
import org.poolswitch.runtime.MalformedException;

/** Puts the captures of several processes, each of which wrote what it sent, into one file ordered by time. */
final class PcapMerge {
    private static final int UDP_HEADER = 8;

    private PcapMerge() {
    }

    /** @return the packets written, in order */
    static List<CapturedPacket> merge(final List<Path> captures, final Path merged) throws IOException {
        final List<CapturedPacket> packets = new ArrayList<>();
        for (final Path capture : captures) {
            if (Files.exists(capture)) {
                packets.addAll(read(capture));
            }
        }
        packets.sort(Comparator.comparingLong(CapturedPacket::timeNs));
        try (PcapWriter out = PcapWriter.create(merged, PcapWriter.DEFAULT_LIMIT_OCTETS)) {
            for (final CapturedPacket p : packets) {
                if (p.protocol() == CapturedPacket.UDP) {
                    final ByteBuffer udp = ByteBuffer.wrap(p.payload());
                    out.udp(p.timeNs(), p.from(), udp.getShort(0) & 0xffff, p.to(), udp.getShort(2) & 0xffff,
                        p.payload(), UDP_HEADER, p.payload().length - UDP_HEADER);
                } else {
                    out.sctp(p.timeNs(), p.from(), p.to(), p.payload(), 0, p.payload().length);
                }
            }
        }
        return packets;
    }

    private static List<CapturedPacket> read(final Path capture) throws IOException {
        try {
            return PcapReader.read(capture);
        } catch (final MalformedException e) {
            throw new IOException(capture + ": " + e.getMessage(), e);
        }
    }
}
