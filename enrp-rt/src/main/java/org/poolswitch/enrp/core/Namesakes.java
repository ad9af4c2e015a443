// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.poolswitch.enrp.wire.EnrpMessage;
import org.poolswitch.enrp.wire.ListResponse;
import org.poolswitch.enrp.wire.Presence;
import org.poolswitch.rserpool.ServerInformation;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.SctpAddress;

/**
 * Two servers with one identifier (a copied journal, a {@code --server-id} given twice) that perhaps meet only here, as
 * neither names the other to itself. RFC 5353 section 3.2.1 wants identifiers unique, and a peer is where its newest
 * PRESENCE says; but if both were believed in turn, each would call the other's elements gone. So who was first stays
 * the peer as long as it lives: it is asked, and only if it does not answer has it moved.
 */
final class Namesakes {
    private static final long TELL_AGAIN_NS = 60_000_000_000L;

    private final MeshShared shared;
    private final Introductions introductions;
    /** Where who speaks on an association says that it is. */
    private final Map<Integer, SctpAddress> places = new HashMap<>();

    Namesakes(final MeshShared shared, final Introductions introductions) {
        this.shared = shared;
        this.introductions = introductions;
    }

    void onDown(final int association) {
        places.remove(association);
    }

    /**
     * Whether a message comes from somebody else than the peer that has its sender's identifier, or may.
     *
     * @param peer null if none has it
     */
    boolean isOne(final Peer peer, final int association, final EnrpMessage message, final long nowNs) {
        if (message instanceof Presence presence && shared.said(presence) != null) {
            places.put(association, shared.said(presence));
        }
        final SctpAddress place = places.get(association);
        if (peer == null || !peer.introduced || peer.address == null || place == null
            || PeerTable.same(place, peer.address)) {
            return false;
        }
        if (hasMoved(peer, association, nowNs)) {
            peer.namesakeNs = Machine.NO_DEADLINE;
            introductions.move(peer, place, association, nowNs);
            return false;
        }
        shared.links().disown(peer, association);
        if (lives(peer)) {
            tell(peer, place, association, nowNs);
        }
        if (peer.namesakeNs == Machine.NO_DEADLINE || lives(peer) && !isHeard(peer, nowNs)) {
            peer.namesakeNs = nowNs;
            shared.links().send(peer, shared.presence(peer.id, true), nowNs);
        }
        return true;
    }

    /** It was heard where it was, after somebody elsewhere had said its name. */
    private static boolean lives(final Peer peer) {
        return peer.namesakeNs != Machine.NO_DEADLINE && peer.lastHeardNs > peer.namesakeNs;
    }

    private boolean isHeard(final Peer peer, final long nowNs) {
        return nowNs - peer.lastHeardNs < shared.timers().maxTimeLastHeardNs();
    }

    private boolean hasMoved(final Peer peer, final int association, final long nowNs) {
        return !PeerLinks.isLinked(peer, association) || peer.namesakeNs != Machine.NO_DEADLINE && !lives(peer)
            && nowNs - peer.namesakeNs >= shared.timers().maxTimeNoResponseNs();
    }

    private void tell(final Peer peer, final SctpAddress other, final int association, final long nowNs) {
        shared.count(EnrpCounter.DUPLICATE_PEERS);
        if (peer.namesakeToldNs == Machine.NO_DEADLINE || nowNs - peer.namesakeToldNs >= TELL_AGAIN_NS) {
            peer.namesakeToldNs = nowNs;
            shared.observer().onDuplicatePeer(peer.id, peer.address, other);
            // each hears where the other is, in a list of one: any registrar understands that it is not itself
            shared.links().answer(association, listOf(peer.id, peer.address), nowNs);
            shared.links().send(peer, listOf(peer.id, other), nowNs);
        }
    }

    private ListResponse listOf(final int id, final SctpAddress place) {
        return new ListResponse(shared.serverId(), id, false, List.of(MeshShared.information(id, place)));
    }

    /**
     * A list that nobody asked for may have our own identifier with another place than ours.
     *
     * @return where who has it is, or null
     */
    SctpAddress ofOurs(final ListResponse list) {
        for (final ServerInformation server : list.servers()) {
            final SctpAddress place = shared.address(server);
            if (server.serverId() == shared.serverId() && place != null && !PeerTable.same(place, shared.local())) {
                return place;
            }
        }
        return null;
    }
}
