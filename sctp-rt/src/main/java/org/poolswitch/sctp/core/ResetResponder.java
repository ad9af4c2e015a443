// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.util.Arrays;
import org.poolswitch.sctp.wire.Bytes;
import org.poolswitch.sctp.wire.ChunkType;
import org.poolswitch.sctp.wire.ParameterType;

/** Carries out what the peer asks for, in its order, and answers every request (RFC 6525 section 5.2). */
final class ResetResponder {
    private final Association association;
    private final Shared shared;
    private final ResetRequest ours;
    /** Sequence number that the peer's next request must have. */
    private int expected;
    /** The results of its last two requests, the newest first: a chunk has two at most. */
    private final int[] results = {ResetResult.NOTHING_TO_DO, ResetResult.NOTHING_TO_DO};
    /** One or two parameters, or null. */
    private byte[] response;
    /** The response that waits, if any, answers an earlier chunk than the one at hand. */
    private boolean fresh;
    /** A request of the chunk at hand must wait, and so must the one behind it. */
    private boolean waits;

    ResetResponder(final Association association, final Shared shared, final ResetRequest ours,
        final int peerInitialTsn) {
        this.association = association;
        this.shared = shared;
        this.ours = ours;
        this.expected = peerInitialTsn;
    }

    /** Sequence number of the peer's last request. */
    int last() {
        return expected - 1;
    }

    /** A chunk of the peer comes. */
    void beginChunk() {
        fresh = true;
        waits = false;
    }

    /** A parameter of that chunk which is a request, or is unknown. */
    void onRequest(final int type, final byte[] b, final int at, final int length) {
        final int sequence = Bytes.i32(b, at + 4);
        final int before = expected - 1 - sequence;
        if (before == 0 || before == 1) {
            // our answer was lost: the same again, to each of the requests in the chunk (section 5.2.1)
            respond(sequence, results[before]);
            return;
        }
        if (waits && sequence == expected + 1) {
            respond(sequence, ResetResult.IN_PROGRESS);
            return;
        }
        if (sequence != expected) {
            respond(sequence, ResetResult.BAD_SEQUENCE_NUMBER);
            return;
        }
        final int result = carryOut(type, b, at, length);
        waits = result == ResetResult.IN_PROGRESS;
        if (!waits) {
            expected++;
            results[1] = results[0];
            results[0] = result;
        }
        if (type != ParameterType.INCOMING_SSN_RESET_REQUEST || result != ResetResult.PERFORMED) {
            respond(sequence, result);
        }
    }

    private int carryOut(final int type, final byte[] b, final int at, final int length) {
        return switch (type) {
            case ParameterType.OUTGOING_SSN_RESET_REQUEST -> resetTheirs(b, at, length);
            case ParameterType.INCOMING_SSN_RESET_REQUEST -> askToResetOurs(b, at, length);
            case ParameterType.ADD_OUTGOING_STREAMS_REQUEST ->
                length >= 12 && association.inbound().addStreams(Bytes.u16(b, at + 8)) ? ResetResult.PERFORMED
                    : ResetResult.DENIED;
            // section 5.2.4 and 5.2.6 leave it to us; a reset of all TSNs gains a signaling association nothing
            default -> ResetResult.DENIED;
        };
    }

    /** Section 5.2.2: streams on which the peer sends. */
    private int resetTheirs(final byte[] b, final int at, final int length) {
        if (length < StreamReset.OUTGOING_OCTETS) {
            return ResetResult.DENIED;
        }
        if (Bytes.i32(b, at + 12) - association.inbound().cumulativeTsn() > 0) {
            // section 5.2.2 E3: what was sent before has not arrived yet
            return ResetResult.IN_PROGRESS;
        }
        final int[] streams = streams(b, at + StreamReset.OUTGOING_OCTETS, at + length);
        if (!StreamReset.isPossible(streams, association.inbound().streams(), shared.config().pathMtu())) {
            return ResetResult.WRONG_SSN;
        }
        if (shared.events().isFull()) {
            // the user does not listen; the peer asks again
            return ResetResult.IN_PROGRESS;
        }
        association.inbound().resetStreams(streams);
        shared.events().reset(association, true, streams);
        return ResetResult.PERFORMED;
    }

    /** Section 5.2.3: streams on which we send; the answer is our own request. */
    private int askToResetOurs(final byte[] b, final int at, final int length) {
        if (ours.isPending()) {
            return ResetResult.ALREADY_IN_PROGRESS;
        }
        final int[] streams = streams(b, at + 8, at + length);
        if (!ours.isPossible(streams)) {
            return ResetResult.WRONG_SSN;
        }
        ours.begin(streams, Bytes.i32(b, at + 4));
        return ResetResult.PERFORMED;
    }

    private static int[] streams(final byte[] b, final int from, final int to) {
        final int[] streams = new int[(to - from) / 2];
        for (int i = 0; i < streams.length; i++) {
            streams[i] = Bytes.u16(b, from + 2 * i);
        }
        return streams;
    }

    private void respond(final int sequence, final int result) {
        if (fresh) {
            // section 5.2.1: every request is answered. Only a new request shows that the peer has an answer already,
            // or that it asks the same again; a chunk with nothing but its answer to ours shows neither
            fresh = false;
            response = null;
        }
        final int at = response == null ? 0 : response.length;
        response = at == 0 ? new byte[StreamReset.RESPONSE_OCTETS]
            : Arrays.copyOf(response, at + StreamReset.RESPONSE_OCTETS);
        Bytes.put16(response, at, ParameterType.RECONFIGURATION_RESPONSE);
        Bytes.put16(response, at + 2, StreamReset.RESPONSE_OCTETS);
        Bytes.put32(response, at + 4, sequence);
        Bytes.put32(response, at + 8, result);
    }

    void write(final PacketWriter packets, final long nowNs) {
        if (response != null) {
            packets.open(association.paths().reply(), 4 + response.length, nowNs);
            packets.chunk(ChunkType.RE_CONFIG, 0, response, 0, response.length);
            response = null;
        }
    }
}
