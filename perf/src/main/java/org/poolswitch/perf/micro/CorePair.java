// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.micro;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.SplittableRandom;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.UndeliveredMessage;
import org.poolswitch.sctp.core.SctpEndpointCore;

/**
 * Two SCTP endpoints with nothing but memory between them, on a clock of their own: SCTP's own cost and no socket's.
 */
public final class CorePair implements SctpListener {
    private static final int PORT = 5000;
    private static final int UDP_PORT = 9899;
    private static final int EVENTS = 1 << 20;
    private static final long MS = 1_000_000L;
    /** Associations that are set up at one time. */
    private static final int AT_ONCE = 50;

    private final InetAddress hostA = host(1);
    private final InetAddress hostZ = host(2);
    private final PacketQueue fromA = new PacketQueue();
    private final PacketQueue fromZ = new PacketQueue();
    private final SctpEndpointCore a;
    private final SctpEndpointCore z;
    private final int[] associations;
    private final byte[] message;
    private int next;
    private long nowNs = 1_000 * MS;
    private long received;
    private boolean cut;
    private boolean lost;

    /**
     * Two endpoints with associations that are up.
     *
     * @param config settings of both
     * @param count  how many associations
     * @param octets length of a message
     */
    public CorePair(final SctpConfig config, final int count, final int octets) {
        a = new SctpEndpointCore(config, SctpAddress.of(hostA, PORT, UDP_PORT), false, new SplittableRandom(1), fromA);
        z = new SctpEndpointCore(config, SctpAddress.of(hostZ, PORT, UDP_PORT), true, new SplittableRandom(2), fromZ);
        associations = new int[count];
        message = new byte[octets];
        for (int i = 0; i < count; i++) {
            associations[i] = a.connect(SctpAddress.of(hostZ, PORT, UDP_PORT), nowNs);
            if (i % AT_ONCE == 0 || i == count - 1) {
                rest(5);
            }
        }
        rest(500);
        if (a.associations() != count || z.associations() != count) {
            throw new IllegalStateException("not all associations are up");
        }
    }

    private static InetAddress host(final int last) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
        } catch (final UnknownHostException e) {
            throw new IllegalStateException("four octets are an address", e);
        }
    }

    /** One more message on the next association, not flushed yet. */
    public void send() {
        if (offer() != SendStatus.ACCEPTED) {
            throw new IllegalStateException("a message was refused");
        }
    }

    private SendStatus offer() {
        final int association = associations[next];
        next = next + 1 == associations.length ? 0 : next + 1;
        return a.send(association, 0, 0, false, message, 0, message.length, nowNs);
    }

    /** Everything that is under way arrives, with all that follows from it; then a moment passes. */
    public void settle(final long momentNs) {
        do {
            a.onDeadline(nowNs);
            z.onDeadline(nowNs);
            a.poll(this, EVENTS, nowNs);
            z.poll(this, EVENTS, nowNs);
            a.flush(nowNs);
            z.flush(nowNs);
            if (cut) {
                fromA.drop();
                fromZ.drop();
            }
        } while (fromA.deliver(hostA, hostZ, z, nowNs) | fromZ.deliver(hostZ, hostA, a, nowNs));
        nowNs += momentNs;
    }

    /** Lets so many milliseconds pass. */
    public void rest(final int milliseconds) {
        for (int i = 0; i < milliseconds; i++) {
            settle(MS);
        }
    }

    /**
     * Nothing arrives any more; a message goes every ten milliseconds, while there is room for it.
     *
     * @return how long until that is noticed, ns
     */
    public long cutOff() {
        cut = true;
        final long begin = nowNs;
        while (!lost) {
            final SendStatus status = offer();
            // a minute of silence is longer than any queue
            if (status != SendStatus.ACCEPTED && status != SendStatus.FULL) {
                throw new IllegalStateException("a message was refused: " + status);
            }
            rest(10);
        }
        return nowNs - begin;
    }

    /** Messages received so far. */
    public long received() {
        return received;
    }

    @Override
    public void onAssociationUp(final int association, final SctpAddress remote, final boolean incoming,
        final int outStreams, final int inStreams, final long now) {
        // counted by the cores
    }

    @Override
    public void onMessage(final int association, final int stream, final int ppid, final boolean unordered,
        final byte[] buffer, final int offset, final int length, final long now) {
        received++;
    }

    @Override
    public void onAssociationDown(final int association, final DownCause cause,
        final List<UndeliveredMessage> undelivered, final long now) {
        if (!cut) {
            throw new IllegalStateException("an association was lost: " + cause);
        }
        lost = true;
    }
}
