// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.wire.InitChunk;

/** One association: its state (RFC 9260 section 4), and the parts that do the work. */
final class Association {
    private final int id;
    private final Shared shared;
    private final int localPort;
    private final int remotePort;
    private final boolean incoming;
    private final Paths paths;
    private final PeerAddresses addresses;
    private final Heartbeats heartbeats;
    private final Outbound outbound;
    private final Setup setup;
    private final Shutdown shutdown;
    private final Termination termination;
    private final ControlChunks due = new ControlChunks();
    private Inbound inbound;
    private StreamReset reset;
    private AssociationState state = AssociationState.COOKIE_WAIT;
    private int localTag;
    private int peerTag;
    /** Section 5.2.2: nonces that stand for the tags in cookies, so that nobody learns a tag from one. */
    private final int localTieTag;
    private final int peerTieTag;
    private int inStreams;
    private int peerInitialTsn;
    private boolean peerReconfigures;
    private long lastHeardNs = Long.MIN_VALUE;
    private boolean wasUp;
    /** Its place in {@link DeadlineHeap}, or -1 while it has no deadline. */
    int timerSlot = -1;
    boolean dirty;
    /** Pauses of our own process that it has heard of, see {@link Pauses}. */
    int pausesSeen;

    Association(final int id, final Shared shared, final int localPort, final int remotePort, final boolean incoming,
        final int localTag, final int localTsn) {
        this.id = id;
        this.shared = shared;
        this.localPort = localPort;
        this.remotePort = remotePort;
        this.incoming = incoming;
        this.localTag = localTag;
        this.pausesSeen = shared.pauses().count();
        this.localTieTag = shared.random().nextInt();
        this.peerTieTag = shared.random().nextInt();
        this.paths = new Paths(this, shared);
        this.addresses = new PeerAddresses(this, shared);
        this.heartbeats = new Heartbeats(shared.config(), shared.counters(), paths, shared.random());
        this.outbound = new Outbound(shared.config(), shared.counters(), paths, shared.pool(), shared.totals(),
            localTsn);
        this.setup = new Setup(this, shared);
        this.shutdown = new Shutdown(this, shared);
        this.termination = new Termination(this, shared);
    }

    int id() {
        return id;
    }

    AssociationState state() {
        return state;
    }

    void enter(final AssociationState next) {
        state = next;
    }

    int localPort() {
        return localPort;
    }

    int remotePort() {
        return remotePort;
    }

    int localTag() {
        return localTag;
    }

    int peerTag() {
        return peerTag;
    }

    int localTieTag() {
        return localTieTag;
    }

    int peerTieTag() {
        return peerTieTag;
    }

    Inbound inbound() {
        return inbound;
    }

    Outbound outbound() {
        return outbound;
    }

    Paths paths() {
        return paths;
    }

    PeerAddresses addresses() {
        return addresses;
    }

    /** Stream resets, or null if there was none yet. */
    StreamReset reset() {
        return reset;
    }

    /** True from COMMUNICATION UP on, even when it is over. */
    boolean wasUp() {
        return wasUp;
    }

    boolean isIncoming() {
        return incoming;
    }

    Heartbeats heartbeats() {
        return heartbeats;
    }

    Setup setup() {
        return setup;
    }

    Shutdown shutdown() {
        return shutdown;
    }

    Termination termination() {
        return termination;
    }

    ControlChunks due() {
        return due;
    }

    long lastHeardNs() {
        return lastHeardNs;
    }

    boolean isClosed() {
        return state == AssociationState.CLOSED;
    }

    /**
     * Reads a word of each object that a packet needs. With thousands of associations none of them is in the cache, and
     * the processor fetches these side by side, instead of one after the other as the code comes to them.
     *
     * @return their sum, to be kept somewhere: the compiler leaves out what nobody uses
     */
    int warm() {
        return (int) lastHeardNs + (due.init ? 1 : 0) + paths.warm() + outbound.warm()
            + (inbound == null ? 0 : inbound.warm());
    }

    // ---- set-up --------------------------------------------------------------------------------------------------

    /**
     * What the INIT ACK says.
     *
     * @param from where it came from, an address of the peer whether listed or not (section 5.1.2)
     * @param path where the COOKIE ECHO goes
     */
    void agree(final InitChunk init, final Path from, final Path path) {
        peerTag = init.tag();
        final List<InetAddress> hosts = new ArrayList<>(init.addresses());
        hosts.add(from.host);
        addresses.adopt(hosts, path);
        agree(Math.min(shared.config().outStreams(), init.inStreams()),
            Math.min(shared.config().maxInStreams(), init.outStreams()), init.window(), init.tsn(), init.forwardTsn(),
            init.reconfiguration());
    }

    /** A listener's association comes to be by its cookie (section 5.1 D), or a collision gives it new tags. */
    void onCookie(final StateCookie.Content c, final Path source, final long nowNs) {
        shared.table().changeTag(this, c.localTag());
        localTag = c.localTag();
        peerTag = c.peerTag();
        lastHeardNs = nowNs;
        addresses.adopt(c.peers(), source);
        agree(c.outStreams(), c.inStreams(), c.peerWindow(), c.peerTsn(), c.forwardTsn(), c.reconfiguration());
        established(nowNs);
        due.cookieAck = true;
    }

    /** Section 5.2.4 B: the peer's tag changed while both sides were opening. */
    void onCollision(final StateCookie.Content c, final Path source, final long nowNs) {
        if (state.isSettingUp()) {
            onCookie(c, source, nowNs);
        } else {
            peerTag = c.peerTag();
            due.cookieAck = true;
        }
    }

    private void agree(final int out, final int in, final long window, final int peerTsn, final boolean forwardTsn,
        final boolean reconfigures) {
        inStreams = in;
        peerInitialTsn = peerTsn;
        peerReconfigures = reconfigures;
        outbound.onEstablished(out, window, forwardTsn);
        for (final OutMessage message : outbound.queue().beyond(out)) {
            // accepted before it was known how many streams the peer has
            shared.counters().increment(SctpCounter.MESSAGES_ABANDONED);
            shared.events().abandoned(this, message.undelivered());
            outbound.queue().abandon(message);
        }
        outbound.queue().dropAbandoned();
        inbound = new Inbound(shared.config(), shared.counters(), shared.events(), shared.totals(), this, peerTsn);
    }

    void onCookieAck(final long nowNs) {
        if (state == AssociationState.COOKIE_ECHOED) {
            established(nowNs);
        }
    }

    private void established(final long nowNs) {
        state = AssociationState.ESTABLISHED;
        setup.stop();
        // a COOKIE ACK may come although no COOKIE ECHO has gone yet
        due.init = false;
        due.cookieEcho = false;
        for (final Path path : paths.all()) {
            if (path.congestion.flightOctets() > 0) {
                path.startTimers(shared.config().tailLossProbeNs() != 0, nowNs);
            }
            addresses.watch(path, nowNs);
        }
        heartbeats.start(nowNs);
        if (!wasUp) {
            wasUp = true;
            shared.counters().increment(SctpCounter.ASSOCIATIONS_UP);
            shared.events().up(this, addresses.remote(), incoming, outbound.streams(), inStreams);
        }
    }

    int inStreams() {
        return inStreams;
    }

    /** The peer wants to send on more streams (RFC 6525 section 5.2.5). */
    boolean addInStreams(final int more) {
        if (inStreams + more > shared.config().maxInStreams()) {
            return false;
        }
        inStreams += more;
        return true;
    }

    // ---- chunks --------------------------------------------------------------------------------------------------

    /** A packet of the peer, of so many octets. */
    void heard(final Path path, final InetAddress local, final int udpPort, final int octets, final long nowNs) {
        lastHeardNs = nowNs;
        paths.heard(path, local, udpPort, octets, nowNs);
        if (state != AssociationState.ESTABLISHED) {
            shutdown.heard(nowNs);
        }
    }

    void onReconfiguration(final byte[] b, final int at, final int length) {
        if (wasUp && state.carriesData()) {
            resets().onChunk(b, at, length);
        }
    }

    private StreamReset resets() {
        if (reset == null) {
            reset = new StreamReset(this, shared, outbound.initialTsn(), peerInitialTsn);
        }
        return reset;
    }

    // ---- commands ------------------------------------------------------------------------------------------------

    SendStatus resetStreams(final int[] streams) {
        if (state != AssociationState.ESTABLISHED) {
            return SendStatus.CLOSED;
        }
        return peerReconfigures ? resets().request(streams) : SendStatus.INVALID;
    }

    void probe() {
        if (wasUp && state.carriesData()) {
            heartbeats.askItself(paths.forData());
        }
    }
}
