// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import java.util.random.RandomGenerator;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.PathState;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.UndeliveredMessage;

/** Ends A (which calls) and Z (which listens), and the packets between them, moved by hand. */
final class Pair {
    static final long MS = 1_000_000L;
    static final int PORT = 5000;

    /** One end, with what it was told. */
    static final class End implements SctpListener {
        final InetAddress host;
        final SctpEndpointCore core;
        final ArrayDeque<byte[]> out = new ArrayDeque<>();
        /** What came and waits in its socket, and when nothing did for the last time. */
        final ArrayDeque<byte[]> unread = new ArrayDeque<>();
        long allReadNs = Long.MIN_VALUE;
        final List<PathState> states = new ArrayList<>();
        final List<String> messages = new ArrayList<>();
        final List<DownCause> downs = new ArrayList<>();
        final List<Integer> sendable = new ArrayList<>();
        int association;

        End(final SctpConfig config, final int last, final boolean listening, final RandomGenerator random) {
            host = host(last);
            core = new SctpEndpointCore(config, SctpAddress.of(host, PORT, 9899), listening, random,
                new SctpTransmitter() {
                    @Override
                    public void transmit(final InetAddress from, final InetAddress to, final int port,
                        final byte[] packet, final int offset, final int length, final long now) {
                        out.add(Arrays.copyOfRange(packet, offset, offset + length));
                    }

                    @Override
                    public boolean hasUnread(final InetAddress from, final InetAddress to, final int port,
                        final long sinceNs, final long now) {
                        return !unread.isEmpty() && allReadNs < sinceNs;
                    }
                });
        }

        @Override
        public void onAssociationUp(final int id, final SctpAddress remote, final boolean incoming,
            final int outStreams,
            final int inStreams, final long nowNs) {
            association = id;
        }

        @Override
        public void onSendable(final int id, final long nowNs) {
            sendable.add(id);
        }

        @Override
        public void onPathState(final int id, final InetAddress remoteHost, final PathState state, final long nowNs) {
            states.add(state);
        }

        @Override
        public void onMessage(final int id, final int stream, final int ppid, final boolean unordered, final byte[] b,
            final int offset, final int length, final long nowNs) {
            if (id == association) {
                messages.add(new String(b, offset, length, java.nio.charset.StandardCharsets.US_ASCII));
            }
        }

        @Override
        public void onAssociationDown(final int id, final DownCause cause, final List<UndeliveredMessage> undelivered,
            final long nowNs) {
            if (id == association) {
                downs.add(cause);
            }
        }
    }

    final End a;
    final End z;
    long now;
    private long packets;

    Pair() {
        this(SctpConfig.carrier());
    }

    Pair(final SctpConfig config) {
        this(config, new SplittableRandom(1), new SplittableRandom(2));
    }

    Pair(final SctpConfig config, final RandomGenerator ofA, final RandomGenerator ofZ) {
        a = new End(config, 1, false, ofA);
        z = new End(config, 2, true, ofZ);
    }

    static InetAddress host(final int last) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
        } catch (final UnknownHostException e) {
            throw new IllegalStateException("four octets are an address", e);
        }
    }

    /** Up, with nothing under way. */
    Pair connect() {
        a.association = a.core.connect(SctpAddress.of(z.host, PORT, 9899), now);
        run(50 * MS);
        return this;
    }

    void send(final End from, final String text) {
        send(from, 1, text);
    }

    void send(final End from, final int stream, final String text) {
        final byte[] b = text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        from.core.send(from.association, stream, 7, false, b, 0, b.length, now);
    }

    /** A packet for an end, as if the other had sent it. */
    void arrive(final End at, final byte[] packet) {
        at.core.onPacket(at.host, (at == a ? z : a).host, 9899, packet, 0, packet.length, now);
    }

    /** Lets everything happen for a while, a millisecond at a time. */
    void run(final long ns) {
        run(ns, packet -> true);
    }

    /** @param arrives whether a packet arrives, by its number */
    void run(final long ns, final LongPredicate arrives) {
        for (final long until = now + ns; now - until < 0; now += MS) {
            step(arrives);
        }
    }

    private void step(final LongPredicate arrives) {
        for (int i = 0; i < 8; i++) {
            for (final End end : List.of(a, z)) {
                end.core.onDeadline(now);
                end.core.poll(end, 1000, now);
                end.core.flush(now);
            }
            while (!a.out.isEmpty()) {
                move(z, a.out.poll(), arrives);
            }
            while (!z.out.isEmpty()) {
                move(a, z.out.poll(), arrives);
            }
        }
    }

    private void move(final End to, final byte[] packet, final LongPredicate arrives) {
        if (arrives.test(packets++)) {
            arrive(to, packet);
        }
    }
}
