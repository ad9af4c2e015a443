// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.load;

import org.poolswitch.sctp.SctpEndpoint;

/** Sends every message back on the stream it came on. */
public class EchoNode extends PlainNode {
    /** A node on this endpoint. */
    public EchoNode(final SctpEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    public void onMessage(final int association, final int stream, final int ppid, final boolean unordered,
        final byte[] buffer, final int offset, final int length, final long nowNs) {
        endpoint().send(association, stream, ppid, unordered, buffer, offset, length, nowNs);
    }
}
