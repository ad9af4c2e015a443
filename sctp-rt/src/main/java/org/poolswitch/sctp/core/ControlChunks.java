// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import org.poolswitch.sctp.wire.Bytes;
import org.poolswitch.sctp.wire.ChunkType;

/** The control chunks that an association owes its peer; written in front of any data (RFC 9260 section 6.10). */
final class ControlChunks {
    static final int HEARTBEAT_INFO = 1;
    private static final int INFO_OCTETS = 12;
    private static final int REPORT = 0x40;

    boolean init;
    byte[] cookieEcho;
    boolean cookieAck;
    boolean shutdown;
    boolean shutdownAck;
    boolean abort;
    boolean heartbeat;
    byte[] heartbeatAck;
    private byte[] error;

    /** Section 3.2: the second bit of an unknown chunk's type asks for it to be reported. One report per flush. */
    void reportUnknown(final byte[] b, final int at, final int length) {
        if ((b[at] & REPORT) != 0) {
            error = ErrorCauses.unrecognizedChunk(b, at, length);
        }
    }

    /** Section 6.5: DATA on a stream that was not agreed is acknowledged, reported and dropped. */
    void reportInvalidStream(final int stream) {
        error = ErrorCauses.invalidStream(stream);
    }

    /** @return whether a HEARTBEAT was written */
    boolean write(final PacketBuilder packets, final Inbound inbound, final long nowNs) {
        if (cookieEcho != null) {
            packets.chunk(ChunkType.COOKIE_ECHO, 0, cookieEcho, 0, cookieEcho.length);
            cookieEcho = null;
        }
        if (cookieAck) {
            cookieAck = false;
            packets.chunk(ChunkType.COOKIE_ACK, 0);
        }
        if (error != null) {
            packets.chunk(ChunkType.ERROR, 0, error, 0, error.length);
            error = null;
        }
        if (heartbeatAck != null) {
            packets.chunk(ChunkType.HEARTBEAT_ACK, 0, heartbeatAck, 0, heartbeatAck.length);
            heartbeatAck = null;
        }
        final boolean beat = heartbeat;
        if (beat) {
            heartbeat = false;
            writeHeartbeat(packets, nowNs);
        }
        if (shutdown) {
            shutdown = false;
            packets.chunk(ChunkType.SHUTDOWN, 0, inbound.cumulativeTsn());
        }
        if (shutdownAck) {
            shutdownAck = false;
            packets.chunk(ChunkType.SHUTDOWN_ACK, 0);
        }
        return beat;
    }

    /** The peer returns the information as it is (section 8.3): ours is the time of sending. */
    private static void writeHeartbeat(final PacketBuilder packets, final long nowNs) {
        final byte[] info = new byte[INFO_OCTETS];
        Bytes.put16(info, 0, HEARTBEAT_INFO);
        Bytes.put16(info, 2, INFO_OCTETS);
        Bytes.put64(info, 4, nowNs);
        packets.chunk(ChunkType.HEARTBEAT, 0, info, 0, info.length);
    }
}
