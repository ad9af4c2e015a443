// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.wire.Bytes;
import org.poolswitch.sctp.wire.ChunkType;
import org.poolswitch.sctp.wire.ParameterType;

/**
 * Our request to reset outgoing streams, one at a time (RFC 6525 section 5.1): what it waits for, its timer, and what
 * the answer means.
 */
final class ResetRequest {
    private final Association association;
    private final Shared shared;
    /** Re-configuration Request Sequence Number of our next request (section 5.1.1): starts with the initial TSN. */
    private int nextRequest;
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

    ResetRequest(final Association association, final Shared shared, final int localInitialTsn,
        final int peerInitialTsn) {
        this.association = association;
        this.shared = shared;
        this.nextRequest = localInitialTsn;
        this.answering = peerInitialTsn - 1;
    }

    boolean isPending() {
        return pending != null;
    }

    /** The user asks for it. @param responseTo sequence number of the peer's last request */
    SendStatus request(final int[] streams, final int responseTo) {
        if (pending != null) {
            return SendStatus.FULL;
        }
        if (!isPossible(streams)) {
            return SendStatus.INVALID;
        }
        begin(streams.clone(), responseTo);
        return SendStatus.ACCEPTED;
    }

    /** Streams that there are, and no more than one packet can name. */
    boolean isPossible(final int[] streams) {
        return StreamReset.isPossible(streams, association.outbound().streams(), shared.config().pathMtu());
    }

    /** @param responseTo sequence number of the peer's request that this answers, or of its last one */
    void begin(final int[] streams, final int responseTo) {
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

    /** The peer's answer. */
    void onResponse(final int sequence, final int result) {
        if (!out || sequence != nextRequest) {
            return;
        }
        unanswered = false;
        if (result == ResetResult.IN_PROGRESS) {
            return;
        }
        final int[] streams = pending;
        pending = null;
        out = false;
        timerNs = Machine.NO_DEADLINE;
        nextRequest++;
        if (result == ResetResult.PERFORMED || result == ResetResult.NOTHING_TO_DO) {
            association.outbound().queue().resetStreams(streams);
            shared.events().reset(association, false, streams);
        } else {
            shared.events().resetFailed(association);
        }
        association.outbound().hold(null);
    }

    void write(final PacketWriter packets, final long nowNs) {
        if (due && pending != null && isReady()) {
            due = false;
            out = true;
            unanswered = true;
            final Path path = association.paths().forData();
            final byte[] request = parameter();
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

    private byte[] parameter() {
        final byte[] request = new byte[StreamReset.OUTGOING_OCTETS + 2 * pending.length];
        Bytes.put16(request, 0, ParameterType.OUTGOING_SSN_RESET_REQUEST);
        Bytes.put16(request, 2, request.length);
        Bytes.put32(request, 4, nextRequest);
        Bytes.put32(request, 8, answering);
        Bytes.put32(request, 12, lastTsn);
        for (int i = 0; i < pending.length; i++) {
            Bytes.put16(request, StreamReset.OUTGOING_OCTETS + 2 * i, pending[i]);
        }
        return request;
    }
}
