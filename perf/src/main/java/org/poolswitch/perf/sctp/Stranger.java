// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32C;
import org.poolswitch.sctp.wire.Bytes;
import org.poolswitch.sctp.wire.CommonHeader;

/** Sends random packets to somebody's UDP port, from nothing to nearly right, always the same ones. */
final class Stranger implements AutoCloseable {
    private static final int MOST = 400;
    private static final int LEAST = 16;
    private static final int CHUNK_TYPES = 16;
    private static final int SEED = 4960;
    private static final int PER_BURST = 20;

    private final DatagramChannel channel;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final CRC32C crc = new CRC32C();
    private final byte[] packet = new byte[MOST];

    /** @param to the SCTP port's UDP port, or what is compared with it */
    Stranger(final String from, final InetSocketAddress to) throws IOException {
        channel = DatagramChannel.open().bind(new InetSocketAddress(from, 0))
            .connect(to);
    }

    /** A thread that sends until it is stopped. */
    final class Flood {
        private volatile boolean over;
        private volatile long sent;
        private volatile IOException failure;
        private final Thread thread;

        private Flood(final int perSecond) {
            thread = new Thread(() -> send(perSecond), "stranger");
            thread.setDaemon(true);
            thread.start();
        }

        private void send(final int perSecond) {
            final long begin = System.nanoTime();
            try {
                while (!over) {
                    final long due = (System.nanoTime() - begin) * perSecond / Plan.SECOND_NS;
                    if (sent >= due) {
                        LockSupport.parkNanos(Plan.SECOND_NS * PER_BURST / perSecond);
                        continue;
                    }
                    channel.write(next());
                    sent++;
                }
            } catch (final IOException e) {
                failure = e;
            }
        }

        /** Ends it. @return how many went */
        long stop() throws IOException, InterruptedException {
            over = true;
            thread.join();
            if (failure != null) {
                throw new IOException("random packets could not be sent any more: is the peer gone?", failure);
            }
            return sent;
        }
    }

    Flood begin(final int perSecond) {
        return new Flood(perSecond);
    }

    private ByteBuffer next() {
        final int length = LEAST + random.nextInt(MOST - LEAST);
        random.nextBytes(packet);
        final int kind = random.nextInt(3);
        if (kind > 0) {
            CommonHeader.put(packet, 0, 1 + random.nextInt(65_535), SinkCommand.PORT,
                kind == 1 ? random.nextInt() : 0);
            chunk(length, kind == 1 ? random.nextInt(CHUNK_TYPES) : 1);
            CommonHeader.seal(crc, packet, 0, length);
        }
        return ByteBuffer.wrap(packet, 0, length);
    }

    /** A chunk that fills the packet; an INIT's fixed part makes sense, its parameters do not. */
    private void chunk(final int length, final int type) {
        final int at = CommonHeader.LENGTH;
        packet[at] = (byte) type;
        Bytes.put16(packet, at + 2, length - at);
        if (type == 1 && length >= at + 20) {
            Bytes.put32(packet, at + 8, 1 << 16);
            Bytes.put16(packet, at + 12, 1 + random.nextInt(8));
            Bytes.put16(packet, at + 14, 1 + random.nextInt(8));
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
