// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;
import org.poolswitch.observe.Counters;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.wire.Bytes;
import org.poolswitch.sctp.wire.ChunkType;
import org.poolswitch.sctp.wire.CommonHeader;

/** User-space SCTP as a pure machine: one port and its associations. A hub: it finds the association and dispatches. */
public final class SctpEndpointCore implements SctpEndpoint {
    private static final int FIRST_EPHEMERAL = 49_152;
    private static final int EPHEMERALS = 16_384;
    private static final int MOST_CHUNKS = 512;

    private record Key(InetAddress host, int remotePort, int localPort) {
    }

    private final SctpConfig config;
    private final SctpAddress local;
    private final boolean listening;
    private final RandomGenerator random;
    private final Counters counters = new Counters(SctpCounter.class);
    private final EventQueue events = new EventQueue(this::touch);
    private final PacketBuilder packets;
    private final StateCookie cookies;
    private final CRC32C crc = new CRC32C();
    private final Map<Key, Association> byAddress = new HashMap<>();
    private final Map<Integer, Association> byId = new HashMap<>();
    private final DeadlineHeap deadlines = new DeadlineHeap();
    private final ArrayDeque<Association> dirty = new ArrayDeque<>();
    private final StatelessReplies replies = new StatelessReplies();
    private int lastId;
    private int nextEphemeral;
    private boolean closed;

    public SctpEndpointCore(final SctpConfig config, final SctpAddress local, final boolean listening,
        final RandomGenerator random, final SctpTransmitter out) {
        this.config = config;
        this.local = local;
        this.listening = listening;
        this.random = random;
        this.packets = new PacketBuilder(local.host(), out, counters, config.pathMtu());
        this.cookies = new StateCookie(config, random);
        this.nextEphemeral = random.nextInt(EPHEMERALS);
    }

    // ---- commands -----------------------------------------------------------------------------------------------

    @Override
    public SctpAddress localAddress() {
        return local;
    }

    @Override
    public int connect(final SctpAddress remote, final long nowNs) {
        if (closed) {
            return CONNECT_CLOSED;
        }
        final int port = byId.size() >= config.maxAssociations() ? 0 : freePort(remote);
        if (port == 0) {
            counters.increment(SctpCounter.REFUSED_FULL);
            return CONNECT_FULL;
        }
        final Association a = new Association(++lastId, config, counters, events, port, remote, false, newTag(),
            random.nextInt());
        add(a);
        a.startInit(nowNs);
        touch(a);
        return a.id();
    }

    private int freePort(final SctpAddress remote) {
        for (int i = 0; i < EPHEMERALS; i++) {
            final int port = FIRST_EPHEMERAL + nextEphemeral;
            nextEphemeral = (nextEphemeral + 1) % EPHEMERALS;
            if (!byAddress.containsKey(new Key(remote.host(), remote.port(), port))) {
                return port;
            }
        }
        return 0;
    }

    private int newTag() {
        int tag = random.nextInt();
        while (tag == 0) {
            tag = random.nextInt();
        }
        return tag;
    }

    private void add(final Association a) {
        byAddress.put(new Key(a.remote().host(), a.remote().port(), a.localPort()), a);
        byId.put(a.id(), a);
    }

    private void touch(final Association a) {
        deadlines.update(a);
        if (!a.dirty) {
            a.dirty = true;
            dirty.add(a);
        }
    }

    @Override
    public SendStatus send(final int association, final int stream, final int ppid, final boolean unordered,
        final long lifetimeNs, final byte[] buffer, final int offset, final int length, final long nowNs) {
        final Association a = byId.get(association);
        if (a == null || !a.acceptsSend()) {
            return SendStatus.CLOSED;
        }
        if (length < 1 || length > config.maxMessageOctets() || stream < 0 || stream >= a.outbound().streams()) {
            return SendStatus.INVALID;
        }
        if (!a.outbound().offer(stream, ppid, unordered, buffer, offset, length)) {
            return SendStatus.FULL;
        }
        counters.increment(SctpCounter.MESSAGES_SENT);
        touch(a);
        return SendStatus.ACCEPTED;
    }

    @Override
    public void probe(final int association, final long nowNs) {
        final Association a = byId.get(association);
        if (a != null) {
            a.probe(nowNs);
            touch(a);
        }
    }

    @Override
    public void shutdown(final int association, final long nowNs) {
        final Association a = byId.get(association);
        if (a != null) {
            a.shutdown(nowNs);
            touch(a);
        }
    }

    @Override
    public void abort(final int association, final long nowNs) {
        final Association a = byId.get(association);
        if (a != null) {
            a.abort(DownCause.LOCAL_ABORT);
            touch(a);
        }
    }

    @Override
    public long lastHeardNs(final int association) {
        final Association a = byId.get(association);
        return a == null ? Long.MIN_VALUE : a.lastHeardNs();
    }

    @Override
    public long probeAnsweredNs(final int association) {
        return byId.containsKey(association) ? byId.get(association).path().probeAnsweredNs() : Long.MIN_VALUE;
    }

    @Override
    public long smoothedRttNs(final int association) {
        final Association a = byId.get(association);
        return a == null ? -1 : a.path().srttNs();
    }

    @Override
    public int poll(final SctpListener listener, final int limit, final long nowNs) {
        return events.poll(listener, limit, nowNs);
    }

    /** What happened so far. */
    public Counters counters() {
        return counters;
    }

    /** Gauge: associations that exist, in whatever state. */
    public int associations() {
        return byId.size();
    }

    @Override
    public long nextDeadlineNs() {
        return deadlines.nextNs();
    }

    @Override
    public void onDeadline(final long nowNs) {
        while (deadlines.nextNs() <= nowNs) {
            final Association a = deadlines.first();
            a.onDeadline(nowNs);
            touch(a);
            if (!a.isClosed() && a.nextDeadlineNs() <= nowNs) {
                break;
            }
        }
    }

    @Override
    public void onClockJump(final long pausedNs, final long nowNs) {
        counters.increment(SctpCounter.CLOCK_JUMPS);
        for (final Association a : byId.values()) {
            a.onClockJump(nowNs);
            touch(a);
        }
    }

    @Override
    public void flush(final long nowNs) {
        replies.flush(packets, nowNs);
        for (Association a = dirty.poll(); a != null; a = dirty.poll()) {
            a.dirty = false;
            a.flush(packets, nowNs);
            deadlines.update(a);
            if (a.isClosed()) {
                byId.remove(a.id(), a);
                byAddress.remove(new Key(a.remote().host(), a.remote().port(), a.localPort()), a);
            }
        }
    }

    @Override
    public void close(final long nowNs) {
        if (closed) {
            return;
        }
        closed = true;
        for (final Association a : List.copyOf(byId.values())) {
            a.abort(DownCause.LOCAL_ABORT);
            touch(a);
        }
        flush(nowNs);
    }

    /** ICMP port unreachable came back for something we sent there: a hint, see {@link Association}. */
    public void onPortUnreachable(final InetAddress host, final int udpPort, final long nowNs) {
        counters.increment(SctpCounter.PORT_UNREACHABLE_HINTS);
        for (final Association a : new ArrayList<>(byId.values())) {
            if (a.path().udpPort == udpPort && a.path().host.equals(host) && !a.isClosed()) {
                a.onPortUnreachable(nowNs);
                touch(a);
            }
        }
    }

    /** One packet from the network. */
    public void onPacket(final InetAddress localHost, final InetAddress host, final int udpPort, final byte[] b,
        final int offset, final int length, final long nowNs) {
        counters.increment(SctpCounter.PACKETS_RECEIVED);
        if (length < CommonHeader.LENGTH + 4 || length > 65_535) {
            counters.increment(SctpCounter.MALFORMED);
            return;
        }
        if (!CommonHeader.checksumIsGood(crc, b, offset, length)) {
            counters.increment(SctpCounter.BAD_CHECKSUM);
            return;
        }
        try {
            dispatch(host, udpPort, b, offset, length, nowNs);
        } catch (final MalformedException e) {
            counters.increment(SctpCounter.MALFORMED);
        }
    }

    private void dispatch(final InetAddress host, final int udpPort, final byte[] b, final int offset,
        final int length, final long nowNs) throws MalformedException {
        final int source = CommonHeader.sourcePort(b, offset);
        final int destination = CommonHeader.destinationPort(b, offset);
        final int tag = CommonHeader.verificationTag(b, offset);
        final int first = offset + CommonHeader.LENGTH;
        final int type = b[first] & 0xff;
        final int chunkLength = Bytes.u16(b, first + 2);
        if (chunkLength < 4 || first + chunkLength > offset + length || source == 0) {
            throw new MalformedException("the first chunk's length is wrong");
        }
        final Association a = byAddress.get(new Key(host, source, destination));
        if (type == ChunkType.INIT) {
            if (tag == 0 && first + Bytes.padded(chunkLength) >= offset + length) {
                onInit(a, host, udpPort, source, destination, b, first, chunkLength, nowNs);
            }
            return;
        }
        if (type == ChunkType.COOKIE_ECHO) {
            onCookieEcho(a, host, udpPort, source, destination, tag, b, first, chunkLength, offset + length, nowNs);
            return;
        }
        if (a == null || a.isClosed()) {
            outOfTheBlue(host, udpPort, source, destination, tag, b, first, offset + length, nowNs);
            return;
        }
        if (!VerificationTag.fits(a, tag, type, b[first + 1])) {
            counters.increment(SctpCounter.BAD_VERIFICATION_TAG);
            if (type == ChunkType.SHUTDOWN_ACK) {
                replies.shutdownComplete(host, udpPort, destination, source, tag);
            }
            return;
        }
        a.heard(udpPort, nowNs);
        chunks(a, b, first, offset + length, nowNs);
    }

    private void chunks(final Association a, final byte[] b, final int first, final int end, final long nowNs)
        throws MalformedException {
        int at = first;
        try {
            for (int n = 0; at + 4 <= end && !a.isClosed() && n < MOST_CHUNKS; n++) {
                final int length = Bytes.u16(b, at + 2);
                if (length < 4 || at + length > end) {
                    throw new MalformedException("a chunk's length is wrong");
                }
                if (!chunk(a, b[at] & 0xff, b, at, length, nowNs)) {
                    break;
                }
                at += Bytes.padded(length);
            }
        } finally {
            if (a.inbound() != null) {
                a.inbound().endOfPacket(nowNs);
            }
            touch(a);
        }
    }

    private boolean chunk(final Association a, final int type, final byte[] b, final int at, final int length,
        final long nowNs) throws MalformedException {
        switch (type) {
            case ChunkType.DATA -> a.onData(b, at, length, nowNs);
            case ChunkType.SACK -> {
                if (length < 16) {
                    throw new MalformedException("SACK is too short");
                }
                a.onSack(b, at, length, nowNs);
            }
            case ChunkType.INIT_ACK -> {
                final InitChunk init = InitChunk.parse(b, at, length);
                if (a.state() == Association.State.COOKIE_WAIT && init.cookieLength() > 0) {
                    a.onInitAck(init, b, nowNs);
                }
            }
            case ChunkType.COOKIE_ACK -> a.onCookieAck(nowNs);
            case ChunkType.HEARTBEAT -> a.onHeartbeat(b, at, length);
            case ChunkType.HEARTBEAT_ACK -> a.onHeartbeatAck(b, at, length, nowNs);
            case ChunkType.ABORT -> a.down(DownCause.PEER_ABORTED);
            case ChunkType.SHUTDOWN -> a.onShutdown(b, at, length, nowNs);
            case ChunkType.SHUTDOWN_ACK -> a.onShutdownAck(packets, nowNs);
            case ChunkType.SHUTDOWN_COMPLETE -> a.onShutdownComplete();
            case ChunkType.ERROR -> { }
            default -> {
                counters.increment(SctpCounter.UNKNOWN_CHUNKS);
                a.due().reportUnknown(b, at, length);
                // section 3.2: the high bit says whether the rest of the packet still counts
                return (type & 0x80) != 0;
            }
        }
        return true;
    }

    // ---- set-up by a peer ---------------------------------------------------------------------------------------

    /** Sections 5.1 B, 5.2.1, 5.2.2: the answer is made from the INIT and a cookie; nothing is kept. */
    private void onInit(final Association a, final InetAddress host, final int udpPort, final int source,
        final int destination, final byte[] b, final int at, final int length, final long nowNs)
        throws MalformedException {
        final InitChunk init = InitChunk.parse(b, at, length);
        final boolean exists = a != null && !a.isClosed();
        if (!exists && (!listening || closed || destination != local.port())) {
            replies.abort(host, udpPort, destination, source, init.tag());
            return;
        }
        if (exists && a.state() == Association.State.SHUTDOWN_ACK_SENT) {
            return;
        }
        final boolean colliding = exists && (a.state() == Association.State.COOKIE_WAIT
            || a.state() == Association.State.COOKIE_ECHOED);
        final int tag = colliding ? a.localTag() : newTag();
        final int tsn = colliding ? a.outbound().initialTsn() : random.nextInt();
        final int out = Math.min(config.outStreams(), init.inStreams());
        final int in = Math.min(config.maxInStreams(), init.outStreams());
        final byte[] cookie = cookies.seal(new StateCookie.Content(nowNs, tag, init.tag(), exists ? a.localTag() : 0,
            exists ? a.peerTag() : 0, tsn, init.tsn(), init.window(), out, in, source, udpPort, host.getAddress()));
        final byte[] value = InitChunk.value(tag, config.receiveBufferOctets(), out, config.maxInStreams(), tsn,
            cookie);
        replies.initAck(host, udpPort, destination, source, init.tag(), value);
    }

    private void onCookieEcho(final Association existing, final InetAddress host, final int udpPort, final int source,
        final int destination, final int tag, final byte[] b, final int at, final int length, final int end,
        final long nowNs) throws MalformedException {
        final StateCookie.Content c = cookies.open(b, at + 4, length - 4);
        if (c == null || c.localTag() != tag || c.peerPort() != source
            || !Arrays.equals(c.address(), host.getAddress())) {
            counters.increment(SctpCounter.BAD_COOKIE);
            return;
        }
        Association a = existing != null && existing.isClosed() ? null : existing;
        final boolean same = a != null && c.localTag() == a.localTag() && c.peerTag() == a.peerTag();
        if (nowNs - c.madeNs() > config.validCookieLifeNs() && !same) {
            counters.increment(SctpCounter.STALE_COOKIE);
            replies.staleCookie(host, udpPort, destination, source, c.peerTag(),
                (nowNs - c.madeNs() - config.validCookieLifeNs()) / 1000);
            return;
        }
        if (a == null) {
            a = accept(host, source, destination, c, nowNs);
            if (a == null) {
                return;
            }
        } else if (!collide(a, c, same, nowNs)) {
            return;
        }
        final Association alive = byAddress.get(new Key(host, source, destination));
        alive.heard(udpPort, nowNs);
        chunks(alive, b, at + Bytes.padded(length), end, nowNs);
    }

    private Association accept(final InetAddress host, final int source, final int destination,
        final StateCookie.Content c, final long nowNs) {
        if (byId.size() >= config.maxAssociations() || closed) {
            counters.increment(SctpCounter.REFUSED_FULL);
            replies.abort(host, c.udpPort(), destination, source, c.peerTag());
            return null;
        }
        final Association a = new Association(++lastId, config, counters, events, destination,
            SctpAddress.of(host, source, c.udpPort()), true, c.localTag(), c.localTsn());
        add(a);
        a.onCookie(c, nowNs);
        touch(a);
        return a;
    }

    /** The table of section 5.2.4. @return whether the rest of the packet counts */
    private boolean collide(final Association a, final StateCookie.Content c, final boolean same, final long nowNs) {
        if (same) {
            // D: our COOKIE ACK was lost, or the INITs met and this side is not up yet
            if (a.state() == Association.State.COOKIE_WAIT || a.state() == Association.State.COOKIE_ECHOED) {
                a.onCookie(c, nowNs);
            }
            a.due().cookieAck = true;
            touch(a);
            return true;
        }
        if (c.localTag() == a.localTag()) {
            // B: INIT collision, the peer's newer tag counts
            a.onCookie(c, nowNs);
            touch(a);
            return true;
        }
        if (c.peerTag() != a.peerTag() && c.localTieTag() == a.localTag() && c.peerTieTag() == a.peerTag()) {
            // A: the peer restarted
            counters.increment(SctpCounter.RESTARTS);
            a.down(DownCause.PEER_RESTARTED);
            deadlines.update(a);
            byId.remove(a.id(), a);
            accept(a.remote().host(), a.remote().port(), a.localPort(), c, nowNs);
            return true;
        }
        // C and everything else: an old cookie, dropped silently
        return false;
    }

    // ---- packets that belong to nobody (section 8.4) ------------------------------------------------------------

    private void outOfTheBlue(final InetAddress host, final int udpPort, final int source, final int destination,
        final int tag, final byte[] b, final int first, final int end, final long nowNs) {
        counters.increment(SctpCounter.OUT_OF_THE_BLUE);
        int at = first;
        while (at + 4 <= end) {
            final int type = b[at] & 0xff;
            final int length = Bytes.u16(b, at + 2);
            if (type == ChunkType.ABORT || type == ChunkType.SHUTDOWN_COMPLETE || type == ChunkType.COOKIE_ACK
                || type == ChunkType.ERROR && VerificationTag.isStaleCookie(b, at, length, end)) {
                return;
            }
            if (type == ChunkType.SHUTDOWN_ACK) {
                replies.shutdownComplete(host, udpPort, destination, source, tag);
                return;
            }
            if (length < 4) {
                break;
            }
            at += Bytes.padded(length);
        }
        replies.abortReflecting(host, udpPort, destination, source, tag);
    }
}
