// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.wire.Bytes;
import org.poolswitch.sctp.wire.ParameterType;

/**
 * Stream reset (RFC 6525): our request ({@link ResetRequest}), and answers to the peer's ({@link ResetResponder}).
 *
 * <pre>
 *  type = 130 | flags = 0 | length | one or two parameters:
 *    outgoing SSN reset:  13 | length | request seq (4) | response seq (4) | sender's last TSN (4) | stream (2)*
 *    incoming SSN reset:  14 | length | request seq (4) | stream (2)*
 *    SSN/TSN reset:       15 | length | request seq (4)
 *    response:            16 | length | response seq (4) | result (4)
 *    add streams:   17 or 18 | length | request seq (4) | how many (2) | reserved (2)
 * </pre>
 */
final class StreamReset {
    static final int RESPONSE_OCTETS = 12;
    /** An outgoing SSN reset request without its streams. */
    static final int OUTGOING_OCTETS = 16;
    private static final int COMMON_AND_CHUNK_HEADER = 16;

    private final Shared shared;
    private final ResetRequest ours;
    private final ResetResponder theirs;

    StreamReset(final Association association, final Shared shared, final int localInitialTsn,
        final int peerInitialTsn) {
        this.shared = shared;
        this.ours = new ResetRequest(association, shared, localInitialTsn, peerInitialTsn);
        this.theirs = new ResetResponder(association, shared, ours, peerInitialTsn);
    }

    /** Streams that there are, and no more than one packet can name. */
    static boolean isPossible(final int[] streams, final int limit, final int pathMtu) {
        for (final int stream : streams) {
            if (stream < 0 || stream >= limit) {
                return false;
            }
        }
        return COMMON_AND_CHUNK_HEADER + OUTGOING_OCTETS + 2 * streams.length <= pathMtu;
    }

    SendStatus request(final int[] streams) {
        return ours.request(streams, theirs.last());
    }

    long deadlineNs() {
        return ours.deadlineNs();
    }

    void onDeadline(final long nowNs) {
        ours.onDeadline(nowNs);
    }

    void onClockJump(final long nowNs) {
        ours.onClockJump(nowNs);
    }

    void close() {
        ours.close();
    }

    void onChunk(final byte[] b, final int at, final int length) {
        int p = at + 4;
        theirs.beginChunk();
        // section 3.1: at most two parameters
        for (int n = 0; n < 2 && p + 8 <= at + length; n++) {
            final int octets = Bytes.u16(b, p + 2);
            if (octets < 8 || p + octets > at + length) {
                shared.counters().increment(SctpCounter.MALFORMED);
                return;
            }
            final int type = Bytes.u16(b, p);
            if (type != ParameterType.RECONFIGURATION_RESPONSE) {
                theirs.onRequest(type, b, p, octets);
            } else if (octets >= RESPONSE_OCTETS) {
                ours.onResponse(Bytes.i32(b, p + 4), Bytes.i32(b, p + 8));
            }
            p += Bytes.padded(octets);
        }
    }

    void write(final PacketWriter packets, final long nowNs) {
        theirs.write(packets, nowNs);
        ours.write(packets, nowNs);
    }
}
