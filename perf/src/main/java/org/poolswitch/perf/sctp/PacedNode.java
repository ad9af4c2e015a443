// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import org.poolswitch.perf.load.EchoNode;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;

/** Sends at a fixed rate, each message on the next of its associations. */
final class PacedNode extends EchoNode {
    private static final int AT_ONCE = 20;
    private static final long PAUSE_NS = 2_000_000;

    private final SctpEndpoint endpoint;
    private final SctpAddress sink;
    private final int[] associations;
    private final byte[] message;
    private int opened;
    private int up;
    private int next;
    private long intervalNs;
    private long nextNs;
    private long untilNs;

    PacedNode(final SctpEndpoint endpoint, final SctpAddress sink, final int count, final int octets) {
        super(endpoint);
        this.endpoint = endpoint;
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

    int up() {
        return up;
    }

    void begin(final int perSecond, final long durationNs, final long nowNs) {
        intervalNs = 1_000_000_000L / perSecond;
        nextNs = nowNs;
        untilNs = nowNs + durationNs;
    }

    @Override
    public long nextDeadlineNs() {
        return nextNs;
    }

    @Override
    public void onDeadline(final long nowNs) {
        if (opened < associations.length) {
            // not all at once: a listener's socket buffer is finite
            for (int i = 0; i < AT_ONCE && opened < associations.length; i++) {
                associations[opened++] = endpoint.connect(sink, nowNs);
            }
            nextNs = opened < associations.length ? nowNs + PAUSE_NS : NO_DEADLINE;
            return;
        }
        while (nextNs <= nowNs) {
            endpoint.send(associations[next], 1, 0, false, message, 0, message.length, nowNs);
            next = next + 1 == associations.length ? 0 : next + 1;
            nextNs += intervalNs;
            if (nextNs >= untilNs) {
                nextNs = NO_DEADLINE;
            }
        }
    }
}
