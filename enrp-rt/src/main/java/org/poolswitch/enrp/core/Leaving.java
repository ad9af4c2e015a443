// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.util.ArrayList;
import java.util.List;
import org.poolswitch.enrp.wire.HandleUpdate;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.rserpool.PoolElementEntry;
import org.poolswitch.runtime.Machine;

/**
 * An orderly end: before this registrar goes, its elements get a new home. Each is offered to a peer by HANDLE_UPDATE
 * with the T flag (takeover suggested); the peer tells the mesh and the element. What nobody takes is left to the
 * takeover that follows our death.
 */
final class Leaving {
    private static final int MOST_AT_ONCE = 500;

    private final MeshShared shared;
    private final PeerElements elements;
    private boolean leaving;
    private long nextNs = Machine.NO_DEADLINE;
    private long giveUpNs;
    private int left;

    Leaving(final MeshShared shared, final PeerElements elements) {
        this.shared = shared;
        this.elements = elements;
    }

    void begin(final long nowNs) {
        leaving = true;
        elements.giveAway();
        left = Integer.MAX_VALUE;
        nextNs = nowNs;
        onDeadline(nowNs);
    }

    private int owned() {
        return shared.space().owned(shared.serverId());
    }

    /** Nothing is left, or nobody takes it. */
    boolean isDone() {
        return leaving && (nextNs == Machine.NO_DEADLINE || owned() == 0);
    }

    long nextDeadlineNs() {
        return nextNs;
    }

    void onDeadline(final long nowNs) {
        if (!leaving || nextNs > nowNs) {
            return;
        }
        if (owned() < left) {
            left = owned();
            giveUpNs = nowNs + 2 * shared.timers().requestTimeoutNs();
        }
        final List<Peer> heirs = new ArrayList<>();
        for (final Peer peer : shared.peers().all()) {
            if (peer.introduced && peer.deadNs == Machine.NO_DEADLINE && !peer.isInactive(nowNs)) {
                heirs.add(peer);
            }
        }
        if (owned() == 0 || heirs.isEmpty() || giveUpNs <= nowNs) {
            nextNs = Machine.NO_DEADLINE;
            return;
        }
        nextNs = nowNs + shared.timers().requestTimeoutNs() / 8;
        PoolElementEntry e = shared.space().firstOwned(shared.serverId());
        for (int n = 0; e != null && n < MOST_AT_ONCE; n++) {
            offer(heirs.get(Integer.remainderUnsigned(e.identifier(), heirs.size())), e, nowNs);
            e = e.nextOwned();
        }
    }

    private void offer(final Peer heir, final PoolElementEntry e, final long nowNs) {
        final ParameterWriter out = shared.links().filling();
        HandleUpdate.writeHead(out, shared.serverId(), heir.id, true, HandleUpdate.ADD_PE, e.pool().handle());
        PeerElements.write(out, e);
        shared.links().sendFilled(heir, nowNs);
        shared.count(EnrpCounter.UPDATES_SENT);
    }
}
