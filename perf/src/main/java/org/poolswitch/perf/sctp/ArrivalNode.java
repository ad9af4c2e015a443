// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import org.poolswitch.perf.load.EchoNode;
import org.poolswitch.sctp.SctpEndpoint;

/** Notes the longest pause between two messages that arrived. */
final class ArrivalNode extends EchoNode {
    private long lastNs;
    private volatile long longestNs;
    private volatile long messages;

    ArrivalNode(final SctpEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    public void onMessage(final int association, final int stream, final int ppid, final boolean unordered,
        final byte[] buffer, final int offset, final int length, final long nowNs) {
        super.onMessage(association, stream, ppid, unordered, buffer, offset, length, nowNs);
        final long now = System.nanoTime();
        if (messages > 0) {
            longestNs = Math.max(longestNs, now - lastNs);
        }
        lastNs = now;
        messages = messages + 1;
    }

    /** On its own thread: from here on. */
    void reset() {
        longestNs = 0;
    }

    long longestNs() {
        return longestNs;
    }

    long messages() {
        return messages;
    }
}
