// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.udp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.poolswitch.runtime.NodeMachine;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.UndeliveredMessage;

/** A node with two SCTP ports that notes what comes to which, and greets whom it is told to from both. */
final class TwoPorts implements NodeMachine {
    private final List<SctpEndpoint> endpoints;
    private final SctpAddress[] greets;
    final List<String> heard = new ArrayList<>();
    private int drained;

    /** @param greets whom the first port calls, whom the second */
    TwoPorts(final List<? extends SctpEndpoint> endpoints, final SctpAddress... greets) {
        this.endpoints = List.copyOf(endpoints);
        this.greets = greets;
    }

    @Override
    public void onStart(final long nowNs) {
        for (int i = 0; i < greets.length; i++) {
            final byte[] b = ("from " + i).getBytes(StandardCharsets.US_ASCII);
            endpoints.get(i).send(endpoints.get(i).connect(greets[i], nowNs), 0, 11 + i, false, b, 0, b.length, nowNs);
        }
    }

    @Override
    public SctpListener sctpListener() {
        return sctpListener(0);
    }

    @Override
    public SctpListener sctpListener(final int port) {
        return new SctpListener() {
            @Override
            public void onAssociationUp(final int association, final SctpAddress remote, final boolean incoming,
                final int outStreams, final int inStreams, final long nowNs) {
            }

            @Override
            public void onMessage(final int association, final int stream, final int ppid, final boolean unordered,
                final byte[] buffer, final int offset, final int length, final long nowNs) {
                heard.add("port " + port + " ppid " + ppid + " "
                    + new String(buffer, offset, length, StandardCharsets.US_ASCII));
            }

            @Override
            public void onAssociationDown(final int association, final DownCause cause,
                final List<UndeliveredMessage> undelivered, final long nowNs) {
                heard.add("port " + port + " down " + cause);
            }
        };
    }

    @Override
    public long nextDeadlineNs() {
        return NO_DEADLINE;
    }

    @Override
    public void onDeadline(final long nowNs) {
    }

    @Override
    public void beginDrain(final long nowNs) {
        drained++;
    }

    @Override
    public boolean isDrained() {
        return drained > 0;
    }
}
