// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.UndeliveredMessage;
import org.poolswitch.sctp.core.SctpEndpointCore;

/**
 * The wire between the endpoint under test and a tester without SCTP of its own: packets made by hand go in, what the
 * endpoint sends waits until it is expected, and time passes only when a test says so. The endpoint's user is here too.
 */
class Tester implements SctpListener {
    static final long MS = 1_000_000L;
    static final long SECOND = 1_000 * MS;
    static final int UDP_PORT = 9899;
    static final int LISTENING_PORT = 5000;
    static final int TESTER_PORT = 6000;
    /** The endpoint's addresses. */
    static final InetAddress E1 = host(10, 0, 0, 1);
    static final InetAddress E2 = host(10, 1, 0, 1);
    static final InetAddress E6 = host(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    /** The tester's addresses. */
    static final InetAddress T1 = host(10, 0, 0, 2);
    static final InetAddress T2 = host(10, 1, 0, 2);
    static final InetAddress T3 = host(10, 2, 0, 2);

    record Up(int association, SctpAddress remote, boolean incoming, int outStreams, int inStreams) {
    }

    record Message(int stream, byte[] data) {
    }

    record Down(DownCause cause, List<UndeliveredMessage> undelivered) {
    }

    final SctpConfig config;
    final SctpEndpointCore endpoint;
    final List<Up> ups = new ArrayList<>();
    final List<Message> messages = new ArrayList<>();
    final List<Down> downs = new ArrayList<>();
    final List<UndeliveredMessage> abandoned = new ArrayList<>();
    /** Addresses of the tester at which a HEARTBEAT has arrived. */
    final Set<InetAddress> probed = new HashSet<>();
    /** The value of the last one. */
    byte[] heartbeat;
    /** The packet that it was in, with its company. */
    Packet probe;
    /** How often the user heard that there is room to send again. */
    int sendables;
    /** Whether HEARTBEATs are answered, so that paths are confirmed and stay active. */
    boolean alive = true;
    long now = 1_000 * SECOND;
    /** Ports and tags of the association, or of the one being set up. */
    int endpointPort = LISTENING_PORT;
    int endpointTag;
    int testerTag = 0x7e57_0001;
    private final ArrayDeque<Packet> wire = new ArrayDeque<>();
    private final ArrayDeque<Packet> arriving = new ArrayDeque<>();
    private int lastTagPut;

    Tester(final SctpConfig config, final List<InetAddress> hosts) {
        this.config = config;
        endpoint = new SctpEndpointCore(config, new SctpAddress(hosts, LISTENING_PORT, UDP_PORT), true,
            new SplittableRandom(9260), (from, to, port, packet, offset, length, at) ->
                arriving.add(Packet.parse(now, from, to, Arrays.copyOfRange(packet, offset, offset + length))));
    }

    static InetAddress host(final int... octets) {
        try {
            return InetAddress.getByAddress(Tlv.of(0, octets).value());
        } catch (final UnknownHostException e) {
            throw new IllegalStateException("four or sixteen octets are an address", e);
        }
    }

    // ---- packets to the endpoint --------------------------------------------------------------------------------

    /** A packet with the right tag: 0 for INIT, else the endpoint's (section 8.5). */
    void put(final Chunk... chunks) {
        putFrom(T1, chunks);
    }

    void putFrom(final InetAddress source, final Chunk... chunks) {
        putTagged(chunks[0].type() == Chunk.INIT ? 0 : endpointTag, source, chunks);
    }

    void putTagged(final int tag, final InetAddress source, final Chunk... chunks) {
        lastTagPut = tag;
        putBytes(source, Packet.bytes(TESTER_PORT, endpointPort, tag, chunks));
    }

    void putBytes(final InetAddress source, final byte[] packet) {
        endpoint.onPacket(E1, source, UDP_PORT, packet, 0, packet.length, now);
    }

    // ---- packets from the endpoint ------------------------------------------------------------------------------

    /** The next packet, which the endpoint sends without time passing: exactly these chunks. */
    Packet expect(final Integer... types) {
        final Packet packet = next();
        assertThat(packet.types()).containsExactly(types);
        return packet;
    }

    /** The next packet; its tag must be the tester's, or the reflected one where the T bit says so (section 8.5.1). */
    Packet next() {
        settle();
        final Packet packet = wire.poll();
        assertThat(packet).as("the endpoint must send something now").isNotNull();
        assertThat(packet.tag()).as("verification tag").isEqualTo(tagFor(packet));
        // where an INIT comes from, a test must learn first
        assertThat(packet.sourcePort()).as("source port").isEqualTo(
            packet.has(Chunk.INIT) ? packet.sourcePort() : endpointPort);
        return packet;
    }

    private int tagFor(final Packet packet) {
        final Chunk last = packet.chunks().get(packet.chunks().size() - 1);
        final boolean reflects = (last.type() == Chunk.ABORT || last.type() == Chunk.SHUTDOWN_COMPLETE)
            && (last.flags() & Chunk.T) != 0;
        return packet.has(Chunk.INIT) ? 0 : reflects ? lastTagPut : testerTag;
    }

    /** The next packet, as soon as it comes but within that time. */
    Packet await(final long ns, final Integer... types) {
        final long until = now + ns;
        settle();
        while (wire.isEmpty() && tick(until)) {
            settle();
        }
        assertThat(wire).as("a packet within %d ms", ns / MS).isNotEmpty();
        return expect(types);
    }

    /** All chunks that the endpoint sends without time passing. */
    List<Chunk> chunksNow() {
        final List<Chunk> chunks = new ArrayList<>();
        settle();
        while (!wire.isEmpty()) {
            chunks.addAll(next().chunks());
        }
        return chunks;
    }

    void expectNothing() {
        settle();
        assertThat(wire).as("packets that should not be").isEmpty();
    }

    /** Lets time pass, in which the endpoint must be silent. */
    void expectNothing(final long ns) {
        advance(ns);
        expectNothing();
    }

    // ---- time ---------------------------------------------------------------------------------------------------

    /** Lets time pass; what the endpoint sends waits to be expected. */
    void advance(final long ns) {
        final long until = now + ns;
        settle();
        while (tick(until)) {
            settle();
        }
    }

    /** To the endpoint's next deadline, but not further than that. @return false if there is none before */
    private boolean tick(final long until) {
        // a deadline that stays in the past must not stop the clock
        final long next = Math.max(endpoint.nextDeadlineNs(), now + MS / 10);
        now = Math.min(next, until);
        if (endpoint.nextDeadlineNs() <= now) {
            endpoint.onDeadline(now);
            settle();
        }
        return now < until;
    }

    private void settle() {
        do {
            endpoint.poll(this, 10_000, now);
            endpoint.flush(now);
            endpoint.poll(this, 10_000, now);
        } while (receive());
    }

    /** Takes the HEARTBEATs out of what arrives and answers them. @return true if there was an answer */
    private boolean receive() {
        boolean answered = false;
        while (!arriving.isEmpty()) {
            final Packet packet = arriving.poll();
            assertThat(packet.octets()).as("path MTU").isLessThanOrEqualTo(config.pathMtu());
            assertThat(packet.destinationPort()).isEqualTo(TESTER_PORT);
            if (!packet.has(Chunk.HEARTBEAT)) {
                wire.add(packet);
                continue;
            }
            probed.add(packet.to());
            probe = packet;
            heartbeat = packet.chunk(Chunk.HEARTBEAT).value();
            if (packet.without(Chunk.HEARTBEAT).chunks().size() > 0) {
                wire.add(packet.without(Chunk.HEARTBEAT));
            }
            if (alive) {
                putFrom(packet.to(), new Chunk(Chunk.HEARTBEAT_ACK, 0, packet.chunk(Chunk.HEARTBEAT).value()));
                answered = true;
            }
        }
        return answered;
    }

    // ---- the endpoint's user ------------------------------------------------------------------------------------

    int association() {
        return ups.get(ups.size() - 1).association();
    }

    /** Hands a message to the endpoint, whose octets say where they stand. */
    SendStatus send(final int stream, final int octets) {
        final byte[] b = text(octets);
        return endpoint.send(association(), stream, 7, false, b, 0, b.length, now);
    }

    static byte[] text(final int octets) {
        final byte[] b = new byte[octets];
        for (int i = 0; i < octets; i++) {
            b[i] = (byte) (i % 251);
        }
        return b;
    }

    @Override
    public void onAssociationUp(final int id, final SctpAddress remote, final boolean incoming, final int outStreams,
        final int inStreams, final long nowNs) {
        ups.add(new Up(id, remote, incoming, outStreams, inStreams));
    }

    @Override
    public void onMessage(final int id, final int stream, final int ppid, final boolean unordered, final byte[] buffer,
        final int offset, final int length, final long nowNs) {
        messages.add(new Message(stream, Arrays.copyOfRange(buffer, offset, offset + length)));
    }

    @Override
    public void onSendable(final int id, final long nowNs) {
        sendables++;
    }

    @Override
    public void onMessageAbandoned(final int id, final UndeliveredMessage message, final long nowNs) {
        abandoned.add(message);
    }

    @Override
    public void onAssociationDown(final int id, final DownCause cause, final List<UndeliveredMessage> undelivered,
        final long nowNs) {
        downs.add(new Down(cause, undelivered));
    }
}
