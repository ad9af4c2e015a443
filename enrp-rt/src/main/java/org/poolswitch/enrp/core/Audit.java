// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import org.poolswitch.enrp.wire.HandleTableResponse;
import org.poolswitch.enrp.wire.Presence;
import org.poolswitch.rserpool.PoolElementEntry;
import org.poolswitch.runtime.Machine;

/**
 * The PE checksum audit (RFC 5353 section 3.6): a peer's PRESENCE tells the checksum of what it owns. If ours of the
 * same differs, its elements are downloaded (W = 1), what comes is marked, and what then has no mark is gone.
 */
final class Audit {
    private final MeshShared shared;
    private final PeerElements elements;
    private int rounds;

    Audit(final MeshShared shared, final PeerElements elements) {
        this.shared = shared;
        this.elements = elements;
    }

    /** One audit of a peer at a time, and a pause after one: updates that are on their way settle most differences. */
    void onPresence(final Peer peer, final Presence presence, final long nowNs) {
        if (presence.checksum() == Presence.NO_CHECKSUM || peer.download != null || nowNs < peer.auditAfterNs
            || presence.checksum() == shared.space().checksum(peer.id)) {
            return;
        }
        shared.count(EnrpCounter.AUDITS);
        shared.observer().onAudit(peer.id);
        peer.round = ++rounds;
        peer.download = new Download(shared, elements, peer, true, nowNs);
    }

    void onPage(final Peer peer, final HandleTableResponse page, final long nowNs) {
        final Download.Progress progress = peer.download.onPage(page, nowNs);
        if (progress == Download.Progress.GOING_ON) {
            return;
        }
        if (progress == Download.Progress.BEGUN_ANEW) {
            peer.round = ++rounds;
            return;
        }
        if (progress == Download.Progress.DONE) {
            purge(peer, nowNs);
        }
        end(peer, nowNs);
    }

    private void purge(final Peer peer, final long nowNs) {
        PoolElementEntry e = shared.space().firstOwned(peer.id);
        while (e != null) {
            final PoolElementEntry next = e.nextOwned();
            if (e.mark() != peer.round) {
                shared.count(EnrpCounter.ELEMENTS_PURGED);
                elements.remove(e, nowNs);
            }
            e = next;
        }
    }

    private void end(final Peer peer, final long nowNs) {
        peer.download = null;
        peer.auditAfterNs = nowNs + shared.timers().auditPauseNs();
    }

    long nextDeadlineNs() {
        long next = Machine.NO_DEADLINE;
        for (final Peer peer : shared.peers().all()) {
            if (peer.download != null && peer.download.ownedOnly()) {
                next = Math.min(next, peer.download.untilNs());
            }
        }
        return next;
    }

    /** A page does not come: the next PRESENCE begins anew. */
    void onDeadline(final long nowNs) {
        for (final Peer peer : shared.peers().all()) {
            if (peer.download != null && peer.download.ownedOnly() && peer.download.untilNs() <= nowNs) {
                shared.count(EnrpCounter.DOWNLOADS_TIMED_OUT);
                end(peer, nowNs);
            }
        }
    }
}
