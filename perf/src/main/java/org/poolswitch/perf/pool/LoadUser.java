// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.pool;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.poolswitch.asap.wire.AsapType;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.UndeliveredMessage;

/**
 * One association to a registrar, with questions under way. Answers come in the order of the questions, for both use
 * one stream: so a ring of times is all that must be remembered.
 */
final class LoadUser implements SctpListener {
    static final int PPID_ASAP = 11;
    /** Questions without answer; a user that has more is refused its own questions. */
    private static final int RING = 1 << 16;

    private final SctpEndpoint endpoint;
    private final SctpAddress registrar;
    private final LoadCaller caller;
    private final long[] meantNs = new long[RING];
    private long asked;
    private long answered;
    private int association;
    private boolean up;
    private boolean wasUp;
    /** Questions are never given up; a flood is, for it gets no answers. */
    boolean flooding;
    /** Where latencies go; null: nobody looks. */
    Histogram histogram;
    long refused;

    LoadUser(final SctpEndpoint endpoint, final SctpAddress registrar, final LoadCaller caller) {
        this.endpoint = endpoint;
        this.registrar = registrar;
        this.caller = caller;
    }

    void connect(final long nowNs) {
        association = endpoint.connect(registrar, nowNs);
    }

    boolean isUp() {
        return up;
    }

    long underWay() {
        return asked - answered;
    }

    /** @return whether it was sent */
    boolean ask(final byte[] message, final long meant, final long nowNs) {
        if (underWay() == RING || endpoint.send(association, 0, PPID_ASAP, false, message, 0, message.length, nowNs)
            != SendStatus.ACCEPTED) {
            refused++;
            return false;
        }
        if (!flooding) {
            meantNs[(int) asked++ & RING - 1] = meant;
        }
        return true;
    }

    @Override
    public void onMessage(final int id, final int stream, final int ppid, final boolean unordered, final byte[] buffer,
        final int offset, final int length, final long nowNs) {
        switch (buffer[offset]) {
            case AsapType.ENDPOINT_KEEP_ALIVE -> {
                final byte[] ack = Messages.acknowledge(buffer, offset, length);
                endpoint.send(id, 0, PPID_ASAP, false, ack, 0, ack.length, nowNs);
            }
            case AsapType.REGISTRATION_RESPONSE, AsapType.HANDLE_RESOLUTION_RESPONSE -> {
                if (flooding) {
                    return;
                }
                final long meant = meantNs[(int) answered++ & RING - 1];
                if (histogram != null) {
                    // later than it was read, and what was meant is earlier than it was sent: never too little
                    histogram.recordValue(Math.max(1, nowNs - meant));
                }
                caller.onAnswer(this, buffer[offset], buffer[offset + 1], length, nowNs);
            }
            default -> throw new IllegalStateException("a registrar sent a message of type " + buffer[offset]);
        }
    }

    @Override
    public void onAssociationUp(final int id, final SctpAddress remote, final boolean incoming, final int outStreams,
        final int inStreams, final long nowNs) {
        up = true;
        wasUp = true;
    }

    @Override
    public void onAssociationDown(final int id, final DownCause cause, final List<UndeliveredMessage> undelivered,
        final long nowNs) {
        up = false;
        if (wasUp && cause != DownCause.LOCAL_ABORT) {
            throw new IllegalStateException("the registrar is gone: " + cause);
        }
        if (!wasUp) {
            // it is not listening yet
            caller.again(this, nowNs);
        }
    }

    @Override
    public void onAssociationSuspect(final int id, final boolean suspect, final long nowNs) {
    }

    @Override
    public void onSendable(final int id, final long nowNs) {
    }
}
