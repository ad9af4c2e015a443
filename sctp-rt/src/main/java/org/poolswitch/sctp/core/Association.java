// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.util.List;
import org.poolswitch.observe.Counters;
import org.poolswitch.runtime.Machine;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.UndeliveredMessage;
import org.poolswitch.sctp.wire.Bytes;
import org.poolswitch.sctp.wire.ChunkType;

/** One association: its state (RFC 9260 section 4), its timers, and the parts that do the work. */
final class Association {
    /** RFC 9260 section 4. CLOSED means that it is about to be forgotten. */
    enum State {
        COOKIE_WAIT, COOKIE_ECHOED, ESTABLISHED, SHUTDOWN_PENDING, SHUTDOWN_SENT, SHUTDOWN_RECEIVED, SHUTDOWN_ACK_SENT,
        CLOSED
    }

    private final int id;
    private final SctpConfig config;
    private final Counters counters;
    private final EventQueue events;
    private final int localPort;
    private final SctpAddress remote;
    private final boolean incoming;
    private final Path path;
    private Outbound outbound;
    private Inbound inbound;
    private State state;
    private int localTag;
    private int peerTag;
    private int inStreams;
    private byte[] cookie;
    private int t1Tries;
    private long t1Ns = Machine.NO_DEADLINE;
    private long t2Ns = Machine.NO_DEADLINE;
    private int t2Tries;
    private long heartbeatNs = Machine.NO_DEADLINE;
    private boolean heartbeatOut;
    private long hintNs = Machine.NO_DEADLINE;
    private long lastHeardNs = Long.MIN_VALUE;
    private boolean suspect;
    private final ControlChunks due = new ControlChunks();
    private boolean wasUp;
    int heapIndex = -1;
    long heapNs;
    boolean dirty;

    Association(final int id, final SctpConfig config, final Counters counters, final EventQueue events,
        final int localPort, final SctpAddress remote, final boolean incoming, final int localTag, final int localTsn) {
        this.id = id;
        this.config = config;
        this.counters = counters;
        this.events = events;
        this.localPort = localPort;
        this.remote = remote;
        this.incoming = incoming;
        this.localTag = localTag;
        this.path = new Path(config, remote.host(), remote.encapsulationPort());
        this.outbound = new Outbound(config, counters, path, localTsn);
        this.state = State.COOKIE_WAIT;
    }

    int id() {
        return id;
    }

    State state() {
        return state;
    }

    SctpAddress remote() {
        return remote;
    }

    int localPort() {
        return localPort;
    }

    int localTag() {
        return localTag;
    }

    int peerTag() {
        return peerTag;
    }

    Inbound inbound() {
        return inbound;
    }

    Outbound outbound() {
        return outbound;
    }

    Path path() {
        return path;
    }

    long lastHeardNs() {
        return lastHeardNs;
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    // ---- set-up -------------------------------------------------------------------------------------------------

    void startInit(final long nowNs) {
        due.init = true;
        t1Ns = nowNs + path.rtoNs();
    }

    /** INIT ACK in COOKIE-WAIT (section 5.1 C). */
    void onInitAck(final InitChunk init, final byte[] b, final long nowNs) {
        peerTag = init.tag();
        cookie = java.util.Arrays.copyOfRange(b, init.cookieAt(), init.cookieAt() + init.cookieLength());
        establishStreams(Math.min(config.outStreams(), init.inStreams()),
            Math.min(config.maxInStreams(), init.outStreams()), init.window(), init.tsn());
        state = State.COOKIE_ECHOED;
        due.cookieEcho = cookie;
        t1Tries = 0;
        t1Ns = nowNs + path.rtoNs();
    }

    /** A listener's association comes to be by its cookie (section 5.1 D), or a restart gives it new tags. */
    void onCookie(final StateCookie.Content c, final long nowNs) {
        localTag = c.localTag();
        peerTag = c.peerTag();
        establishStreams(c.outStreams(), c.inStreams(), c.peerWindow(), c.peerTsn());
        path.udpPort = c.udpPort();
        established(nowNs);
        due.cookieAck = true;
    }

    private void establishStreams(final int out, final int in, final int window, final int peerTsn) {
        inStreams = in;
        outbound.onEstablished(out, window & 0xffffffffL);
        inbound = new Inbound(config, counters, events, this, peerTsn);
    }

    void onCookieAck(final long nowNs) {
        if (state == State.COOKIE_ECHOED) {
            established(nowNs);
        }
    }

    private void established(final long nowNs) {
        state = State.ESTABLISHED;
        t1Ns = Machine.NO_DEADLINE;
        cookie = null;
        wasUp = true;
        heartbeatNs = config.heartbeatIntervalNs() == 0 ? Machine.NO_DEADLINE : nowNs + config.heartbeatIntervalNs();
        counters.increment(SctpCounter.ASSOCIATIONS_UP);
        events.up(this, remote, incoming, outbound.streams(), inStreams);
    }

    ControlChunks due() {
        return due;
    }

    // ---- chunks -------------------------------------------------------------------------------------------------

    void heard(final int udpPort, final long nowNs) {
        lastHeardNs = nowNs;
        hintNs = Machine.NO_DEADLINE;
        if (udpPort != 0) {
            path.udpPort = udpPort;
        }
    }

    boolean carriesData() {
        return state == State.ESTABLISHED || state == State.SHUTDOWN_PENDING || state == State.SHUTDOWN_SENT
            || state == State.SHUTDOWN_RECEIVED;
    }

    void onData(final byte[] b, final int at, final int length, final long nowNs) throws MalformedException {
        if (length <= Outbound.DATA_HEADER) {
            // section 6.2: DATA without user data is a protocol violation
            abort(DownCause.PROTOCOL_VIOLATION);
            return;
        }
        if (state == State.COOKIE_ECHOED || !carriesData() || state == State.SHUTDOWN_RECEIVED) {
            return;
        }
        if (!inbound.onData(b, at, length, inStreams)) {
            abort(DownCause.PROTOCOL_VIOLATION);
            return;
        }
        if (state == State.SHUTDOWN_SENT) {
            // section 9.2: DATA in SHUTDOWN-SENT is answered with SHUTDOWN and restarts T2
            due.shutdown = true;
            inbound.forceSack();
            t2Ns = nowNs + path.rtoNs();
        }
    }

    void onSack(final byte[] b, final int at, final int length, final long nowNs) throws MalformedException {
        if (!carriesData()) {
            return;
        }
        if (outbound.onSack(b, at, length, nowNs)) {
            clearErrors();
        }
        if (outbound.takeSendable()) {
            events.sendable(this);
        }
        progressShutdown(nowNs);
    }

    void onHeartbeat(final byte[] b, final int at, final int length) {
        due.heartbeatAck = java.util.Arrays.copyOfRange(b, at + 4, at + length);
    }

    void onHeartbeatAck(final byte[] b, final int at, final int length, final long nowNs) {
        if (length >= 4 + 4 + 8 && Bytes.u16(b, at + 4) == ControlChunks.HEARTBEAT_INFO) {
            path.onProbeAnswered(Bytes.i64(b, at + 8), heartbeatOut, nowNs);
            if (heartbeatOut) {
                heartbeatOut = false;
                clearErrors();
                heartbeatNs = nowNs + config.heartbeatIntervalNs();
            }
        }
    }

    private void clearErrors() {
        path.errors = 0;
        if (suspect) {
            suspect = false;
            events.suspect(this, false);
        }
    }

    void onShutdown(final byte[] b, final int at, final int length, final long nowNs) throws MalformedException {
        if (length < 8 || !carriesData()) {
            return;
        }
        // a SHUTDOWN acknowledges like a SACK without gaps (section 9.2)
        final byte[] sack = new byte[16];
        Bytes.put32(sack, 4, Bytes.i32(b, at + 4));
        Bytes.put32(sack, 8, config.receiveBufferOctets());
        outbound.onSack(sack, 0, 16, nowNs);
        if (state == State.SHUTDOWN_SENT) {
            sendShutdownAck(nowNs);
        } else {
            state = State.SHUTDOWN_RECEIVED;
            progressShutdown(nowNs);
        }
    }

    void onShutdownAck(final PacketBuilder packets, final long nowNs) {
        if (state == State.SHUTDOWN_SENT || state == State.SHUTDOWN_ACK_SENT) {
            single(packets, ChunkType.SHUTDOWN_COMPLETE, 0, nowNs);
            down(DownCause.SHUTDOWN);
        }
    }

    void onShutdownComplete() {
        if (state == State.SHUTDOWN_ACK_SENT) {
            down(DownCause.SHUTDOWN);
        }
    }

    // ---- commands -----------------------------------------------------------------------------------------------

    boolean acceptsSend() {
        return state == State.COOKIE_WAIT || state == State.COOKIE_ECHOED || state == State.ESTABLISHED;
    }

    void shutdown(final long nowNs) {
        if (state == State.ESTABLISHED) {
            state = State.SHUTDOWN_PENDING;
            progressShutdown(nowNs);
        } else if (state == State.COOKIE_WAIT || state == State.COOKIE_ECHOED) {
            abort(DownCause.LOCAL_ABORT);
        }
    }

    private void progressShutdown(final long nowNs) {
        if (!outbound.isEmpty()) {
            return;
        }
        if (state == State.SHUTDOWN_PENDING) {
            state = State.SHUTDOWN_SENT;
            due.shutdown = true;
            t2Ns = nowNs + path.rtoNs();
        } else if (state == State.SHUTDOWN_RECEIVED) {
            sendShutdownAck(nowNs);
        }
    }

    private void sendShutdownAck(final long nowNs) {
        state = State.SHUTDOWN_ACK_SENT;
        due.shutdownAck = true;
        t2Ns = nowNs + path.rtoNs();
    }

    void probe(final long nowNs) {
        if (wasUp && carriesData()) {
            due.heartbeat = true;
            if (!heartbeatOut) {
                heartbeatNs = nowNs + path.rtoNs();
            }
        }
    }

    void abort(final DownCause cause) {
        due.abort = peerTag != 0;
        down(cause);
    }

    /** The one end of every association. */
    void down(final DownCause cause) {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        t1Ns = Machine.NO_DEADLINE;
        t2Ns = Machine.NO_DEADLINE;
        heartbeatNs = Machine.NO_DEADLINE;
        hintNs = Machine.NO_DEADLINE;
        final List<UndeliveredMessage> undelivered = outbound.drain();
        counters.add(SctpCounter.UNDELIVERED, undelivered.size());
        counters.increment(SctpCounter.ASSOCIATIONS_DOWN);
        events.down(this, wasUp || cause == DownCause.LOCAL_ABORT ? cause : DownCause.CONNECT_FAILED, undelivered);
    }

    // ---- time ---------------------------------------------------------------------------------------------------

    /**
     * ICMP says that nobody listens there. It may be forged or old, so it only starts a probe; a second one for that
     * probe, with nothing heard between, is believed (RFC 9260 section 10 leaves it to the implementation).
     */
    void onPortUnreachable(final long nowNs) {
        if (!wasUp) {
            down(DownCause.CONNECT_FAILED);
        } else if (hintNs == Machine.NO_DEADLINE) {
            hintNs = nowNs;
            due.heartbeat = true;
        } else if (!due.heartbeat) {
            down(DownCause.PEER_UNREACHABLE);
        }
    }

    void onClockJump(final long nowNs) {
        if (state == State.CLOSED) {
            return;
        }
        outbound.onClockJump(nowNs);
        path.errors = 0;
        hintNs = Machine.NO_DEADLINE;
        if (t1Ns != Machine.NO_DEADLINE) {
            t1Ns = nowNs + path.rtoNs();
        }
        if (t2Ns != Machine.NO_DEADLINE) {
            t2Ns = nowNs + path.rtoNs();
        }
        if (wasUp) {
            heartbeatOut = false;
            due.heartbeat = true;
            heartbeatNs = nowNs + path.rtoNs();
        }
    }

    long nextDeadlineNs() {
        if (state == State.CLOSED) {
            return Machine.NO_DEADLINE;
        }
        long next = Math.min(Math.min(t1Ns, t2Ns), Math.min(heartbeatNs, outbound.deadlineNs()));
        if (inbound != null) {
            next = Math.min(next, inbound.deadlineNs());
        }
        return next;
    }

    void onDeadline(final long nowNs) {
        if (inbound != null) {
            inbound.onDeadline(nowNs);
        }
        if (t1Ns <= nowNs) {
            onT1(nowNs);
        }
        if (t2Ns <= nowNs) {
            onT2(nowNs);
        }
        if (outbound.deadlineNs() <= nowNs && state != State.CLOSED) {
            outbound.onT3(nowNs);
            error();
        }
        if (heartbeatNs <= nowNs && state != State.CLOSED) {
            onHeartbeatTimer(nowNs);
        }
    }

    private void onT1(final long nowNs) {
        if (++t1Tries > config.maxInitRetransmits()) {
            down(DownCause.CONNECT_FAILED);
            return;
        }
        path.backOff();
        due.init = state == State.COOKIE_WAIT;
        due.cookieEcho = state == State.COOKIE_ECHOED ? cookie : null;
        t1Ns = nowNs + path.rtoNs();
    }

    private void onT2(final long nowNs) {
        if (++t2Tries > config.associationMaxRetrans()) {
            abort(DownCause.PEER_SILENT);
            return;
        }
        path.backOff();
        due.shutdown = state == State.SHUTDOWN_SENT;
        due.shutdownAck = state == State.SHUTDOWN_ACK_SENT;
        t2Ns = nowNs + path.rtoNs();
    }

    /** Section 8.3. While a heartbeat is out the timer runs for its answer, else for the next one. */
    private void onHeartbeatTimer(final long nowNs) {
        if (heartbeatOut) {
            heartbeatOut = false;
            path.backOff();
            error();
            if (state == State.CLOSED) {
                return;
            }
            due.heartbeat = true;
            heartbeatNs = nowNs + path.rtoNs();
            return;
        }
        final long idleSince = lastHeardNs + config.heartbeatIntervalNs();
        if (idleSince > nowNs && !outbound.hasInFlight()) {
            heartbeatNs = idleSince;
            return;
        }
        due.heartbeat = true;
        heartbeatNs = nowNs + path.rtoNs();
    }

    private void error() {
        if (++path.errors > config.associationMaxRetrans()) {
            // section 8.1: the peer is unreachable; it is told in case it can hear us
            abort(DownCause.PEER_SILENT);
        } else if (path.errors > config.potentiallyFailedMaxRetrans() && !suspect) {
            suspect = true;
            events.suspect(this, true);
        }
    }

    // ---- packets ------------------------------------------------------------------------------------------------

    private void single(final PacketBuilder packets, final int type, final int flags, final long nowNs) {
        packets.begin(localPort, remote.port(), peerTag);
        packets.chunk(type, flags);
        packets.send(path.host, path.udpPort, nowNs);
    }

    void flush(final PacketBuilder packets, final long nowNs) {
        if (due.abort) {
            due.abort = false;
            single(packets, ChunkType.ABORT, 0, nowNs);
        }
        if (state == State.CLOSED) {
            return;
        }
        if (due.init) {
            due.init = false;
            packets.begin(localPort, remote.port(), 0);
            final byte[] value = InitChunk.value(localTag, config.receiveBufferOctets(), config.outStreams(),
                config.maxInStreams(), outbound.initialTsn(), null);
            packets.chunk(ChunkType.INIT, 0, value, 0, value.length);
            packets.send(path.host, path.udpPort, nowNs);
            return;
        }
        flushChunks(packets, nowNs);
    }

    private void flushChunks(final PacketBuilder packets, final long nowNs) {
        packets.begin(localPort, remote.port(), peerTag);
        if (due.write(packets, inbound, nowNs)) {
            heartbeatOut = true;
            counters.increment(SctpCounter.HEARTBEATS_SENT);
        }
        final boolean mayData = state == State.ESTABLISHED || state == State.SHUTDOWN_PENDING
            || state == State.SHUTDOWN_RECEIVED;
        final Bundler bundler = new Bundler(packets, path, localPort, remote.port(), peerTag, nowNs);
        if (mayData) {
            bundler.data(outbound, inbound, config.maxBurst());
        }
        if (inbound != null && inbound.mustSack() && carriesData()) {
            bundler.sack(inbound);
        }
        bundler.end();
    }
}
