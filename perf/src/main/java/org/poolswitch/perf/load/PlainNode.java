// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.load;

import java.util.List;
import org.poolswitch.runtime.NodeMachine;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.UndeliveredMessage;

/** A node that is nothing but the user of one endpoint. Of itself it has no timer, and ignores whatever it hears. */
public abstract class PlainNode implements NodeMachine, SctpListener {
    private final SctpEndpoint endpoint;

    /** A node on this endpoint. */
    protected PlainNode(final SctpEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** Its endpoint. */
    protected final SctpEndpoint endpoint() {
        return endpoint;
    }

    @Override
    public final SctpListener sctpListener() {
        return this;
    }

    @Override
    public long nextDeadlineNs() {
        return NO_DEADLINE;
    }

    @Override
    public void onDeadline(final long nowNs) {
    }

    @Override
    public void onMessage(final int association, final int stream, final int ppid, final boolean unordered,
        final byte[] buffer, final int offset, final int length, final long nowNs) {
    }

    @Override
    public void onAssociationUp(final int association, final SctpAddress remote, final boolean incoming,
        final int outStreams, final int inStreams, final long nowNs) {
    }

    @Override
    public void onAssociationDown(final int association, final DownCause cause,
        final List<UndeliveredMessage> undelivered, final long nowNs) {
    }
}
