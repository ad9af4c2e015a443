// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim.sctp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.UndeliveredMessage;
import org.poolswitch.sctp.core.SctpEndpointCore;

/** A bare machine, what it wants to send, and a user who remembers little. */
final class FuzzEnd implements SctpListener {
    static final int PORT = 5000;
    static final int UDP = 9899;

    /** A packet on its way. */
    record Packet(InetAddress from, InetAddress to, byte[] bytes) {
    }

    final InetAddress host;
    final SctpEndpointCore core;
    final ArrayDeque<Packet> out = new ArrayDeque<>();
    /** The association that came up last, or that was opened last. */
    int association;
    int ups;
    int downs;
    int messages;

    FuzzEnd(final int last, final SctpConfig config, final RandomGenerator random) {
        host = host(last);
        core = new SctpEndpointCore(config, SctpAddress.of(host, PORT, UDP), true, random,
            (from, to, port, packet, offset, length, now) ->
                out.add(new Packet(from, to, Arrays.copyOfRange(packet, offset, offset + length))));
    }

    static InetAddress host(final int last) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
        } catch (final UnknownHostException e) {
            throw new IllegalStateException("four octets are an address", e);
        }
    }

    void connect(final FuzzEnd to, final long now) {
        association = core.connect(SctpAddress.of(to.host, PORT, UDP), now);
    }

    void send(final int stream, final int octets, final long lifetimeNs, final long now) {
        core.send(association, stream, 7, stream == 3, lifetimeNs, new byte[octets], 0, octets, now);
    }

    void arrive(final InetAddress from, final byte[] packet, final long now) {
        core.onPacket(host, from, UDP, packet, 0, packet.length, now);
    }

    /** What a driver does after each input. */
    void drive(final long now) {
        for (int i = 0; i < 4; i++) {
            core.onDeadline(now);
            core.poll(this, 64, now);
            core.flush(now);
        }
    }

    @Override
    public void onAssociationUp(final int id, final SctpAddress remote, final boolean incoming, final int outStreams,
        final int inStreams, final long nowNs) {
        association = id;
        ups++;
    }

    @Override
    public void onMessage(final int id, final int stream, final int ppid, final boolean unordered, final byte[] b,
        final int offset, final int length, final long nowNs) {
        messages++;
    }

    @Override
    public void onAssociationDown(final int id, final DownCause cause, final List<UndeliveredMessage> undelivered,
        final long nowNs) {
        downs++;
    }
}
