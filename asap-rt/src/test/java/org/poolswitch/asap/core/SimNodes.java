// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapStack;
import org.poolswitch.asap.ElementListener;
import org.poolswitch.asap.Failover;
import org.poolswitch.asap.PoolElement;
import org.poolswitch.asap.PoolSession;
import org.poolswitch.asap.PoolSessionListener;
import org.poolswitch.asap.SessionFailure;
import org.poolswitch.runtime.NodeMachine;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.UndeliveredMessage;

/** Nodes for a simulated world: a registrar in its simplest form, elements that count, users that make them count. */
final class SimNodes {
    static final byte[] POOL = "count".getBytes(StandardCharsets.US_ASCII);
    static final int PORT = 2905;

    private SimNodes() {
    }

    static InetAddress host(final int n) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) n});
        } catch (final UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    static AsapConfig config(final int own) {
        return AsapConfig.carrier(List.of(SctpAddress.of(host(200), 3863, 9899)), SctpAddress.of(host(own), PORT,
            9899), 9899);
    }

    /** Remembers registrations, forgets those whose association ends, believes every report. */
    static final class Registrar implements NodeMachine, SctpListener {
        private final SctpEndpoint endpoint;
        private final Map<Integer, byte[]> elements = new TreeMap<>();
        private final Map<Integer, Integer> owners = new HashMap<>();

        Registrar(final SctpEndpoint endpoint) {
            this.endpoint = endpoint;
        }

        @Override
        public void onMessage(final int association, final int stream, final int ppid, final boolean unordered,
            final byte[] b, final int offset, final int length, final long nowNs) {
            final byte[] handle = Rig.parameter(9, POOL);
            final int at = offset + 4 + handle.length;
            switch (b[offset]) {
                case 1 -> {
                    final int id = ByteBuffer.wrap(b).getInt(at + 4);
                    elements.put(id, Arrays.copyOfRange(b, at, offset + length));
                    owners.put(id, association);
                    send(association, Rig.message(3, 0, handle, Rig.parameter(14, Rig.ints(id))), nowNs);
                }
                case 2 -> {
                    final int id = ByteBuffer.wrap(b).getInt(at + 4);
                    elements.remove(id);
                    send(association, Rig.message(4, 0, handle, Rig.parameter(14, Rig.ints(id))), nowNs);
                }
                case 5 -> send(association, answer(handle), nowNs);
                case 9 -> elements.remove(ByteBuffer.wrap(b).getInt(at + 4));
                default -> {
                }
            }
        }

        private byte[] answer(final byte[] handle) {
            final List<byte[]> parts = new ArrayList<>(List.of(handle));
            if (elements.isEmpty()) {
                parts.add(Rig.parameter(12, new byte[] {0, 9, 0, 4}));
            }
            parts.addAll(elements.values());
            return Rig.message(6, 0, parts.toArray(new byte[0][]));
        }

        private void send(final int association, final byte[] m, final long nowNs) {
            endpoint.send(association, 0, 11, false, m, 0, m.length, nowNs);
        }

        @Override
        public void onAssociationDown(final int association, final DownCause cause,
            final List<UndeliveredMessage> undelivered, final long nowNs) {
            owners.forEach((id, owner) -> {
                if (owner == association) {
                    elements.remove(id);
                }
            });
        }

        @Override
        public void onAssociationUp(final int association, final SctpAddress remote, final boolean incoming,
            final int outStreams, final int inStreams, final long nowNs) {
        }

        @Override
        public SctpListener sctpListener() {
            return this;
        }

        @Override
        public long nextDeadlineNs() {
            return NO_DEADLINE;
        }

        @Override
        public void onDeadline(final long nowNs) {
        }
    }

    /** What all nodes with a stack have in common. */
    abstract static class StackNode implements NodeMachine {
        final AsapStack stack;

        StackNode(final AsapConfig config, final SctpEndpoint endpoint, final RandomGenerator random) {
            stack = new AsapStack(config, endpoint, random);
        }

        @Override
        public void onStart(final long nowNs) {
            stack.start(nowNs);
        }

        @Override
        public SctpListener sctpListener() {
            return stack;
        }

        @Override
        public void onClockJump(final long pausedNs, final long nowNs) {
            stack.onClockJump(pausedNs, nowNs);
        }

        @Override
        public long nextDeadlineNs() {
            return stack.nextDeadlineNs();
        }

        @Override
        public void onDeadline(final long nowNs) {
            stack.onDeadline(nowNs);
        }
    }

    /** Counts each session's messages; the count is all its state, and goes into the cookie. */
    static final class Counter extends StackNode implements ElementListener {
        final PoolElement element;
        final Map<Long, Integer> counts = new HashMap<>();
        int usersDown;
        int unfenced;
        int rebuilt;

        Counter(final int n, final SctpEndpoint endpoint, final RandomGenerator random) {
            super(config(n), endpoint, random);
            element = stack.element(this);
            element.register(POOL, 1, 0);
        }

        private static long key(final int association, final int stream) {
            return (long) association << 32 | stream;
        }

        @Override
        public void onUserMessage(final int association, final int stream, final int ppid, final byte[] b,
            final int offset, final int length, final long nowNs) {
            final int n = ByteBuffer.wrap(b).getInt(offset);
            final int count = counts.getOrDefault(key(association, stream), 0);
            // what is known already is a repetition after a failover: answered, not counted
            final int now = n == count ? count + 1 : count;
            counts.put(key(association, stream), now);
            element.sendCookie(association, stream, Rig.ints(now), 0, 4, nowNs);
            element.sendToUser(association, stream, 3, Rig.ints(n, now), 0, 8, nowNs);
        }

        @Override
        public void onCookieEcho(final int association, final int stream, final byte[] b, final int offset,
            final int length, final long nowNs) {
            rebuilt++;
            counts.put(key(association, stream), ByteBuffer.wrap(b).getInt(offset));
        }

        @Override
        public void onUserUp(final int association, final long nowNs) {
        }

        @Override
        public void onUserDown(final int association, final long nowNs) {
            usersDown++;
        }

        @Override
        public void onUserUnfenced(final int association, final long nowNs) {
            unfenced++;
        }
    }

    /** Sends 0, 1, 2, ... in each session, the next one a while after the last one's answer. */
    static final class User extends StackNode implements PoolSessionListener {
        static final long PAUSE_NS = 5_000_000L;
        final List<Failover> failovers = new ArrayList<>();
        final List<Long> movedAtNs = new ArrayList<>();
        final List<SessionFailure> failures = new ArrayList<>();
        final List<PoolSession> sessions = new ArrayList<>();
        final Map<PoolSession, Integer> next = new HashMap<>();
        private final TreeMap<Long, List<PoolSession>> due = new TreeMap<>();
        private final int wanted;
        long worstGapNs;
        long answers;
        private final Map<PoolSession, Long> askedNs = new HashMap<>();

        User(final int n, final int wanted, final SctpEndpoint endpoint, final RandomGenerator random) {
            super(config(n), endpoint, random);
            this.wanted = wanted;
        }

        @Override
        public void onStart(final long nowNs) {
            super.onStart(nowNs);
            for (int i = 0; i < wanted; i++) {
                final PoolSession s = stack.user().open(POOL, this, i, nowNs);
                sessions.add(s);
                next.put(s, 0);
                due.computeIfAbsent(nowNs + i * 100_000L, t -> new ArrayList<>()).add(s);
            }
        }

        @Override
        public long nextDeadlineNs() {
            return Math.min(stack.nextDeadlineNs(), due.isEmpty() ? NO_DEADLINE : due.firstKey());
        }

        @Override
        public void onDeadline(final long nowNs) {
            stack.onDeadline(nowNs);
            while (!due.isEmpty() && due.firstKey() <= nowNs) {
                for (final PoolSession s : due.pollFirstEntry().getValue()) {
                    askedNs.put(s, nowNs);
                    final SendStatus status = s.send(3, Rig.ints(next.get(s)), 0, 4,
                        PoolSession.RETAIN | PoolSession.EXPECT_REPLY, nowNs);
                    if (status != SendStatus.ACCEPTED) {
                        throw new IllegalStateException("refused: " + status);
                    }
                }
            }
        }

        @Override
        public void onMessage(final PoolSession s, final int ppid, final byte[] b, final int offset,
            final int length, final long nowNs) {
            final int n = ByteBuffer.wrap(b).getInt(offset);
            final int count = ByteBuffer.wrap(b).getInt(offset + 4);
            final int expected = next.get(s);
            if (n != expected || count != n + 1) {
                throw new IllegalStateException("message " + expected + " answered with " + n + ", count " + count);
            }
            s.releaseRetained(1);
            answers++;
            worstGapNs = Math.max(worstGapNs, nowNs - askedNs.get(s));
            next.put(s, n + 1);
            due.computeIfAbsent(nowNs + PAUSE_NS, t -> new ArrayList<>()).add(s);
        }

        @Override
        public void onFailover(final PoolSession session, final Failover failover, final long nowNs) {
            failovers.add(failover);
            movedAtNs.add(nowNs);
        }

        @Override
        public void onFailed(final PoolSession session, final SessionFailure reason, final long nowNs) {
            failures.add(reason);
        }
    }
}
