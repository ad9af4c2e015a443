// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import org.poolswitch.observe.Counters;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.wire.Bytes;
import org.poolswitch.sctp.wire.ChunkType;
import org.poolswitch.sctp.wire.InitChunk;

/** Walks through the chunks of a packet and gives each to the part of its association that knows what it means. */
final class ChunkDispatcher {
    /** Looked at in one packet; as many of the shortest as a packet of 2,000 octets has. */
    static final int MOST_CHUNKS = 512;

    private final Agenda agenda;
    private final Counters counters;
    private final PacketWriter packets;

    ChunkDispatcher(final Shared shared, final PacketWriter packets) {
        this.agenda = shared.agenda();
        this.counters = shared.counters();
        this.packets = packets;
    }

    /** The chunks from the first to the end, which came on this path. */
    void chunks(final Association a, final Path path, final byte[] b, final int first, final int end,
        final long nowNs) throws MalformedException {
        if (first + 4 <= end && isAlone(b[first]) && first + Bytes.padded(Bytes.u16(b, first + 2)) < end) {
            throw new MalformedException("a chunk that must be alone has company");
        }
        int at = first;
        try {
            for (int n = 0; at + 4 <= end && !a.isClosed() && n < MOST_CHUNKS; n++) {
                final int length = Bytes.u16(b, at + 2);
                if (length < 4 || at + length > end) {
                    throw new MalformedException("a chunk's length is wrong");
                }
                if (at != first && isAlone(b[at])) {
                    throw new MalformedException("a chunk that must be alone comes behind another");
                }
                if (!chunk(a, path, b, at, length, nowNs)) {
                    break;
                }
                at += Bytes.padded(length);
            }
        } finally {
            if (a.inbound() != null) {
                a.inbound().endOfPacket(nowNs);
            }
            agenda.touch(a);
        }
    }

    /** Section 6.10: INIT, INIT ACK and SHUTDOWN COMPLETE are not bundled. */
    private static boolean isAlone(final byte type) {
        return type == ChunkType.INIT || type == ChunkType.INIT_ACK || type == ChunkType.SHUTDOWN_COMPLETE;
    }

    /** @return whether the rest of the packet counts */
    private boolean chunk(final Association a, final Path path, final byte[] b, final int at, final int length,
        final long nowNs) throws MalformedException {
        final int type = b[at] & 0xff;
        switch (type) {
            case ChunkType.DATA -> UserData.onData(a, b, at, length, nowNs);
            case ChunkType.SACK -> UserData.onSack(a, b, at, length, nowNs);
            case ChunkType.INIT_ACK -> {
                if (a.state() == AssociationState.COOKIE_WAIT) {
                    a.setup().onInitAck(InitChunk.parse(b, at, length), path, nowNs);
                }
            }
            case ChunkType.COOKIE_ACK -> a.establishment().onCookieAck(nowNs);
            case ChunkType.HEARTBEAT -> {
                // section 8.3: in COOKIE-ECHOED too, where the answer waits for the COOKIE ACK (section 5.1 C)
                if (a.state() != AssociationState.COOKIE_WAIT) {
                    a.heartbeats().onHeartbeat(path, b, at, length);
                }
            }
            case ChunkType.HEARTBEAT_ACK -> a.heartbeats().onAck(b, at, length, nowNs);
            case ChunkType.ABORT -> {
                counters.increment(SctpCounter.ABORTS_RECEIVED);
                a.termination().down(DownCause.PEER_ABORTED);
            }
            case ChunkType.SHUTDOWN -> a.shutdown().onShutdown(b, at, length, nowNs);
            case ChunkType.SHUTDOWN_ACK -> a.shutdown().onShutdownAck(packets, nowNs);
            case ChunkType.SHUTDOWN_COMPLETE -> a.shutdown().onShutdownComplete();
            case ChunkType.ERROR -> {
                counters.increment(SctpCounter.ERRORS_RECEIVED);
                a.setup().onError(b, at, length, nowNs);
            }
            case ChunkType.FORWARD_TSN -> UserData.onForwardTsn(a, b, at, length, nowNs);
            case ChunkType.RE_CONFIG -> a.onReconfiguration(b, at, length);
            case ChunkType.PAD -> { }
            case ChunkType.COOKIE_ECHO ->
                // section 5.1 C: it comes first
                counters.increment(SctpCounter.MALFORMED);
            default -> {
                counters.increment(SctpCounter.UNKNOWN_CHUNKS);
                a.due().reportUnknown(b, at, length);
                return ChunkType.isSkipped(type);
            }
        }
        return true;
    }
}
