// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.util.List;
import org.poolswitch.perf.load.PlainNode;
import org.poolswitch.runtime.Inbox;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.UndeliveredMessage;

/** Sends at a fixed rate or when told from outside, each message on the next of its associations. */
final class PacedNode extends PlainNode {
    /** Set-ups under way at a time: a listener's socket buffer is finite, and its code is cold. */
    private static final int AT_ONCE = 32;
    private static final long PAUSE_NS = 1_000_000;

    private final SctpAddress sink;
    private final int[] associations;
    private final byte[] message;
    private final boolean together;
    /** Each input is a message to be sent; null before there are any. */
    private Inbox inbox;
    private int opened;
    private int up;
    private int next;
    private long intervalNs;
    private long nextNs;
    private long untilNs;

    /**
     * @param together whether messages that are due together may share a packet; otherwise each is flushed by itself
     */
    PacedNode(final SctpEndpoint endpoint, final SctpAddress sink, final int count, final int octets,
        final boolean together) {
        super(endpoint);
        this.together = together;
        this.sink = sink;
        this.associations = new int[count];
        this.message = new byte[octets];
    }

    @Override
    public void onStart(final long nowNs) {
        nextNs = nowNs;
    }

    @Override
    public void onAssociationUp(final int id, final SctpAddress remote, final boolean incoming, final int outStreams,
        final int inStreams, final long nowNs) {
        up++;
    }

    @Override
    public void onAssociationDown(final int id, final DownCause cause, final List<UndeliveredMessage> undelivered,
        final long nowNs) {
        if (cause != DownCause.LOCAL_ABORT) {
            throw new IllegalStateException("one of " + opened + " associations ended: " + cause);
        }
    }

    int up() {
        return up;
    }

    void begin(final int perSecond, final long durationNs, final long nowNs) {
        intervalNs = 1_000_000_000L / perSecond;
        nextNs = nowNs;
        untilNs = nowNs + durationNs;
    }

    /** From now on this says when to send. */
    void serve(final Inbox inputs) {
        inbox = inputs;
    }

    @Override
    public int pollInbox(final int limit, final long nowNs) {
        return inbox == null ? 0 : inbox.poll((slot, now) -> sendNext(now), limit, nowNs);
    }

    @Override
    public long nextDeadlineNs() {
        return nextNs;
    }

    @Override
    public void onDeadline(final long nowNs) {
        if (opened < associations.length) {
            while (opened - up < AT_ONCE && opened < associations.length) {
                associations[opened++] = endpoint().connect(sink, nowNs);
            }
            nextNs = opened < associations.length ? nowNs + PAUSE_NS : NO_DEADLINE;
            return;
        }
        do {
            sendNext(nowNs);
            nextNs += intervalNs;
            if (nextNs >= untilNs) {
                nextNs = NO_DEADLINE;
            }
            // what is still due has the next pass, after a flush
        } while (together && nextNs <= nowNs);
    }

    private void sendNext(final long nowNs) {
        endpoint().send(associations[next], 1, 0, false, message, 0, message.length, nowNs);
        next = next + 1 == associations.length ? 0 : next + 1;
    }
}
