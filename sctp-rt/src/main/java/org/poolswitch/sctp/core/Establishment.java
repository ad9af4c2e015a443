// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.poolswitch.sctp.wire.InitChunk;

/**
 * How an association comes to be: what both sides agree on by an INIT ACK or by a cookie (RFC 9260 sections 5.1 and
 * 5.2.4), until its user hears that it is up (section 11.2.4). The chunks themselves are {@link Setup}'s on the side
 * that opens it, and {@link Handshake}'s on the other.
 */
final class Establishment {
    private final Association association;
    private final Shared shared;
    /** Section 5.2.2: nonces that stand for the tags in cookies, so that nobody learns a tag from one. */
    private final int localTieTag;
    private final int peerTieTag;
    private int peerInitialTsn;
    private boolean peerReconfigures;
    private boolean wasUp;

    Establishment(final Association association, final Shared shared) {
        this.association = association;
        this.shared = shared;
        this.localTieTag = shared.random().nextInt();
        this.peerTieTag = shared.random().nextInt();
    }

    int localTieTag() {
        return localTieTag;
    }

    int peerTieTag() {
        return peerTieTag;
    }

    int peerInitialTsn() {
        return peerInitialTsn;
    }

    /** The peer supports stream reset (RFC 6525). */
    boolean peerReconfigures() {
        return peerReconfigures;
    }

    /** True from COMMUNICATION UP on, even when it is over. */
    boolean wasUp() {
        return wasUp;
    }

    /**
     * What the INIT ACK says.
     *
     * @param from where it came from, an address of the peer whether listed or not (section 5.1.2)
     * @param path where the COOKIE ECHO goes
     */
    void onInitAck(final InitChunk init, final Path from, final Path path) {
        association.useTags(association.localTag(), init.tag());
        final List<InetAddress> hosts = new ArrayList<>(init.addresses());
        hosts.add(from.host);
        association.addresses().adopt(hosts, path);
        agree(Math.min(shared.config().outStreams(), init.inStreams()),
            Math.min(shared.config().maxInStreams(), init.outStreams()), init.window(), init.tsn(), init.forwardTsn(),
            init.reconfiguration());
    }

    /** A listener's association comes to be by its cookie (section 5.1 D), or a collision gives it new tags. */
    void onCookie(final StateCookie.Content c, final Path source, final long nowNs) {
        shared.table().changeTag(association, c.localTag());
        association.useTags(c.localTag(), c.peerTag());
        association.heardAt(nowNs);
        association.addresses().adopt(c.peers(), source);
        agree(c.outStreams(), c.inStreams(), c.peerWindow(), c.peerTsn(), c.forwardTsn(), c.reconfiguration());
        established(nowNs);
        association.due().cookieAck = true;
    }

    /** Section 5.2.4 B: the peer's tag changed while both sides were opening. */
    void onCollision(final StateCookie.Content c, final Path source, final long nowNs) {
        if (association.state().isSettingUp()) {
            onCookie(c, source, nowNs);
        } else {
            association.useTags(association.localTag(), c.peerTag());
            association.due().cookieAck = true;
        }
    }

    private void agree(final int out, final int in, final long window, final int peerTsn, final boolean forwardTsn,
        final boolean reconfigures) {
        peerInitialTsn = peerTsn;
        peerReconfigures = reconfigures;
        final Outbound outbound = association.outbound();
        outbound.onEstablished(out, window, forwardTsn);
        for (final OutMessage message : outbound.queue().beyond(out)) {
            // accepted before it was known how many streams the peer has
            shared.counters().increment(SctpCounter.MESSAGES_ABANDONED);
            shared.events().abandoned(association, message.undelivered());
            outbound.queue().abandon(message);
        }
        outbound.queue().dropAbandoned();
        association.receiveInto(new Inbound(shared, association, peerTsn, in));
    }

    void onCookieAck(final long nowNs) {
        if (association.state() == AssociationState.COOKIE_ECHOED) {
            established(nowNs);
        }
    }

    private void established(final long nowNs) {
        association.enter(AssociationState.ESTABLISHED);
        association.setup().stop();
        // a COOKIE ACK may come although no COOKIE ECHO has gone yet
        association.due().init = false;
        association.due().cookieEcho = false;
        for (final Path path : association.paths().all()) {
            if (path.congestion.flightOctets() > 0) {
                path.startTimers(shared.config().tailLossProbeNs() != 0, nowNs);
            }
            association.addresses().watch(path, nowNs);
        }
        association.heartbeats().start(nowNs);
        if (!wasUp) {
            wasUp = true;
            shared.counters().increment(SctpCounter.ASSOCIATIONS_UP);
            shared.events().up(association, association.addresses().remote(), association.isIncoming(),
                association.outbound().streams(), association.inbound().streams());
        }
    }
}
