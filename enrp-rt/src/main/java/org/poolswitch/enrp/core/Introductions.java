// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import org.poolswitch.enrp.wire.EnrpType;
import org.poolswitch.enrp.wire.ListResponse;
import org.poolswitch.enrp.wire.Presence;
import org.poolswitch.rserpool.ServerInformation;
import org.poolswitch.sctp.SctpAddress;

/**
 * How a registrar gets to know others (RFC 5353 sections 3.2.2 and 3.4.1): a peer is who says PRESENCE; one that only
 * others speak of, in a list or as an element's home, is supposed to be one until it is heard or given up.
 */
final class Introductions {
    private final MeshShared shared;
    private final Presences presences;
    private final StartUp startUp;
    private final Presences.Deaths deaths;

    Introductions(final MeshShared shared, final Presences presences, final StartUp startUp,
        final Presences.Deaths deaths) {
        this.shared = shared;
        this.presences = presences;
        this.startUp = startUp;
        this.deaths = deaths;
    }

    /** Every element's home is a peer, known or supposed: one that never speaks is taken over like a dead one. */
    void onHome(final int home, final long nowNs) {
        if (home != shared.serverId() && shared.peers().get(home) == null) {
            shared.peers().add(home, null, nowNs);
        }
    }

    /** A mentor's or peer's list of those it knows. */
    void onList(final ListResponse list, final long nowNs) {
        for (final ServerInformation server : list.servers()) {
            final SctpAddress address = shared.address(server);
            final Peer known = shared.peers().get(server.serverId());
            if (server.serverId() == shared.serverId() || server.serverId() == 0 || address == null) {
                continue;
            }
            if (known == null) {
                shared.peers().add(server.serverId(), address, nowNs);
            } else if (known.address == null) {
                known.address = address;
                known.nextPresenceNs = nowNs;
            }
        }
    }

    /**
     * The first PRESENCE of a peer.
     *
     * @param known       what others said of it, or null
     * @param association on which it came, 0 = by multicast
     * @return the peer, or null if there is no room for it
     */
    Peer introduce(final Peer known, final Presence presence, final int association, final long nowNs) {
        final SctpAddress address = address(presence, association);
        final Peer peer = known != null ? known : shared.peers().add(presence.sender(), address, nowNs);
        if (peer == null) {
            shared.count(EnrpCounter.PEERS_REFUSED);
            return null;
        }
        if (address != null) {
            move(peer, address, association, nowNs);
        }
        peer.introduced = true;
        shared.observer().onPeer(peer.id, peer.address);
        final Peer before = shared.peers().at(peer.address, peer);
        if (before != null && startUp.isInService()) {
            // who was there before cannot be there too: it has died, and this is what came after it
            presences.onHeard(peer, nowNs);
            deaths.onDead(before, nowNs);
        }
        return peer;
    }

    /** PRESENCE of a peer that we know: it may be in another place by now (RFC 5353 section 2.1). */
    void onPresence(final Peer peer, final Presence presence, final int association, final long nowNs) {
        final SctpAddress said = shared.said(presence);
        if (said != null && !said.equals(peer.address)) {
            move(peer, said, association, nowNs);
        }
    }

    void move(final Peer peer, final SctpAddress to, final int association, final long nowNs) {
        if (peer.address != null && !PeerTable.same(peer.address, to)) {
            shared.links().hangUp(peer, association, nowNs);
        }
        peer.address = to;
    }

    /** Where it says that it is; if it does not, where it calls from. */
    private SctpAddress address(final Presence presence, final int association) {
        final SctpAddress said = shared.said(presence);
        final SctpAddress remote = association == 0 ? null : shared.links().remote(association);
        return said != null || remote == null ? said
            : new SctpAddress(remote.hosts(), EnrpType.PORT, shared.config().remoteUdpPort());
    }

    /** PRESENCE by multicast: makes peers known, but is not audited, for it overtakes what associations carry. */
    void onMulticast(final Presence presence, final long nowNs) {
        if (presence.sender() == shared.serverId() || presence.sender() == 0) {
            return;
        }
        Peer peer = shared.peers().get(presence.sender());
        if (peer != null && peer.introduced) {
            final SctpAddress said = shared.said(presence);
            if (said == null || PeerTable.same(said, peer.address)) {
                presences.onHeard(peer, nowNs);
            }
            return;
        }
        peer = introduce(peer, presence, 0, nowNs);
        if (peer != null) {
            // asks for an answer on an association, which is where everything else is said
            peer.introduced = false;
            presences.heartbeat(peer, nowNs);
        }
    }
}
