// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.observe;

import java.net.InetAddress;
import java.time.Instant;

/**
 * Writes what a transport sends into a capture file, and what it receives too if asked. When every node of a deployment
 * writes what it sends, the files merged show every packet once.
 */
public final class PcapTap implements PacketTap {
    private final PcapWriter writer;
    private final boolean alsoReceived;
    private final long epochOffsetNs;

    /** For the real clock: {@code nowNs} is {@code System.nanoTime()}. */
    public PcapTap(final PcapWriter writer, final boolean alsoReceived) {
        this(writer, alsoReceived, epochOffset());
    }

    /** @param epochOffsetNs what to add to {@code nowNs} to get nanoseconds since 1970; for virtual time */
    public PcapTap(final PcapWriter writer, final boolean alsoReceived, final long epochOffsetNs) {
        this.writer = writer;
        this.alsoReceived = alsoReceived;
        this.epochOffsetNs = epochOffsetNs;
    }

    private static long epochOffset() {
        final Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano() - System.nanoTime();
    }

    @Override
    public void sent(final long nowNs, final InetAddress from, final int fromPort, final InetAddress to,
        final int toPort, final byte[] packet, final int offset, final int length) {
        writer.udp(nowNs + epochOffsetNs, from, fromPort, to, toPort, packet, offset, length);
    }

    @Override
    public void received(final long nowNs, final InetAddress from, final int fromPort, final InetAddress to,
        final int toPort, final byte[] packet, final int offset, final int length) {
        if (alsoReceived) {
            writer.udp(nowNs + epochOffsetNs, from, fromPort, to, toPort, packet, offset, length);
        }
    }

    @Override
    public void endOfBatch() {
        // once per batch: a process that is killed the next moment leaves a whole file behind
        writer.flushQuietly();
    }
}
