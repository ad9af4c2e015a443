// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.load;

import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SendStatus;

/** Connects to one peer when it starts, and has one message that it sends again and again. */
public abstract class CallerNode extends PlainNode {
    /** "Unspecified" (RFC 9260 section 3.3.1): these octets mean nothing to anybody. */
    private static final int PPID = 0;
    private static final int STREAM = 1;

    private final SctpAddress peer;
    private final byte[] message;
    private int association;
    private volatile boolean up;

    /** @param octets length of its messages */
    protected CallerNode(final SctpEndpoint endpoint, final SctpAddress peer, final int octets) {
        super(endpoint);
        this.peer = peer;
        this.message = new byte[octets];
    }

    @Override
    public final void onStart(final long nowNs) {
        association = endpoint().connect(peer, nowNs);
    }

    @Override
    public void onAssociationUp(final int id, final SctpAddress remote, final boolean incoming, final int outStreams,
        final int inStreams, final long nowNs) {
        up = true;
    }

    /** True once messages can be sent; asked by any thread. */
    public final boolean isUp() {
        return up;
    }

    /** The association with the peer. */
    public final int association() {
        return association;
    }

    /** The message, to be written into. */
    protected final byte[] message() {
        return message;
    }

    /** Sends the message as it is now. */
    protected final SendStatus send(final long nowNs) {
        return endpoint().send(association, STREAM, PPID, false, message, 0, message.length, nowNs);
    }
}
