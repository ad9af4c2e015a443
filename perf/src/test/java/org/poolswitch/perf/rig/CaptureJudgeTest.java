// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.poolswitch.observe.PcapWriter;
import org.poolswitch.perf.Peers;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.core.SctpEndpointCore;

/** What is right or wrong with a capture, and what only looks like it. */
class CaptureJudgeTest {
    private static final long LIMIT = 1 << 20;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int PACKETS = 40;
    private static final int PORT = 5001;

    @TempDir
    private Path folder;
    private Path capture;

    @BeforeEach
    void aCaptureOfInits() throws Exception {
        Peers.need("tshark", InteropSuite.PACKAGES);
        capture = folder.resolve("inits.pcap");
        final InetAddress ours = InetAddress.getByName("127.1.0.1");
        final InetAddress theirs = InetAddress.getByName("127.1.0.2");
        try (PcapWriter pcap = PcapWriter.create(capture, LIMIT)) {
            for (int i = 0; i < PACKETS; i++) {
                final long now = i * SECOND_NS;
                final SctpEndpointCore core = new SctpEndpointCore(SctpConfig.carrier(), SctpAddress.of(ours, PORT, 0),
                    false, new SplittableRandom(i), (from, to, port, packet, offset, length, at) ->
                        pcap.sctp(now, from, to, packet, offset, length));
                core.connect(SctpAddress.of(theirs, PORT, 0), now);
                core.flush(now);
            }
        }
    }

    private void write(final long at, final int octet) throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(capture.toFile(), "rw")) {
            file.seek(at);
            file.write(octet);
        }
    }

    @Test
    void aWholeCaptureIsRight() throws Exception {
        assertThat(CaptureJudge.complaints(capture)).isEmpty();
    }

    @Test
    void aWrongChecksumIsSeenInOneThatWasCutShortAsWell() throws Exception {
        cutShort();
        final long withinTheFirstPacket = 24 + 16 + 20 + 4;
        write(withinTheFirstPacket, 0xEE);
        assertThat(CaptureJudge.complaints(capture, true)).startsWith("tshark complains of 1 packets");
    }

    @Test
    void onlyWhoWasKilledMayLeaveItsLastPacketUnfinished() throws Exception {
        cutShort();
        assertThat(CaptureJudge.complaints(capture, true)).isEmpty();
        assertThat(CaptureJudge.complaints(capture, false)).contains("cut short");
    }

    @Test
    void whatIsNoCaptureIsNeverExcused() throws Exception {
        write(0, 0);
        assertThat(CaptureJudge.complaints(capture, true)).startsWith("tshark cannot read");
    }

    private void cutShort() throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(capture.toFile(), "rw")) {
            file.setLength(file.length() - 7);
        }
    }
}
