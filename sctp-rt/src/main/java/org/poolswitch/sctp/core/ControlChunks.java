// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.util.Arrays;
import org.poolswitch.sctp.wire.Bytes;
import org.poolswitch.sctp.wire.ChunkType;
import org.poolswitch.sctp.wire.CommonHeader;
import org.poolswitch.sctp.wire.ErrorCauses;

/** The control chunks that an association owes its peer; written in front of any data (RFC 9260 section 6.10). */
final class ControlChunks {
    /** Octets of error causes in one ERROR chunk, which fits the least Path.MTU: who provokes more is not told more. */
    private static final int MOST_ERRORS = 512 - CommonHeader.LENGTH - 4;
    /** Octets of a COOKIE ACK. */
    static final int COOKIE_ACK = 4;

    boolean init;
    boolean cookieEcho;
    boolean cookieAck;
    /** Where a COOKIE ECHO came from that was not the first one, or null. */
    Path cookieAckTo;
    boolean shutdown;
    boolean shutdownAck;
    /** The causes of an ABORT that is due, or null; empty for one without a cause. */
    private byte[] abort;
    private int abortTag;
    private int abortFlags;
    private byte[] error;

    /** Section 3.2: the second bit of an unknown chunk's type asks for it to be reported. */
    void reportUnknown(final byte[] b, final int at, final int length) {
        if (ChunkType.isReported(b[at] & 0xff)) {
            report(ErrorCauses.quoting(ErrorCauses.UNRECOGNIZED_CHUNK_TYPE, b, at, length));
        }
    }

    /** Section 6.5: DATA on a stream that was not agreed is acknowledged, reported and dropped. */
    void reportInvalidStream(final int stream) {
        report(ErrorCauses.invalidStream(stream));
    }

    void report(final byte[] cause) {
        if (error == null) {
            error = cause;
        } else if (Bytes.padded(error.length) + cause.length <= MOST_ERRORS) {
            final int before = Bytes.padded(error.length);
            error = Arrays.copyOf(error, before + cause.length);
            System.arraycopy(cause, 0, error, before, cause.length);
        }
    }

    /**
     * An ABORT is due, whether it ends an association or only refuses what came.
     *
     * @param tag       the verification tag that its receiver knows
     * @param reflected whether that is the one of a packet of its own (section 8.5.1 B)
     */
    void abort(final byte[] causes, final int tag, final boolean reflected) {
        abort = causes;
        abortTag = tag;
        abortFlags = reflected ? ChunkType.FLAG_T : 0;
    }

    void writeAbort(final PacketWriter packets, final Path path, final long nowNs) {
        if (abort != null) {
            packets.open(path, 4 + Bytes.padded(abort.length), abortTag, nowNs);
            packets.chunk(ChunkType.ABORT, abortFlags, abort, 0, abort.length);
            abort = null;
            packets.end(nowNs);
        }
    }

    /** Whether the ERROR that is due, if any, needs no more than so many octets. */
    boolean errorFits(final int room) {
        return error == null || 4 + Bytes.padded(error.length) <= room;
    }

    void writeError(final PacketWriter packets, final Path path, final long nowNs) {
        if (error != null) {
            packets.open(path, 4 + Bytes.padded(error.length), nowNs);
            packets.chunk(ChunkType.ERROR, 0, error, 0, error.length);
            error = null;
        }
    }

    /** Replies. */
    void write(final PacketWriter packets, final Path path, final long nowNs) {
        writeCookieAck(packets, path, nowNs);
        writeError(packets, path, nowNs);
    }

    void writeCookieAck(final PacketWriter packets, final Path path, final long nowNs) {
        if (cookieAck) {
            cookieAck = false;
            packets.open(path, COOKIE_ACK, nowNs);
            packets.chunk(ChunkType.COOKIE_ACK, 0);
        }
    }

    /** What ends the association. */
    void writeShutdown(final PacketWriter packets, final Path path, final Inbound inbound, final long nowNs) {
        if (shutdown) {
            shutdown = false;
            packets.open(path, 8, nowNs);
            packets.chunk(ChunkType.SHUTDOWN, 0, inbound.cumulativeTsn());
        }
        if (shutdownAck) {
            shutdownAck = false;
            packets.open(path, 4, nowNs);
            packets.chunk(ChunkType.SHUTDOWN_ACK, 0);
        }
    }
}
