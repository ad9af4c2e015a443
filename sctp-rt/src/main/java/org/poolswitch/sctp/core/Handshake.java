// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.PathState;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.wire.ErrorCauses;
import org.poolswitch.sctp.wire.InitChunk;
import org.poolswitch.sctp.wire.InitWriter;

/**
 * Associations that peers open, and those that they open again (RFC 9260 sections 5.1 and 5.2): INIT and COOKIE ECHO,
 * whatever state there is.
 */
final class Handshake {
    private final Shared shared;
    private final SctpConfig config;
    private final StatelessReplies replies;
    private final StateCookie cookies;
    private final int port;
    private final boolean listening;
    private boolean closed;

    Handshake(final Shared shared, final StatelessReplies replies, final int port, final boolean listening) {
        this.shared = shared;
        this.config = shared.config();
        this.replies = replies;
        this.cookies = new StateCookie(config, shared.random());
        this.port = port;
        this.listening = listening;
    }

    void close() {
        closed = true;
    }

    // ---- INIT ----------------------------------------------------------------------------------------------------

    /** The answer is made from the INIT and a cookie; nothing is kept. */
    void onInit(final StatelessReplies.Origin from, final byte[] b, final int at, final int length, final long nowNs)
        throws MalformedException {
        final InitChunk init = InitChunk.parse(b, at, length);
        if (init.tag() == 0) {
            // section 3.3.2: silently
            throw new MalformedException("INIT with an initiate tag of 0");
        }
        final List<InetAddress> peers = addresses(init, from.remote());
        final Association a = existing(peers, from);
        final byte[] refusal = refusal(a, init, peers, from);
        if (refusal != null) {
            replies.abort(from, init.tag(), refusal);
        } else if (a != null && a.state() == AssociationState.SHUTDOWN_ACK_SENT) {
            // section 9.2: the peer has not heard that we are done
            a.due().shutdownAck = true;
            shared.agenda().touch(a);
        } else {
            answer(a, init, peers, from, nowNs);
        }
    }

    /**
     * The source first (section 5.1.2 A to C). What cannot be a path takes nobody's place, and is not new when the peer
     * names it again in a restart (section 5.2.2).
     */
    private List<InetAddress> addresses(final InitChunk init, final InetAddress source) {
        final List<InetAddress> peers = new ArrayList<>(List.of(source));
        for (final InetAddress address : init.addresses()) {
            if (!peers.contains(address) && peers.size() < config.maxPeerAddresses()
                && shared.addresses().isUsable(address, source)) {
                peers.add(address);
            }
        }
        return peers;
    }

    private Association existing(final List<InetAddress> peers, final StatelessReplies.Origin from) {
        for (final InetAddress peer : peers) {
            final Association a = shared.table().owner(peer, from.remotePort(), from.localPort());
            if (a != null && !a.isClosed()) {
                return a;
            }
        }
        return null;
    }

    /** @return the cause of an ABORT, an empty one for an ABORT without a cause, or null if all is well */
    private byte[] refusal(final Association a, final InitChunk init, final List<InetAddress> peers,
        final StatelessReplies.Origin from) {
        if (a == null && (!listening || closed || from.localPort() != port)) {
            return new byte[0];
        }
        if (!init.isAcceptable()) {
            return ErrorCauses.plain(ErrorCauses.INVALID_MANDATORY_PARAMETER);
        }
        if (init.hostName() != null) {
            return ErrorCauses.quoting(ErrorCauses.UNRESOLVABLE_ADDRESS, init.hostName(), 0, init.hostName().length);
        }
        if (a != null && a.state() != AssociationState.COOKIE_WAIT) {
            // section 5.2.2: a restart with a new address could be somebody else's hijack, and so could one from where
            // there is no path
            final List<InetAddress> unknown = peers.stream().filter(peer -> peer.equals(from.remote())
                ? a.paths().find(peer) == null : !a.addresses().hasNamed(peer)).toList();
            return unknown.isEmpty() ? null : ErrorCauses.newAddresses(unknown);
        }
        return null;
    }

    private void answer(final Association a, final InitChunk init, final List<InetAddress> peers,
        final StatelessReplies.Origin from, final long nowNs) {
        // section 5.2.1: in a collision the answer has the tag and TSN of our own INIT
        final boolean colliding = a != null && a.state().isSettingUp();
        final StatelessReplies.Origin to = a != null && a.state() == AssociationState.COOKIE_WAIT
            ? whomBothNamed(a, peers, from) : from;
        if (to == null) {
            shared.counters().increment(SctpCounter.UNKNOWN_SOURCE);
            return;
        }
        if (to != from) {
            peers.remove(to.remote());
            peers.add(0, to.remote());
        }
        final int tag = colliding ? a.localTag() : shared.newTag();
        final int tsn = colliding ? a.outbound().initialTsn() : shared.random().nextInt();
        final boolean tied = a != null && a.state() != AssociationState.COOKIE_WAIT;
        final int out = Math.min(config.outStreams(), init.inStreams());
        final int in = Math.min(config.maxInStreams(), init.outStreams());
        // section 5.2.6: a peer far away may ask for a longer life, within reason
        final long life = config.validCookieLifeNs()
            + Math.min(config.validCookieLifeNs(), init.cookieIncrementMs() * 1_000_000L);
        final byte[] cookie = cookies.seal(new StateCookie.Content(nowNs, life, tag, init.tag(),
            tied ? a.establishment().localTieTag() : 0, tied ? a.establishment().peerTieTag() : 0, tsn, init.tsn(),
            init.window(), out, in,
            from.remotePort(), from.localPort(), to.udpPort(), init.forwardTsn(), init.reconfiguration(),
            to.local(), peers));
        // section 5.1.2: what it sends from or lists is supported, whatever its Supported Address Types say
        final List<InetAddress> ours = shared.addresses().listedFor(to.remote()).stream().filter(host ->
            init.canUse(host) || peers.stream().anyMatch(peer -> peer.getClass() == host.getClass())).toList();
        replies.initAck(to, init.tag(), new InitWriter(tag, config.receiveBufferOctets(), out,
            config.maxInStreams(), tsn).addresses(ours).unrecognized(init.unrecognized()).cookie(cookie).value());
    }

    /**
     * Section 5.2.1: in COOKIE-WAIT the answer has our own tag in it. Whoever guesses two ports, and lists the address
     * of him that we call, must not learn the tag.
     *
     * @return null if there is no address that may hear it
     */
    private static StatelessReplies.Origin whomBothNamed(final Association a, final List<InetAddress> peers,
        final StatelessReplies.Origin from) {
        // section 5.2.1: only an address that our user named (rule 1) and that the INIT reports (rule 2), its source if
        // that is one (rule 3)
        for (final InetAddress peer : peers) {
            final Path path = a.paths().find(peer);
            // section 5.4 rule 1: before the set-up is over, whom our user named is confirmed, and nobody else
            if (path != null && path.isConfirmed()) {
                return peer.equals(from.remote()) ? from : new StatelessReplies.Origin(path.local, path.host,
                    path.udpPort, from.remotePort(), from.localPort());
            }
        }
        return null;
    }

    // ---- COOKIE ECHO ---------------------------------------------------------------------------------------------

    /** @return the association that the rest of the packet belongs to, or null */
    Association onCookieEcho(final StatelessReplies.Origin from, final int tag, final byte[] b, final int at,
        final int length, final long nowNs) {
        final StateCookie.Content c = cookies.open(b, at + 4, length - 4);
        if (c == null || c.localTag() != tag || c.peerPort() != from.remotePort() || c.localPort() != from.localPort()
            || !c.peers().contains(from.remote())) {
            shared.counters().increment(SctpCounter.BAD_COOKIE);
            return null;
        }
        final Association a = existing(c.peers(), from);
        final boolean same = a != null && c.localTag() == a.localTag() && c.peerTag() == a.peerTag();
        final long lateNs = nowNs - c.madeNs() - c.lifeNs();
        if (lateNs > 0 && !same) {
            shared.counters().increment(SctpCounter.STALE_COOKIE);
            replies.error(from, c.peerTag(), ErrorCauses.staleCookie((lateNs + 999) / 1000));
            return null;
        }
        if (a == null && (shared.table().isUsed(c.localTag()) || shared.table().byTag(c.localTag()) != null)) {
            // a duplicate that was long on its way, or a replay; a peer that really waits hears that it is over. Or its
            // tag, which nobody reserved for it, has become somebody else's (section 5.3.1)
            shared.counters().increment(SctpCounter.REPLAYED_COOKIE);
            replies.abort(from, c.peerTag(), new byte[0]);
            return null;
        }
        final Association result = a == null ? accept(from, c, nowNs) : collide(a, from, c, same, nowNs);
        if (result != null) {
            shared.agenda().touch(result);
        }
        return result;
    }

    private Association accept(final StatelessReplies.Origin from, final StateCookie.Content c, final long nowNs) {
        if (shared.table().size() >= config.maxAssociations() || closed || shared.events().isFull()) {
            shared.counters().increment(SctpCounter.REFUSED_FULL);
            replies.abort(from, c.peerTag(), ErrorCauses.plain(ErrorCauses.OUT_OF_RESOURCE));
            return null;
        }
        final Association a = new Association(shared.table().nextId(), shared, c.localPort(), c.peerPort(), true,
            c.localTag(), c.localTsn());
        // section 5.4: the address to which the INIT ACK went is confirmed by the cookie
        if (!a.addresses().add(c.peers().get(0), c.udpPort(), PathState.ACTIVE, nowNs)) {
            replies.abort(from, c.peerTag(), ErrorCauses.plain(ErrorCauses.OUT_OF_RESOURCE));
            return null;
        }
        final Path source = a.paths().primary();
        source.local = c.local();
        shared.table().add(a);
        a.establishment().onCookie(c, source, nowNs);
        return a;
    }

    /** The table of section 5.2.4. */
    private Association collide(final Association a, final StatelessReplies.Origin from, final StateCookie.Content c,
        final boolean same, final long nowNs) {
        if (same || c.localTag() == a.localTag()) {
            final Path source = source(a, c, nowNs);
            if (source == null) {
                return null;
            }
            if (!same) {
                // B: INIT collision, the peer's newer tag counts
                a.establishment().onCollision(c, source, nowNs);
            } else if (a.state().isSettingUp()) {
                // D: our COOKIE ACK was lost, or the INITs met and this side is not up yet
                a.establishment().onCookie(c, source, nowNs);
            }
            a.due().cookieAck = true;
            // section 5.4: our first answer went where the INIT ACK went, and perhaps that way does not work any more
            a.due().cookieAckTo = a.paths().find(from.remote());
            return a;
        }
        if (c.peerTag() != a.peerTag() && c.localTieTag() == a.establishment().localTieTag()
            && c.peerTieTag() == a.establishment().peerTieTag()) {
            return restart(a, from, c, nowNs);
        }
        // C and everything else: an old cookie, dropped silently
        return null;
    }

    /** Where the peer's INIT came from: in a collision that may be an address of it that we had not heard of. */
    private Path source(final Association a, final StateCookie.Content c, final long nowNs) {
        final InetAddress host = c.peers().get(0);
        if (a.paths().find(host) == null) {
            a.addresses().add(host, c.udpPort(), PathState.ACTIVE, nowNs);
        }
        final Path path = a.paths().find(host);
        if (path != null && !path.isConfirmed() && a.state().isSettingUp()) {
            // section 5.4 rule 2: the INIT ACK went there, and whoever echoes its cookie has read it. It may become the
            // only path, and where nobody vouches for it no time-out counts against the peer
            path.state = PathState.ACTIVE;
        }
        return path;
    }

    /** A: the peer restarted. */
    private Association restart(final Association a, final StatelessReplies.Origin from, final StateCookie.Content c,
        final long nowNs) {
        if (a.state() == AssociationState.SHUTDOWN_ACK_SENT) {
            a.due().shutdownAck = true;
            a.due().report(ErrorCauses.plain(ErrorCauses.COOKIE_RECEIVED_WHILE_SHUTTING_DOWN));
            shared.agenda().touch(a);
            return null;
        }
        if (shared.events().isFull()) {
            // the user does not listen; the peer asks again
            return null;
        }
        shared.counters().increment(SctpCounter.RESTARTS);
        a.termination().down(DownCause.PEER_RESTARTED);
        a.addresses().releaseAll();
        shared.table().remove(a);
        // the next flush forgets whatever else still knows it
        shared.agenda().touch(a);
        return accept(from, c, nowNs);
    }
}
