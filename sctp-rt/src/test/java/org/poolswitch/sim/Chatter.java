// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.poolswitch.runtime.NodeMachine;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.UndeliveredMessage;

/**
 * A node that talks to its peers all the time, calls them again when an association is gone, and checks what a
 * transport promises: per stream once and in order, and every message received or handed back.
 *
 * <pre>
 *  message: sender's incarnation tag (64) | association at the sender (32) | stream's counter (32) | filler
 * </pre>
 */
final class Chatter implements NodeMachine, SctpListener {
    private static final int STREAMS = 4;
    private static final int HEADER = 16;
    private static final long PERIOD_NS = 3_000_000;
    private static final long REDIAL_NS = 20_000_000;

    private record Link(int association, int stream) {
    }

    private final SctpEndpoint endpoint;
    private final RandomGenerator random;
    private final List<SctpAddress> peers;
    private final Ledger ledger;
    private final long tag;
    private final Map<Integer, SctpAddress> dialled = new HashMap<>();
    private final Map<SctpAddress, Long> redial = new HashMap<>();
    private final Set<Integer> up = new HashSet<>();
    private final Map<Link, Integer> nextOut = new HashMap<>();
    private final Map<Link, Integer> nextIn = new HashMap<>();
    private final List<String> log = new ArrayList<>();
    private long nextTalkNs;
    private boolean quiet;

    Chatter(final SctpEndpoint endpoint, final RandomGenerator random, final List<SctpAddress> peers,
        final Ledger ledger) {
        this.endpoint = endpoint;
        this.random = random;
        this.peers = peers;
        this.ledger = ledger;
        this.tag = random.nextLong();
    }

    /** What all nodes of a world sent and got, known to nobody inside it. */
    static final class Ledger {
        private final Set<ByteBuffer> received = new HashSet<>();
        private long delivered;
        private long handedBack;
        private long downs;

        long delivered() {
            return delivered;
        }

        long handedBack() {
            return handedBack;
        }

        long downs() {
            return downs;
        }
    }

    @Override
    public void onStart(final long nowNs) {
        nextTalkNs = nowNs + random.nextLong(PERIOD_NS);
        peers.forEach(peer -> redial.put(peer, nowNs));
    }

    void beQuiet() {
        quiet = true;
    }

    int associationsUp() {
        return up.size();
    }

    List<String> log() {
        return log;
    }

    private void talk(final int association, final long nowNs) {
        final int stream = random.nextInt(STREAMS);
        final Link link = new Link(association, stream);
        final int number = nextOut.getOrDefault(link, 0);
        final int length = HEADER + (random.nextInt(10) == 0 ? random.nextInt(6000) : random.nextInt(200));
        final byte[] b = ByteBuffer.allocate(length).putLong(tag).putInt(association).putInt(number).array();
        if (endpoint.send(association, stream, 3, false, b, 0, length, nowNs) == SendStatus.ACCEPTED) {
            nextOut.put(link, number + 1);
        }
    }

    @Override
    public long nextDeadlineNs() {
        return nextTalkNs;
    }

    @Override
    public void onDeadline(final long nowNs) {
        if (nowNs < nextTalkNs) {
            return;
        }
        nextTalkNs = nowNs + random.nextLong(PERIOD_NS / 2, PERIOD_NS);
        for (final SctpAddress peer : peers) {
            final Long at = redial.get(peer);
            if (at != null && at <= nowNs) {
                redial.remove(peer);
                dialled.put(endpoint.connect(peer, nowNs), peer);
            }
        }
        if (!quiet) {
            for (final int association : List.copyOf(up)) {
                talk(association, nowNs);
            }
        }
    }

    @Override
    public void onAssociationUp(final int association, final SctpAddress remote, final boolean incoming,
        final int outStreams, final int inStreams, final long nowNs) {
        up.add(association);
        log.add("up " + incoming);
    }

    @Override
    public void onMessage(final int association, final int stream, final int ppid, final boolean unordered,
        final byte[] buffer, final int offset, final int length, final long nowNs) {
        final ByteBuffer in = ByteBuffer.wrap(buffer, offset, length);
        final long from = in.getLong();
        final int theirAssociation = in.getInt();
        final int number = in.getInt();
        final Link link = new Link(association, stream);
        if (number != nextIn.getOrDefault(link, 0)) {
            throw new IllegalStateException("stream " + stream + " of " + association + ": message " + number
                + " instead of " + nextIn.getOrDefault(link, 0));
        }
        nextIn.put(link, number + 1);
        if (!ledger.received.add(identity(from, theirAssociation, number, stream))) {
            throw new IllegalStateException("the same message twice");
        }
        ledger.delivered++;
    }

    private static ByteBuffer identity(final long from, final int association, final int number, final int stream) {
        return ByteBuffer.allocate(HEADER + 4).putLong(from).putInt(association).putInt(number).putInt(stream).flip();
    }

    @Override
    public void onAssociationSuspect(final int association, final boolean suspect, final long nowNs) {
        log.add("suspect " + suspect);
    }

    @Override
    public void onSendable(final int association, final long nowNs) {
        log.add("sendable");
    }

    @Override
    public void onAssociationDown(final int association, final DownCause cause,
        final List<UndeliveredMessage> undelivered, final long nowNs) {
        log.add("down " + cause);
        ledger.downs++;
        ledger.handedBack += undelivered.size();
        up.remove(association);
        checkHandedBack(association, undelivered);
        final SctpAddress peer = dialled.remove(association);
        if (peer != null) {
            redial.put(peer, nowNs + REDIAL_NS);
        }
    }

    /** Each stream's messages are accounted for: received by the peer's user or handed back, in order and unbroken. */
    private void checkHandedBack(final int association, final List<UndeliveredMessage> undelivered) {
        final Map<Integer, Integer> firstBack = new HashMap<>();
        final Map<Integer, Integer> nextBack = new HashMap<>();
        for (final UndeliveredMessage m : undelivered) {
            final int number = ByteBuffer.wrap(m.payload()).getInt(12);
            firstBack.putIfAbsent(m.stream(), number);
            final Integer expected = nextBack.put(m.stream(), number + 1);
            if (expected != null && expected > number) {
                throw new IllegalStateException("handed back out of order");
            }
        }
        for (int stream = 0; stream < STREAMS; stream++) {
            final int sent = nextOut.getOrDefault(new Link(association, stream), 0);
            final int first = firstBack.getOrDefault(stream, sent);
            if (nextBack.containsKey(stream) && nextBack.get(stream) != sent) {
                throw new IllegalStateException("the newest messages are neither sent nor handed back");
            }
            // packets go out only after the peer's user got its events: what is acknowledged was received
            for (int n = 0; n < first; n++) {
                if (!ledger.received.contains(identity(tag, association, n, stream))) {
                    throw new IllegalStateException("message " + n + " of stream " + stream + " is lost: " + first
                        + " is the first handed back of " + sent);
                }
            }
        }
    }

    @Override
    public SctpListener sctpListener() {
        return this;
    }

    @Override
    public void onClockJump(final long pausedNs, final long nowNs) {
        log.add("jump " + pausedNs / 1_000_000);
    }

    @Override
    public void beginDrain(final long nowNs) {
        quiet = true;
    }

    @Override
    public boolean isDrained() {
        return true;
    }
}
