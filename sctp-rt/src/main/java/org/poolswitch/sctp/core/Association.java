// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.net.InetAddress;
import org.poolswitch.sctp.SendStatus;

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
    private final Establishment establishment;
    private final Shutdown shutdown;
    private final Termination termination;
    private final ControlChunks due = new ControlChunks();
    private Inbound inbound;
    private StreamReset reset;
    private AssociationState state = AssociationState.COOKIE_WAIT;
    private int localTag;
    private int peerTag;
    private long lastHeardNs = Long.MIN_VALUE;
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
        this.establishment = new Establishment(this, shared);
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

    /** The verification tags of what we receive, and of what we send (section 8.5). */
    void useTags(final int local, final int peer) {
        localTag = local;
        peerTag = peer;
    }

    /** What is received, or null before it was agreed how. */
    Inbound inbound() {
        return inbound;
    }

    void receiveInto(final Inbound agreed) {
        inbound = agreed;
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

    boolean isIncoming() {
        return incoming;
    }

    Heartbeats heartbeats() {
        return heartbeats;
    }

    Setup setup() {
        return setup;
    }

    Establishment establishment() {
        return establishment;
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

    void heardAt(final long nowNs) {
        lastHeardNs = nowNs;
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
        if (establishment.wasUp() && state.carriesData()) {
            resets().onChunk(b, at, length);
        }
    }

    private StreamReset resets() {
        if (reset == null) {
            reset = new StreamReset(this, shared, outbound.initialTsn(), establishment.peerInitialTsn());
        }
        return reset;
    }

    // ---- commands ------------------------------------------------------------------------------------------------

    SendStatus resetStreams(final int[] streams) {
        if (state != AssociationState.ESTABLISHED) {
            return SendStatus.CLOSED;
        }
        return establishment.peerReconfigures() ? resets().request(streams) : SendStatus.INVALID;
    }

    void probe() {
        if (establishment.wasUp() && state.carriesData()) {
            heartbeats.askItself(paths.forData());
        }
    }
}
