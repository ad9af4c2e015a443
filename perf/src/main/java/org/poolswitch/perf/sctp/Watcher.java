// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.util.List;
import org.poolswitch.perf.load.CallerNode;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.UndeliveredMessage;

/** Sends a message every millisecond and notes what it hears of its association. Others may ask it at any time. */
final class Watcher extends CallerNode {
    private static final long MS = 1_000_000L;
    private static final int OCTETS = 100;

    private long nextNs = NO_DEADLINE;
    private volatile long downNs;
    private long echoedNs;
    private volatile long silentNs;
    private volatile DownCause cause;
    private volatile int undelivered;
    private volatile int suspicions;
    private volatile long echoes;

    Watcher(final SctpEndpoint endpoint, final SctpAddress peer) {
        super(endpoint, peer, OCTETS);
    }

    @Override
    public void onAssociationUp(final int id, final SctpAddress remote, final boolean incoming, final int outStreams,
        final int inStreams, final long nowNs) {
        super.onAssociationUp(id, remote, incoming, outStreams, inStreams, nowNs);
        echoedNs = nowNs;
        nextNs = nowNs;
    }

    @Override
    public void onAssociationSuspect(final int id, final boolean suspect, final long nowNs) {
        suspicions += suspect ? 1 : 0;
    }

    @Override
    public void onAssociationDown(final int id, final DownCause why, final List<UndeliveredMessage> rest,
        final long nowNs) {
        undelivered = rest.size();
        downNs = System.nanoTime();
        silentNs = nowNs - echoedNs;
        nextNs = NO_DEADLINE;
        cause = why;
    }

    @Override
    public void onMessage(final int id, final int stream, final int ppid, final boolean unordered, final byte[] buffer,
        final int offset, final int length, final long nowNs) {
        echoes++;
        echoedNs = nowNs;
    }

    boolean isDown() {
        return cause != null;
    }

    /** When it was lost; of interest once it {@link #isDown}. */
    long downNs() {
        return downNs;
    }

    /** From the last echo until it was lost. */
    long silentNs() {
        return silentNs;
    }

    DownCause cause() {
        return cause;
    }

    /** Messages handed back when it was lost. */
    int undelivered() {
        return undelivered;
    }

    int suspicions() {
        return suspicions;
    }

    long echoes() {
        return echoes;
    }

    @Override
    public long nextDeadlineNs() {
        return nextNs;
    }

    @Override
    public void onDeadline(final long nowNs) {
        send(nowNs);
        nextNs = nowNs + MS;
    }
}
