// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

/** Puts SACK and DATA chunks into as few packets as the path MTU allows (RFC 9260 section 6.10). */
final class Bundler {
    /** Room kept for a SACK: its header and a dozen blocks. */
    private static final int SACK_ROOM = 64;

    private final PacketBuilder packets;
    private final Path path;
    private final int localPort;
    private final int remotePort;
    private final int tag;
    private final long nowNs;

    /** @param packets a packet that has begun, perhaps with control chunks in it */
    Bundler(final PacketBuilder packets, final Path path, final int localPort, final int remotePort, final int tag,
        final long nowNs) {
        this.packets = packets;
        this.path = path;
        this.localPort = localPort;
        this.remotePort = remotePort;
        this.tag = tag;
        this.nowNs = nowNs;
    }

    private void next() {
        packets.send(path.host, path.udpPort, nowNs);
        packets.begin(localPort, remotePort, tag);
    }

    /** As much data as windows and burst allow; a SACK rides along if one waits. */
    void data(final Outbound outbound, final Inbound inbound, final int maxBurst) {
        int burst = maxBurst;
        while (burst > 0) {
            final int octets = nextOctets(outbound);
            if (octets == 0) {
                return;
            }
            if (octets > packets.room()) {
                next();
                burst--;
                continue;
            }
            if (packets.isEmpty() && inbound.maySack() && packets.room() >= octets + SACK_ROOM) {
                packets.wrote(inbound.writeSack(packets.buffer(), packets.at(), SACK_ROOM));
            }
            packets.wrote(outbound.writeNext(packets.buffer(), packets.at(), nowNs));
        }
    }

    private static int nextOctets(final Outbound outbound) {
        return outbound.hasMarked() && !outbound.maySendMarked() ? 0 : outbound.nextChunkOctets();
    }

    void sack(final Inbound inbound) {
        if (packets.room() < SACK_ROOM) {
            next();
        }
        packets.wrote(inbound.writeSack(packets.buffer(), packets.at(), packets.room()));
    }

    void end() {
        if (!packets.isEmpty()) {
            packets.send(path.host, path.udpPort, nowNs);
        }
    }
}
