// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.wire.Bytes;
import org.poolswitch.sctp.wire.ChunkType;
import org.poolswitch.sctp.wire.CommonHeader;

/** Packets made by hand, for an endpoint in an association. */
class SctpEndpointCoreTest {
    private final Pair pair = new Pair().connect();

    /** The last packet that A would send, taken off the wire. */
    private byte[] dataOfA(final String text) {
        pair.send(pair.a, text);
        pair.a.core.flush(pair.now);
        return pair.a.out.poll();
    }

    private static byte[] sealed(final byte[] packet) {
        CommonHeader.seal(new CRC32C(), packet, 0, packet.length);
        return packet;
    }

    /** A packet with A's header and one chunk. */
    private byte[] chunk(final int type, final int flags, final byte[] value) {
        final byte[] header = dataOfA("x");
        pair.arrive(pair.z, header);
        final byte[] packet = Arrays.copyOf(header, 12 + Bytes.padded(4 + value.length));
        Arrays.fill(packet, 12, packet.length, (byte) 0);
        packet[12] = (byte) type;
        packet[13] = (byte) flags;
        Bytes.put16(packet, 14, 4 + value.length);
        System.arraycopy(value, 0, packet, 16, value.length);
        return sealed(packet);
    }

    private int typeOfNextReply() {
        pair.z.core.flush(pair.now);
        return pair.z.out.isEmpty() ? -1 : pair.z.out.poll()[12] & 0xff;
    }

    @Test
    void unknownChunksAreSkippedOrEndThePacketAndAreReportedAsTheirBitsSay() {
        pair.arrive(pair.z, chunk(0xff, 0, new byte[5]));
        assertThat(typeOfNextReply()).isEqualTo(ChunkType.ERROR);
        pair.run(20 * Pair.MS);
        pair.arrive(pair.z, chunk(0xbf, 0, new byte[5]));
        assertThat(typeOfNextReply()).isNotEqualTo(ChunkType.ERROR);
        pair.run(20 * Pair.MS);
        pair.arrive(pair.z, chunk(0x7f, 0, new byte[5]));
        assertThat(typeOfNextReply()).isEqualTo(ChunkType.ERROR);
        assertThat(pair.z.core.counters().get(SctpCounter.UNKNOWN_CHUNKS)).isEqualTo(3);
        assertThat(pair.z.downs).isEmpty();
    }

    @Test
    void dataOnAStreamThatWasNotAgreedIsAcknowledgedReportedAndDropped() {
        final byte[] packet = dataOfA("hello");
        Bytes.put16(packet, 12 + 8, 60_000);
        pair.arrive(pair.z, sealed(packet));
        assertThat(typeOfNextReply()).isEqualTo(ChunkType.ERROR);
        pair.run(20 * Pair.MS);
        assertThat(pair.z.messages).isEmpty();
        // on another stream: on that one a message is missing now
        pair.send(pair.a, 2, "next");
        pair.run(20 * Pair.MS);
        assertThat(pair.z.downs).isEmpty();
        assertThat(pair.z.messages).contains("next");
    }

    @Test
    void aWrongChecksumOrTagChangesNothing() {
        final byte[] packet = dataOfA("hello");
        final byte[] bad = packet.clone();
        bad[30] ^= 1;
        pair.arrive(pair.z, bad);
        final byte[] foreign = packet.clone();
        foreign[4] ^= 1;
        pair.arrive(pair.z, sealed(foreign));
        assertThat(typeOfNextReply()).isEqualTo(-1);
        assertThat(pair.z.core.counters().get(SctpCounter.BAD_CHECKSUM)).isOne();
        assertThat(pair.z.core.counters().get(SctpCounter.BAD_VERIFICATION_TAG)).isOne();
        pair.arrive(pair.z, packet);
        pair.run(20 * Pair.MS);
        assertThat(pair.z.messages).containsExactly("hello");
    }

    @Test
    void dataWithoutUserDataEndsTheAssociation() {
        pair.arrive(pair.z, chunk(ChunkType.DATA, 3, new byte[12]));
        pair.run(20 * Pair.MS);
        assertThat(pair.z.downs).containsExactly(DownCause.PROTOCOL_VIOLATION);
        assertThat(pair.a.downs).containsExactly(DownCause.PEER_ABORTED);
    }

    @Test
    void aStrangersPacketIsAnsweredWithAbortThatReflectsItsTag() {
        final byte[] packet = dataOfA("hello");
        Bytes.put16(packet, 0, 777);
        Bytes.put32(packet, 4, 0x01020304);
        pair.arrive(pair.z, sealed(packet));
        pair.z.core.flush(pair.now);
        final byte[] answer = pair.z.out.poll();
        assertThat(answer[12]).isEqualTo((byte) ChunkType.ABORT);
        assertThat(answer[13]).isEqualTo((byte) 1);
        assertThat(Bytes.i32(answer, 4)).isEqualTo(0x01020304);
    }

    @Test
    void aTagOfZeroIsForInitOnly() {
        final byte[] packet = dataOfA("hello");
        Bytes.put16(packet, 0, 777);
        Bytes.put32(packet, 4, 0);
        pair.arrive(pair.z, sealed(packet));
        assertThat(typeOfNextReply()).isEqualTo(-1);
    }

    @Test
    void aStrangersAbortIsNotAnsweredWhereverItStands() {
        final byte[] packet = Arrays.copyOf(dataOfA("hello"), 20);
        Bytes.put16(packet, 0, 777);
        Bytes.put32(packet, 4, 0x01020304);
        Bytes.put32(packet, 12, ChunkType.SHUTDOWN_ACK << 24 | 4);
        Bytes.put32(packet, 16, ChunkType.ABORT << 24 | 4);
        pair.arrive(pair.z, sealed(packet));
        assertThat(typeOfNextReply()).isEqualTo(-1);
        Bytes.put32(packet, 16, ChunkType.PAD << 24 | 4);
        pair.arrive(pair.z, sealed(packet));
        assertThat(typeOfNextReply()).isEqualTo(ChunkType.SHUTDOWN_COMPLETE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void mutatedPacketsOfALiveAssociationNeverThrowAndOthersGoOn(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final Pair victim = new Pair().connect();
        for (int i = 0; i < 20_000; i++) {
            victim.send(victim.a, "message " + i);
            victim.a.core.flush(victim.now);
            byte[] packet = victim.a.out.poll();
            packet = packet == null ? new byte[40] : packet;
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                packet[(random.nextInt(8) == 0 ? 0 : 12)
                    + random.nextInt(packet.length - 12)] = (byte) random.nextInt();
            }
            victim.arrive(random.nextInt(10) == 0 ? victim.a : victim.z, sealed(packet));
            if (random.nextInt(40) == 0) {
                victim.run(5 * Pair.MS);
            }
            if (!victim.a.downs.isEmpty() || !victim.z.downs.isEmpty()) {
                victim.a.downs.clear();
                victim.z.downs.clear();
                victim.connect();
            }
        }
        // whatever became of that association: a new one works at once
        victim.connect();
        victim.z.messages.clear();
        victim.send(victim.a, "still here");
        victim.run(300 * Pair.MS);
        assertThat(victim.z.messages).contains("still here");
    }
}
