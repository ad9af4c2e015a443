// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.util.List;
import org.poolswitch.perf.load.EchoNode;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.UndeliveredMessage;

/** Sends as fast as it is allowed to; the last message says that it is the last. */
final class SourceNode extends EchoNode {
    private final SctpEndpoint endpoint;
    private final SctpAddress sink;
    private final byte[] message;
    private int association;
    private volatile boolean up;
    private volatile boolean lost;
    private long left;

    SourceNode(final SctpEndpoint endpoint, final SctpAddress sink, final int octets) {
        super(endpoint);
        this.endpoint = endpoint;
        this.sink = sink;
        this.message = new byte[octets];
    }

    @Override
    public void onStart(final long nowNs) {
        association = endpoint.connect(sink, nowNs);
    }

    @Override
    public void onAssociationUp(final int id, final SctpAddress remote, final boolean incoming, final int outStreams,
        final int inStreams, final long nowNs) {
        up = true;
    }

    @Override
    public void onAssociationDown(final int id, final DownCause cause, final List<UndeliveredMessage> undelivered,
        final long nowNs) {
        lost = true;
    }

    boolean isUp() {
        return up;
    }

    boolean isLost() {
        return lost;
    }

    /** Starts a run. */
    void begin(final long messages, final long nowNs) {
        left = messages;
        pump(nowNs);
    }

    @Override
    public void onSendable(final int id, final long nowNs) {
        pump(nowNs);
    }

    private void pump(final long nowNs) {
        while (left > 0) {
            message[0] = (byte) (left == 1 ? 1 : 0);
            if (endpoint.send(association, 1, 0, false, message, 0, message.length, nowNs) != SendStatus.ACCEPTED) {
                return;
            }
            left--;
        }
    }
}
