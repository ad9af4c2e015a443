// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import org.poolswitch.runtime.Machine;

/**
 * Heartbeats, and the silence of peers (RFC 5353 sections 3.4 and 3.5): every PEER-HEARTBEAT-CYCLE PRESENCE to each;
 * whoever was not heard for MAX-TIME-LAST-HEARD is asked, whoever then stays silent for MAX-TIME-NO-RESPONSE is dead.
 */
final class Presences {
    /** Hears of deaths. */
    interface Deaths {
        void onDead(Peer peer, long nowNs);
    }

    private final MeshShared shared;
    private final Deaths deaths;

    Presences(final MeshShared shared, final Deaths deaths) {
        this.shared = shared;
        this.deaths = deaths;
    }

    /** Anything from a peer proves that it lives. */
    void onHeard(final Peer peer, final long nowNs) {
        peer.lastHeardNs = nowNs;
        peer.deadNs = Machine.NO_DEADLINE;
    }

    /** Asks a peer whether it lives, once at a time. */
    void ask(final Peer peer, final long nowNs) {
        if (peer.deadNs == Machine.NO_DEADLINE) {
            peer.deadNs = nowNs + shared.timers().maxTimeNoResponseNs();
            shared.count(EnrpCounter.PEERS_ASKED);
            shared.links().send(peer, shared.presence(peer.id, true), nowNs);
        }
    }

    /**
     * An association with a peer ended. It may be a path only, so the peer is asked over a new one; but if that cannot
     * be opened either, or is refused, nobody is there.
     */
    void onLinkLost(final Peer peer, final boolean refused, final long nowNs) {
        if (peer.incoming != 0 || peer.outgoing != 0) {
            return;
        }
        if (peer.deadNs == Machine.NO_DEADLINE) {
            ask(peer, nowNs);
        } else if (refused) {
            peer.deadNs = nowNs;
        }
    }

    long nextDeadlineNs() {
        long next = Machine.NO_DEADLINE;
        for (final Peer peer : shared.peers().all()) {
            next = Math.min(next, Math.min(peer.nextPresenceNs, silenceNs(peer)));
        }
        return next;
    }

    private long silenceNs(final Peer peer) {
        final long due = peer.deadNs != Machine.NO_DEADLINE ? peer.deadNs
            : peer.lastHeardNs + shared.timers().maxTimeLastHeardNs();
        return Math.max(due, peer.inactiveUntilNs);
    }

    void onDeadline(final long nowNs) {
        for (final Peer peer : shared.peers().copy()) {
            if (peer.nextPresenceNs <= nowNs) {
                heartbeat(peer, nowNs);
            }
            if (silenceNs(peer) > nowNs || shared.peers().get(peer.id) != peer) {
                continue;
            }
            if (peer.deadNs == Machine.NO_DEADLINE) {
                ask(peer, nowNs);
            } else {
                // looked at again if nothing comes of it
                peer.deadNs = nowNs + shared.timers().maxTimeNoResponseNs();
                deaths.onDead(peer, nowNs);
            }
        }
    }

    /** The first ones ask for an answer, until the peer has introduced itself. */
    void heartbeat(final Peer peer, final long nowNs) {
        peer.nextPresenceNs = nowNs + shared.jittered(shared.timers().heartbeatCycleNs());
        shared.links().send(peer, shared.presence(peer.id, !peer.introduced), nowNs);
    }

    /** This process was away: the peers' silence may be ours. */
    void onClockJump(final long nowNs) {
        for (final Peer peer : shared.peers().all()) {
            peer.lastHeardNs = nowNs;
            peer.deadNs = Machine.NO_DEADLINE;
            peer.namesakeNs = Machine.NO_DEADLINE;
            peer.nextPresenceNs = Math.min(peer.nextPresenceNs, nowNs);
        }
    }
}
