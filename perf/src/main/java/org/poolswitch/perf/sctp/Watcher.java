// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.util.List;
import org.poolswitch.perf.load.EchoNode;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.UndeliveredMessage;

/** Sends a message every millisecond and notes when its association comes up and when it is lost. */
final class Watcher extends EchoNode {
    private static final long MS = 1_000_000L;
    private static final int OCTETS = 100;

    private final SctpEndpoint endpoint;
    private final SctpAddress peer;
    private final byte[] message = new byte[OCTETS];
    private int association;
    private long nextNs = NO_DEADLINE;
    private volatile boolean up;
    private volatile long downNs;
    private volatile DownCause cause;

    Watcher(final SctpEndpoint endpoint, final SctpAddress peer) {
        super(endpoint);
        this.endpoint = endpoint;
        this.peer = peer;
    }

    @Override
    public void onStart(final long nowNs) {
        association = endpoint.connect(peer, nowNs);
    }

    @Override
    public void onAssociationUp(final int id, final SctpAddress remote, final boolean incoming, final int outStreams,
        final int inStreams, final long nowNs) {
        up = true;
        nextNs = nowNs;
    }

    @Override
    public void onAssociationDown(final int id, final DownCause why, final List<UndeliveredMessage> undelivered,
        final long nowNs) {
        cause = why;
        downNs = System.nanoTime();
        nextNs = NO_DEADLINE;
    }

    @Override
    public void onMessage(final int id, final int stream, final int ppid, final boolean unordered, final byte[] buffer,
        final int offset, final int length, final long nowNs) {
        // echoes only show that the peer is there
    }

    boolean isUp() {
        return up;
    }

    /** When it was lost, or 0. */
    long downNs() {
        return downNs;
    }

    DownCause cause() {
        return cause;
    }

    @Override
    public long nextDeadlineNs() {
        return nextNs;
    }

    @Override
    public void onDeadline(final long nowNs) {
        endpoint.send(association, 1, 0, false, message, 0, OCTETS, nowNs);
        nextNs = nowNs + MS;
    }
}
