// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.util.Arrays;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.wire.Bytes;
import org.poolswitch.sctp.wire.ChunkType;
import org.poolswitch.sctp.wire.ParameterType;

/**
 * Stream reset (RFC 6525): our request, one at a time, and answers to the peer's.
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
    private static final int NOTHING_TO_DO = 0;
    private static final int PERFORMED = 1;
    private static final int DENIED = 2;
    private static final int WRONG_SSN = 3;
    private static final int ALREADY_IN_PROGRESS = 4;
    private static final int BAD_SEQUENCE_NUMBER = 5;
    private static final int IN_PROGRESS = 6;
    private static final int RESPONSE_OCTETS = 12;
    private static final int OUTGOING_OCTETS = 16;
    private static final int COMMON_AND_CHUNK_HEADER = 16;

    private final Association association;
    private final Shared shared;
    /** Re-configuration Request Sequence Number of our next request (section 5.1.1): starts with the initial TSN. */
    private int nextRequest;
    /** Sequence number that the peer's next request must have. */
    private int expected;
    /** The results of its last two requests, the newest first: a chunk has two at most. */
    private final int[] results = {NOTHING_TO_DO, NOTHING_TO_DO};
    /** Streams of our request; null if there is none. */
    private int[] pending;
    private int answering;
    /** Everything up to this TSN must be acknowledged before the request goes. */
    private int lastTsn;
    private boolean lastTsnKnown;
    private boolean due;
    private boolean out;
    /** Nothing was heard of the request since it went last. */
    private boolean unanswered;
    private long timerNs = Machine.NO_DEADLINE;
    /** One or two parameters, or null. */
    private byte[] response;
    /** The response that waits, if any, answers an earlier chunk than the one at hand. */
    private boolean fresh;
    /** A request of the chunk at hand must wait, and so must the one behind it. */
    private boolean waits;

    StreamReset(final Association association, final Shared shared, final int localInitialTsn,
        final int peerInitialTsn) {
        this.association = association;
        this.shared = shared;
        this.nextRequest = localInitialTsn;
        this.expected = peerInitialTsn;
        this.answering = peerInitialTsn - 1;
    }

    SendStatus request(final int[] streams) {
        if (pending != null) {
            return SendStatus.FULL;
        }
        if (!isPossible(streams, association.outbound().streams())) {
            return SendStatus.INVALID;
        }
        begin(streams.clone(), expected - 1);
        return SendStatus.ACCEPTED;
    }

    /** Streams that there are, and no more than one packet can name. */
    private boolean isPossible(final int[] streams, final int limit) {
        for (final int stream : streams) {
            if (stream < 0 || stream >= limit) {
                return false;
            }
        }
        return COMMON_AND_CHUNK_HEADER + OUTGOING_OCTETS + 2 * streams.length <= shared.config().pathMtu();
    }

    private void begin(final int[] streams, final int responseTo) {
        pending = streams;
        answering = responseTo;
        lastTsnKnown = false;
        association.outbound().hold(streams);
        due = true;
    }

    long deadlineNs() {
        return timerNs;
    }

    /** Section 5.1.1: repeated like DATA, and counted against the peer. */
    void onDeadline(final long nowNs) {
        if (timerNs <= nowNs) {
            timerNs = Machine.NO_DEADLINE;
            due = true;
            if (out && unanswered) {
                association.paths().forData().roundTrip.backOff();
                association.paths().silence().error(nowNs);
            }
        }
    }

    /** Our process was away: the request goes again and counts nothing. */
    void onClockJump(final long nowNs) {
        if (timerNs != Machine.NO_DEADLINE) {
            unanswered = false;
            timerNs = nowNs;
        }
    }

    void close() {
        timerNs = Machine.NO_DEADLINE;
        due = false;
    }

    // ---- the peer's chunk ----------------------------------------------------------------------------------------

    void onChunk(final byte[] b, final int at, final int length) {
        int p = at + 4;
        fresh = true;
        waits = false;
        // section 3.1: at most two parameters
        for (int n = 0; n < 2 && p + 8 <= at + length; n++) {
            final int octets = Bytes.u16(b, p + 2);
            if (octets < 8 || p + octets > at + length) {
                shared.counters().increment(SctpCounter.MALFORMED);
                return;
            }
            parameter(b, p, octets);
            p += Bytes.padded(octets);
        }
    }

    private void parameter(final byte[] b, final int at, final int length) {
        final int type = Bytes.u16(b, at);
        final int sequence = Bytes.i32(b, at + 4);
        if (type == ParameterType.RECONFIGURATION_RESPONSE) {
            if (length >= RESPONSE_OCTETS && out && sequence == nextRequest) {
                onResponse(Bytes.i32(b, at + 8));
            }
            return;
        }
        final int before = expected - 1 - sequence;
        if (before == 0 || before == 1) {
            // our answer was lost: the same again, to each of the requests in the chunk (section 5.2.1)
            respond(sequence, results[before]);
            return;
        }
        if (waits && sequence == expected + 1) {
            respond(sequence, IN_PROGRESS);
            return;
        }
        if (sequence != expected) {
            respond(sequence, BAD_SEQUENCE_NUMBER);
            return;
        }
        final int result = carryOut(type, b, at, length);
        waits = result == IN_PROGRESS;
        if (!waits) {
            expected++;
            results[1] = results[0];
            results[0] = result;
        }
        if (type != ParameterType.INCOMING_SSN_RESET_REQUEST || result != PERFORMED) {
            respond(sequence, result);
        }
    }

    private int carryOut(final int type, final byte[] b, final int at, final int length) {
        switch (type) {
            case ParameterType.OUTGOING_SSN_RESET_REQUEST -> {
                if (length < OUTGOING_OCTETS) {
                    return DENIED;
                }
                if (Bytes.i32(b, at + 12) - association.inbound().cumulativeTsn() > 0) {
                    // section 5.2.2 E3: what was sent before has not arrived yet
                    return IN_PROGRESS;
                }
                final int[] streams = streams(b, at + OUTGOING_OCTETS, at + length);
                if (!isPossible(streams, association.inbound().streams())) {
                    return WRONG_SSN;
                }
                if (shared.events().isFull()) {
                    // the user does not listen; the peer asks again
                    return IN_PROGRESS;
                }
                association.inbound().resetStreams(streams);
                shared.events().reset(association, true, streams);
                return PERFORMED;
            }
            case ParameterType.INCOMING_SSN_RESET_REQUEST -> {
                if (pending != null) {
                    return ALREADY_IN_PROGRESS;
                }
                final int[] streams = streams(b, at + 8, at + length);
                if (!isPossible(streams, association.outbound().streams())) {
                    return WRONG_SSN;
                }
                // section 5.2.3: the answer is our own request
                begin(streams, Bytes.i32(b, at + 4));
                return PERFORMED;
            }
            case ParameterType.ADD_OUTGOING_STREAMS_REQUEST -> {
                return length >= 12 && association.inbound().addStreams(Bytes.u16(b, at + 8)) ? PERFORMED : DENIED;
            }
            default -> {
                // section 5.2.4 and 5.2.6 leave it to us; a reset of all TSNs gains a signaling association nothing
                return DENIED;
            }
        }
    }

    private static int[] streams(final byte[] b, final int from, final int to) {
        final int[] streams = new int[(to - from) / 2];
        for (int i = 0; i < streams.length; i++) {
            streams[i] = Bytes.u16(b, from + 2 * i);
        }
        return streams;
    }

    private void onResponse(final int result) {
        unanswered = false;
        if (result == IN_PROGRESS) {
            return;
        }
        final int[] streams = pending;
        pending = null;
        out = false;
        timerNs = Machine.NO_DEADLINE;
        nextRequest++;
        if (result == PERFORMED || result == NOTHING_TO_DO) {
            association.outbound().queue().resetStreams(streams);
            shared.events().reset(association, false, streams);
        } else {
            shared.events().resetFailed(association);
        }
        association.outbound().hold(null);
    }

    private void respond(final int sequence, final int result) {
        if (fresh) {
            // section 5.2.1: every request is answered. Only a new request shows that the peer has an answer already,
            // or that it asks the same again; a chunk with nothing but its answer to ours shows neither
            fresh = false;
            response = null;
        }
        final int at = response == null ? 0 : response.length;
        response = at == 0 ? new byte[RESPONSE_OCTETS] : Arrays.copyOf(response, at + RESPONSE_OCTETS);
        Bytes.put16(response, at, ParameterType.RECONFIGURATION_RESPONSE);
        Bytes.put16(response, at + 2, RESPONSE_OCTETS);
        Bytes.put32(response, at + 4, sequence);
        Bytes.put32(response, at + 8, result);
    }

    // ---- packets -------------------------------------------------------------------------------------------------

    void write(final PacketWriter packets, final long nowNs) {
        if (response != null) {
            packets.open(association.paths().reply(), 4 + response.length, nowNs);
            packets.chunk(ChunkType.RE_CONFIG, 0, response, 0, response.length);
            response = null;
        }
        if (due && pending != null && isReady()) {
            due = false;
            out = true;
            unanswered = true;
            final Path path = association.paths().forData();
            final byte[] request = request();
            packets.open(path, 4 + Bytes.padded(request.length), nowNs);
            packets.chunk(ChunkType.RE_CONFIG, 0, request, 0, request.length);
            timerNs = nowNs + path.rtoNs();
        }
    }

    /** Section 5.1.2: what was sent on the streams before must be acknowledged, and nothing may be half sent. */
    private boolean isReady() {
        final Outbound outbound = association.outbound();
        if (!lastTsnKnown) {
            if (outbound.queue().hasUnsent() && outbound.queue().unsent().taken > 0) {
                return false;
            }
            lastTsn = outbound.lastAssignedTsn();
            lastTsnKnown = true;
        }
        return outbound.isAcked(lastTsn);
    }

    private byte[] request() {
        final byte[] request = new byte[OUTGOING_OCTETS + 2 * pending.length];
        Bytes.put16(request, 0, ParameterType.OUTGOING_SSN_RESET_REQUEST);
        Bytes.put16(request, 2, request.length);
        Bytes.put32(request, 4, nextRequest);
        Bytes.put32(request, 8, answering);
        Bytes.put32(request, 12, lastTsn);
        for (int i = 0; i < pending.length; i++) {
            Bytes.put16(request, OUTGOING_OCTETS + 2 * i, pending[i]);
        }
        return request;
    }
}
