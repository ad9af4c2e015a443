// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.util.HashMap;
import java.util.Map;
import org.poolswitch.enrp.wire.EnrpMessage;
import org.poolswitch.enrp.wire.EnrpType;
import org.poolswitch.observe.Counters;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SendStatus;

/**
 * The associations between this registrar and its peers. Each side opens one of its own: over the one that a server
 * opened itself the transport tells it soonest that the other's process is gone. If both call from the port they listen
 * on ({@link org.poolswitch.sctp.SctpConfig#sourcePort}) there is but one between them.
 */
final class PeerLinks {
    private static final int STREAM = 0;
    private static final int LONGEST = 65_536;

    private final SctpEndpoint endpoint;
    /** The kernel's SCTP does not call from the port it listens on, and RSPLIB believes no PRESENCE from another. */
    private final boolean callsFromElsewhere;
    /** Both call from the port they listen on: then there is one association, whoever opened it. */
    private boolean oneForBoth;
    private final Counters counters;
    private final Map<Integer, Peer> byAssociation = new HashMap<>();
    private final Map<Integer, SctpAddress> remotes = new HashMap<>();
    /** Which peer speaks on which association, since it has spoken. */
    private final Map<Integer, Integer> speakers = new HashMap<>();
    private final ParameterWriter out = new ParameterWriter(LONGEST);

    PeerLinks(final SctpEndpoint endpoint, final Counters counters) {
        this.endpoint = endpoint;
        this.callsFromElsewhere = endpoint.localAddress().encapsulationPort() == 0;
        this.counters = counters;
    }

    /** An empty message to be filled and given to {@link #sendFilled}. */
    ParameterWriter filling() {
        return out;
    }

    boolean send(final Peer to, final EnrpMessage message, final long nowNs) {
        message.write(out);
        return sendFilled(to, nowNs);
    }

    boolean sendFilled(final Peer to, final long nowNs) {
        dial(to, nowNs);
        final boolean own = to.incoming == 0 || to.outgoingUp && !callsFromElsewhere;
        final int association = own ? to.outgoing : to.incoming;
        return association != 0 && sendFilled(association, nowNs);
    }

    /** Answers on the association on which somebody spoke who may be no peer. */
    void answer(final int association, final EnrpMessage message, final long nowNs) {
        message.write(out);
        sendFilled(association, nowNs);
    }

    private boolean sendFilled(final int association, final long nowNs) {
        final int length = out.finish();
        final boolean taken = endpoint.send(association, STREAM, EnrpType.PPID, false, out.buffer(), 0, length, nowNs)
            == SendStatus.ACCEPTED;
        // what a peer misses is found by its audit
        counters.increment(taken ? EnrpCounter.SENT : EnrpCounter.UNSENT);
        return taken;
    }

    /** Sees to it that we have an association of our own with a peer. */
    void dial(final Peer peer, final long nowNs) {
        if (peer.outgoing == 0 && peer.address != null && !(peer.incoming != 0 && oneForBoth)) {
            final int association = endpoint.connect(peer.address, nowNs);
            oneForBoth |= association == SctpEndpoint.CONNECT_IN_USE;
            if (association > 0) {
                peer.outgoing = association;
                peer.outgoingUp = false;
                byAssociation.put(association, peer);
            }
        }
    }

    /** Gives a peer an association that was opened to an address before it was known who is there. */
    void adopt(final Peer peer, final int association) {
        if (peer.outgoing != 0 && peer.outgoing != association) {
            return;
        }
        peer.outgoing = association;
        peer.outgoingUp = true;
        byAssociation.put(association, peer);
    }

    void onUp(final int association, final SctpAddress remote) {
        remotes.put(association, remote);
        speakers.remove(association);
        final Peer peer = byAssociation.get(association);
        if (peer != null && peer.outgoing == association) {
            peer.outgoingUp = true;
        }
    }

    /** Where the other end of an association is, or null. */
    SctpAddress remote(final int association) {
        return remotes.get(association);
    }

    /** Whether a server may be the one at the other end: nobody else has spoken there. */
    boolean maySpeak(final int association, final int id) {
        final Integer speaker = speakers.get(association);
        return speaker == null || speaker == id;
    }

    void heardOn(final Peer peer, final int association) {
        speakers.putIfAbsent(association, peer.id);
        if (association != 0 && association != peer.outgoing && association != peer.incoming) {
            peer.incoming = association;
            byAssociation.put(association, peer);
        }
    }

    /** @return whose association this was, or null */
    Peer onDown(final int association) {
        remotes.remove(association);
        speakers.remove(association);
        final Peer peer = byAssociation.remove(association);
        if (peer != null && peer.outgoing == association) {
            peer.outgoing = 0;
            peer.outgoingUp = false;
        }
        if (peer != null && peer.incoming == association) {
            peer.incoming = 0;
        }
        return peer;
    }

    /** Whether an association with a peer is up, beside one. */
    static boolean isLinked(final Peer peer, final int beside) {
        return peer.outgoingUp && peer.outgoing != beside || peer.incoming != 0 && peer.incoming != beside;
    }

    /** Who speaks on an association is not the peer after all. */
    void disown(final Peer peer, final int association) {
        if (peer.incoming == association) {
            peer.incoming = 0;
            byAssociation.remove(association, peer);
        }
    }

    /**
     * The peer is elsewhere: what we opened to it goes nowhere, and is opened anew when something is to be said.
     *
     * @param spoken the association on which it said so, which goes where it is
     */
    void hangUp(final Peer peer, final int spoken, final long nowNs) {
        if (peer.incoming != spoken) {
            byAssociation.remove(peer.incoming, peer);
            peer.incoming = 0;
        }
        if (peer.outgoing != 0 && peer.outgoing != spoken) {
            byAssociation.remove(peer.outgoing);
            endpoint.abort(peer.outgoing, nowNs);
            peer.outgoing = 0;
            peer.outgoingUp = false;
        }
    }

    /** The peer is gone for good: nothing more is said to it. */
    void drop(final Peer peer, final long nowNs) {
        byAssociation.values().removeIf(p -> p == peer);
        if (peer.outgoing != 0) {
            endpoint.abort(peer.outgoing, nowNs);
            peer.outgoing = 0;
        }
        peer.incoming = 0;
    }

    void abort(final int association, final long nowNs) {
        endpoint.abort(association, nowNs);
    }

    int connect(final SctpAddress address, final long nowNs) {
        return endpoint.connect(address, nowNs);
    }
}
