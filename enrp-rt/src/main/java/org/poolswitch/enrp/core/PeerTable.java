// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.poolswitch.sctp.SctpAddress;

/** The registrars that this one knows (the peer list of RFC 5353 section 3.1), by identifier; bounded. */
final class PeerTable {
    private final TreeMap<Integer, Peer> peers = new TreeMap<>(Integer::compareUnsigned);
    private final int most;

    PeerTable(final int most) {
        this.most = most;
    }

    Peer get(final int id) {
        return peers.get(id);
    }

    /** @return the new peer, or null if there is no room */
    Peer add(final int id, final SctpAddress address, final long nowNs) {
        if (peers.size() >= most) {
            return null;
        }
        final Peer peer = new Peer(id, address, nowNs);
        peers.put(id, peer);
        return peer;
    }

    void remove(final Peer peer) {
        peers.remove(peer.id);
        peer.closeCursors();
    }

    /** A view, to be looked at only. */
    Collection<Peer> all() {
        return peers.values();
    }

    /** A copy, for walks during which peers come and go. */
    List<Peer> copy() {
        return new ArrayList<>(peers.values());
    }

    int size() {
        return peers.size();
    }

    /** Somebody with this address other than {@code self}, or null. */
    Peer at(final SctpAddress address, final Peer self) {
        for (final Peer peer : peers.values()) {
            if (peer != self && same(peer.address, address)) {
                return peer;
            }
        }
        return null;
    }

    /** Whether two addresses are one registrar's: the same port on at least one common host. */
    static boolean same(final SctpAddress a, final SctpAddress b) {
        return a != null && b != null && a.port() == b.port()
            && a.hosts().stream().anyMatch(host -> b.hosts().contains(host));
    }
}
