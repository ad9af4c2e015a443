// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.util.List;
import org.poolswitch.perf.load.CallerNode;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.UndeliveredMessage;

/** Sends as fast as it is allowed to; the last message says that it is the last. */
final class SourceNode extends CallerNode {
    private volatile boolean lost;
    private long left;

    SourceNode(final SctpEndpoint endpoint, final SctpAddress sink, final int octets) {
        super(endpoint, sink, octets);
    }

    @Override
    public void onAssociationDown(final int id, final DownCause cause, final List<UndeliveredMessage> undelivered,
        final long nowNs) {
        lost = true;
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
            message()[0] = (byte) (left == 1 ? 1 : 0);
            if (send(nowNs) != SendStatus.ACCEPTED) {
                return;
            }
            left--;
        }
    }
}
