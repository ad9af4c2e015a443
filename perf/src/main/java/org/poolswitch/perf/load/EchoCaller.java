// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.load;

import java.nio.ByteBuffer;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.poolswitch.runtime.Inbox;
import org.poolswitch.runtime.InboxHandler;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.UndeliveredMessage;

/**
 * Sends messages at a fixed rate whatever comes back (open loop) and times each echo from the moment at which its
 * message was meant to go, so that a stall cannot hide the delay it causes.
 */
public final class EchoCaller extends CallerNode {
    private final ByteBuffer stamp;
    private final InboxHandler handedIn = (slot, nowNs) -> sendDue(slot.intendedNs(), nowNs);
    /** Each input is a message to be sent; null before there are any. */
    private Inbox inbox;
    private Histogram histogram;
    private long intervalNs;
    private long nextNs = NO_DEADLINE;
    private long untilNs;
    private long echoes;
    private long sent;
    private long refused;
    private boolean oneAtATime;

    /** A caller whose association comes up when the node starts. */
    public EchoCaller(final SctpEndpoint endpoint, final SctpAddress server, final int octets) {
        super(endpoint, server, octets);
        this.stamp = ByteBuffer.wrap(message());
    }

    @Override
    public void onAssociationDown(final int id, final DownCause cause, final List<UndeliveredMessage> undelivered,
        final long nowNs) {
        if (cause != DownCause.LOCAL_ABORT) {
            throw new IllegalStateException("the echo server is gone: " + cause);
        }
    }

    /**
     * Sends for a while, into the given histogram (nanoseconds).
     *
     * @param perSecond open loop at this rate, or 0 for one message at a time
     */
    public void begin(final Histogram into, final int perSecond, final long durationNs, final long nowNs) {
        histogram = into;
        oneAtATime = perSecond == 0;
        intervalNs = oneAtATime ? UdpFloor.ONE_AT_A_TIME_NS : 1_000_000_000L / perSecond;
        nextNs = nowNs;
        untilNs = nowNs + durationNs;
    }

    /**
     * Sends from now on what is handed in, timed from the moment at which it was meant to be, into the given histogram.
     */
    public void serve(final Histogram into, final Inbox inputs) {
        histogram = into;
        inbox = inputs;
    }

    /** True when the time is over and every echo is back. */
    public boolean isDone() {
        return nextNs == NO_DEADLINE && echoes == sent;
    }

    /** Messages that the send buffer had no room for. */
    public long refused() {
        return refused;
    }

    @Override
    public long nextDeadlineNs() {
        return nextNs;
    }

    @Override
    public void onDeadline(final long nowNs) {
        while (nextNs <= nowNs) {
            sendDue(nextNs, nowNs);
            nextNs += intervalNs;
            if (nextNs >= untilNs) {
                nextNs = NO_DEADLINE;
            }
        }
    }

    @Override
    public int pollInbox(final int limit, final long nowNs) {
        return inbox == null ? 0 : inbox.poll(handedIn, limit, nowNs);
    }

    private void sendDue(final long dueNs, final long nowNs) {
        stamp.putLong(0, dueNs);
        if (send(nowNs) != SendStatus.ACCEPTED) {
            // the load is too much for a whole send buffer: the next one is tried at its own time, and tells
            refused++;
        } else {
            sent++;
        }
    }

    @Override
    public void onMessage(final int id, final int stream, final int ppid, final boolean unordered, final byte[] buffer,
        final int offset, final int length, final long nowNs) {
        echoes++;
        final long heardNs = System.nanoTime();
        histogram.recordValue(Math.max(1, heardNs - ByteBuffer.wrap(buffer, offset, length).getLong()));
        if (oneAtATime && nextNs != NO_DEADLINE) {
            nextNs = heardNs < untilNs ? heardNs : NO_DEADLINE;
        }
    }
}
