// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.poolswitch.runtime.MalformedException;

/** Capture files in and out. */
class PcapTest {
    private static final long TIME = 1_700_000_000_123_456_789L;

    private static byte[] resource(final String name) throws IOException {
        try (var in = PcapTest.class.getResourceAsStream("/captures/" + name)) {
            return in.readAllBytes();
        }
    }

    private static InetAddress ip(final String literal) throws IOException {
        return InetAddress.getByName(literal);
    }

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        final ByteArrayOutputStream file = new ByteArrayOutputStream();
        final byte[] payload = {1, 2, 3, 4, 5};
        try (PcapWriter writer = new PcapWriter(file, 10_000)) {
            writer.udp(TIME, ip("127.0.0.1"), 9899, ip("127.0.0.2"), 40_000, payload, 1, 3);
            writer.udp(TIME + 1, ip("::1"), 1, ip("::2"), 2, payload, 0, 5);
            writer.sctp(TIME + 2, ip("10.0.0.1"), ip("10.0.0.2"), payload, 0, 4);
        }
        final List<CapturedPacket> packets = PcapReader.read(file.toByteArray());
        assertThat(packets).hasSize(3);
        assertThat(packets.get(0).timeNs()).isEqualTo(TIME);
        assertThat(packets.get(0).from()).isEqualTo(ip("127.0.0.1"));
        assertThat(packets.get(0).protocol()).isEqualTo(CapturedPacket.UDP);
        assertThat(packets.get(0).payload()).endsWith(2, 3, 4).hasSize(11);
        assertThat(packets.get(1).to()).isEqualTo(ip("::2"));
        assertThat(packets.get(2).protocol()).isEqualTo(CapturedPacket.SCTP);
        assertThat(packets.get(2).payload()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void checksumsAddUp() throws Exception {
        final ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (PcapWriter writer = new PcapWriter(file, 10_000)) {
            writer.udp(TIME, ip("192.0.2.1"), 9899, ip("192.0.2.2"), 40_000, new byte[] {7, 8, 9}, 0, 3);
        }
        final byte[] b = file.toByteArray();
        final int ip = 24 + 16;
        assertThat(InternetChecksum.finish(InternetChecksum.add(0, b, ip, 20))).isZero();
        final long pseudo = InternetChecksum.add(0, b, ip + 12, 8) + 17 + 11;
        assertThat(InternetChecksum.finish(InternetChecksum.add(pseudo, b, ip + 20, 11))).isZero();
    }

    @Test
    void theFileStopsGrowingAtItsLimit() throws Exception {
        final ByteArrayOutputStream file = new ByteArrayOutputStream();
        final PcapWriter writer = new PcapWriter(file, 24 + 2 * (16 + 28 + 100));
        for (int i = 0; i < 5; i++) {
            writer.udp(TIME, ip("127.0.0.1"), 1, ip("127.0.0.1"), 2, new byte[100], 0, 100);
        }
        writer.close();
        assertThat(writer.dropped()).isEqualTo(3);
        assertThat(PcapReader.read(file.toByteArray())).hasSize(2);
    }

    @Test
    void itSaysWhyItStopped() throws Exception {
        final ByteArrayOutputStream full = new ByteArrayOutputStream();
        final PcapWriter small = new PcapWriter(full, 100);
        assertThat(small.ended()).isNull();
        small.udp(0, InetAddress.getLoopbackAddress(), 1, InetAddress.getLoopbackAddress(), 2, new byte[60], 0, 60);
        assertThat(small.ended()).isEqualTo("it has 24 octets, the most that it may have");
        final PcapWriter broken = new PcapWriter(new OutputStream() {
            private int room = 24;

            @Override
            public void write(final int octet) throws IOException {
                if (room-- == 0) {
                    throw new IOException("No space left on device");
                }
            }
        }, PcapWriter.DEFAULT_LIMIT_OCTETS);
        broken.udp(0, InetAddress.getLoopbackAddress(), 1, InetAddress.getLoopbackAddress(), 2, new byte[60], 0, 60);
        broken.flushQuietly();
        assertThat(broken.ended()).isEqualTo("No space left on device");
    }

    @Test
    void theIsupCaptureYieldsItsSixMessages() throws Exception {
        final List<SctpData> data = SctpDataExtractor.extract(PcapReader.read(resource("isup-call.pcap")), 9899);
        assertThat(data).hasSize(6).allMatch(d -> d.ppid() == 3);
        assertThat((data.get(5).timeNs() - data.get(0).timeNs()) / 1_000_000).isBetween(14_259L, 14_260L);
        // M3UA: version 1, class 1 (transfer), type 1 (DATA)
        assertThat(data.get(0).payload()).startsWith(1, 0, 1, 1);
    }

    @Test
    void bigEndianAndEthernetAreRead() throws Exception {
        final List<SctpData> data = SctpDataExtractor.extract(PcapReader.read(resource("megaco-sctp.pcap")), 9899);
        assertThat(data).hasSize(1);
        assertThat(new String(data.get(0).payload(), StandardCharsets.US_ASCII)).startsWith("MEGACO/2 ");
        final List<CapturedPacket> ras = PcapReader.read(resource("ras-call.pcap"));
        assertThat(ras).hasSizeGreaterThan(14).allMatch(p -> p.protocol() == CapturedPacket.UDP);
    }

    @Test
    void pcapngInBothByteOrdersWithItsOwnTimeResolution() throws Exception {
        for (final ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            final byte[] packet = ipv4Udp();
            final int padded = packet.length + 3 & ~3;
            final ByteBuffer b = ByteBuffer.allocate(28 + 32 + 32 + padded).order(order);
            b.putInt(0x0A0D0D0A).putInt(28).putInt(0x1A2B3C4D).putShort((short) 1).putShort((short) 0).putLong(-1)
                .putInt(28);
            b.putInt(1).putInt(32).putShort((short) 101).putShort((short) 0).putInt(0)
                .putShort((short) 9).putShort((short) 1).put((byte) 9).put(new byte[3]).putInt(0).putInt(32);
            b.putInt(6).putInt(32 + padded).putInt(0).putInt((int) (TIME >>> 32)).putInt((int) TIME)
                .putInt(packet.length).putInt(packet.length).put(packet).put(new byte[padded - packet.length])
                .putInt(32 + padded);
            final List<CapturedPacket> packets = PcapReader.read(b.array());
            assertThat(packets).hasSize(1);
            assertThat(packets.get(0).timeNs()).isEqualTo(TIME);
        }
    }

    @Test
    void vlanAndCookedFramesAreUnwrapped() throws Exception {
        final byte[] packet = ipv4Udp();
        final byte[] vlan = frame(new byte[12], 0x8100, 0x0005, 0x88a8, 0x0006, 0x0800);
        assertThat(LinkLayer.unwrap(1, 0, join(vlan, packet)).payload()).hasSize(8);
        assertThat(LinkLayer.unwrap(113, 0, join(frame(new byte[14], 0x0800), packet)).payload()).hasSize(8);
        final byte[] sll2 = new byte[20];
        sll2[0] = 8;
        assertThat(LinkLayer.unwrap(276, 0, join(sll2, packet)).payload()).hasSize(8);
        assertThat(LinkLayer.unwrap(0, 0, join(new byte[] {2, 0, 0, 0}, packet)).payload()).hasSize(8);
        assertThat(LinkLayer.unwrap(113, 0, join(frame(new byte[14], 0x0806), packet))).isNull();
    }

    @Test
    void fragmentsAreReassembledAndRepeatsDropped() throws Exception {
        final ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (PcapWriter writer = new PcapWriter(file, 10_000)) {
            for (final int tsn : new int[] {-1, 1, 0, 0, 2}) {
                final byte[] sctp = data(tsn, tsn == -1 ? 2 : tsn == 0 ? 0 : tsn == 1 ? 1 : 3);
                writer.udp(TIME, ip("127.0.0.1"), 50_000, ip("127.0.0.2"), 9899, sctp, 0, sctp.length);
            }
        }
        final List<SctpData> found = SctpDataExtractor.extract(PcapReader.read(file.toByteArray()), 9899);
        assertThat(found).hasSize(2);
        assertThat(found.get(0).payload()).containsExactly(-1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0);
        assertThat(found.get(1).payload()).containsExactly(2, 0, 0, 0);
        assertThat(found.get(1).ppid()).isEqualTo(13);
    }

    @Test
    void garbageIsRefusedOrSkippedButNothingElse() throws Exception {
        assertThatThrownBy(() -> PcapReader.read(new byte[40])).isInstanceOf(MalformedException.class);
        final SplittableRandom random = new SplittableRandom(11);
        for (final String name : List.of("isup-call.pcap", "megaco-sctp.pcap", "ras-call.pcap")) {
            final byte[] original = resource(name);
            for (int i = 0; i < 5000; i++) {
                final byte[] mutant = java.util.Arrays.copyOf(original, random.nextInt(original.length + 1));
                for (int m = random.nextInt(8); m >= 0 && mutant.length > 0; m--) {
                    mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
                }
                try {
                    SctpDataExtractor.extract(PcapReader.read(mutant), 9899);
                } catch (final MalformedException e) {
                    assertThat(e).hasMessageMatching(".+");
                }
            }
        }
    }

    /** A DATA chunk with four octets of data in a packet of its own. */
    private static byte[] data(final int tsn, final int flags) {
        return ByteBuffer.allocate(32).putShort((short) 1).putShort((short) 2).putInt(99).putInt(0).put((byte) 0)
            .put((byte) flags).putShort((short) 20).putInt(tsn).putShort((short) 0).putShort((short) 0).putInt(13)
            .put((byte) tsn).array();
    }

    private static byte[] ipv4Udp() throws IOException {
        final ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (PcapWriter writer = new PcapWriter(file, 10_000)) {
            writer.udp(TIME, ip("127.0.0.1"), 1, ip("127.0.0.2"), 2, new byte[0], 0, 0);
        }
        final byte[] all = file.toByteArray();
        return java.util.Arrays.copyOfRange(all, 40, all.length);
    }

    private static byte[] frame(final byte[] head, final int... words) {
        final ByteBuffer b = ByteBuffer.allocate(head.length + 2 * words.length).put(head);
        for (final int word : words) {
            b.putShort((short) word);
        }
        return b.array();
    }

    private static ByteBuffer join(final byte[] a, final byte[] b) {
        return ByteBuffer.allocate(a.length + b.length).put(a).put(b).flip();
    }
}
