// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.wire.Bytes;
import org.poolswitch.sctp.wire.ChunkType;

/** What peers once made an endpoint need and it needs no more, counted by the heap: no window accounts for it. */
class RetainedMemoryTest {
    private static final long MS = 1_000_000L;
    private static final int PORT = FuzzEnd.PORT;
    private static final int PEERS = 16;
    private static final int STREAMS = 15_000;
    private static final int CHUNKS_PER_PACKET = 500;

    private final FuzzEnd end = new FuzzEnd(1, SctpConfig.carrier().with("Streams.In=65535"), new SplittableRandom(1));
    private final long now = MS;

    private static long usedHeap() {
        System.gc();
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void arrive(final InetAddress host, final byte[] packet) {
        end.arrive(host, packet, now);
        end.core.poll(end, Integer.MAX_VALUE, now);
        end.core.flush(now);
    }

    /** @return the tag of what the peer sends */
    private int setUp(final InetAddress host) {
        end.out.clear();
        arrive(host, Forge.packet(7, PORT, 0, Forge.chunk(ChunkType.INIT, 0,
            Forge.words(77, 100_000, STREAMS << 16 | 10, 1))));
        final byte[] initAck = Forge.chunks(end.out.poll().bytes()).get(0);
        final int tag = Bytes.i32(initAck, 4);
        int at = 20;
        while (Bytes.u16(initAck, at) != 7) {
            at += Bytes.padded(Bytes.u16(initAck, at + 2));
        }
        arrive(host, Forge.packet(7, PORT, tag, Forge.chunk(ChunkType.COOKIE_ECHO, 0,
            Arrays.copyOfRange(initAck, at + 4, at + Bytes.u16(initAck, at + 2)))));
        return tag;
    }

    /** Messages of one octet with this sequence number on all streams. */
    private void send(final InetAddress host, final int tag, final int ssn, final int firstTsn) {
        final List<byte[]> chunks = new ArrayList<>();
        for (int stream = 0; stream < STREAMS; stream++) {
            chunks.add(Forge.data(3, firstTsn + stream, stream, ssn, new byte[1]));
            if (chunks.size() == CHUNKS_PER_PACKET) {
                arrive(host, Forge.packet(7, PORT, tag, chunks));
                chunks.clear();
            }
        }
        end.out.clear();
    }

    private void comeInTheWrongOrder(final int last) {
        final InetAddress host = FuzzEnd.host(last);
        final int tag = setUp(host);
        send(host, tag, 1, 1);
        assertThat(end.core.heldOctets()).isGreaterThan(200L * STREAMS);
        send(host, tag, 0, 1 + STREAMS);
        assertThat(end.core.heldOctets()).isZero();
    }

    @Test
    void nothingIsKeptOfStreamsThatAreInOrderAgain() {
        comeInTheWrongOrder(2);
        final long before = usedHeap();
        for (int i = 0; i < PEERS; i++) {
            comeInTheWrongOrder(3 + i);
        }
        assertThat(end.messages).isEqualTo(2 * STREAMS * (1 + PEERS));
        // two octets for each stream's next number
        assertThat(usedHeap() - before).isLessThan(PEERS * 4L * STREAMS + (1 << 20));
    }
}
