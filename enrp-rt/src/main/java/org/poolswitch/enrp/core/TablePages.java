// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.util.ArrayList;
import java.util.List;
import org.poolswitch.enrp.wire.EnrpType;
import org.poolswitch.enrp.wire.HandleTableRequest;
import org.poolswitch.enrp.wire.HandleTableResponse;
import org.poolswitch.enrp.wire.ListResponse;
import org.poolswitch.rserpool.HandlespaceCursor;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.rserpool.Pool;
import org.poolswitch.rserpool.PoolElementEntry;
import org.poolswitch.rserpool.ServerInformation;
import org.poolswitch.runtime.Machine;

/** Answers peers that ask for our peer list and our table (RFC 5353 sections 3.2.2 and 3.2.3): the mentor's side. */
final class TablePages {
    /** An element costs its own octets, and perhaps its pool's handle before it and its age behind. */
    private static final int HANDLE_AND_AGE = 16;
    /** Peers name as many addresses as they like, and there is no second page of the list (section 3.2.2). */
    private static final int LONGEST_LIST = 60_000;
    private static final int SERVER_OCTETS = 16;
    private static final int ADDRESS_OCTETS = 20;
    /** A page's place is kept for several times what a peer waits for its answer. */
    private static final int PATIENCE = 4;

    private final MeshShared shared;
    private final AsapServer asap;

    TablePages(final MeshShared shared, final AsapServer asap) {
        this.shared = shared;
        this.asap = asap;
    }

    /** LIST_RESPONSE: every peer that can be reached, without the one who asks, as far as one message holds them. */
    void onListRequest(final Peer from, final long nowNs) {
        final List<ServerInformation> servers = new ArrayList<>();
        int room = LONGEST_LIST;
        for (final Peer peer : shared.peers().all()) {
            if (peer != from && peer.address != null) {
                room -= SERVER_OCTETS + ADDRESS_OCTETS * peer.address.hosts().size();
                if (room < 0) {
                    break;
                }
                servers.add(MeshShared.information(peer.id, peer.address));
            }
        }
        shared.links().send(from, new ListResponse(shared.serverId(), from.id, false, servers), nowNs);
    }

    /**
     * @param association on which it asks
     * @param notYet      our own table is not complete: somebody else should be asked for all
     */
    void onTableRequest(final Peer from, final int association, final HandleTableRequest request,
        final boolean notYet, final long nowNs) {
        if (notYet && !request.ownedOnly()) {
            shared.count(EnrpCounter.TABLE_REQUESTS_REJECTED);
            shared.links().send(from, new HandleTableResponse(shared.serverId(), from.id, true, false, List.of()),
                nowNs);
            return;
        }
        final int which = request.ownedOnly() ? 1 : 0;
        // section 3.2.3: who asks for the next page; a new association is perhaps another life of it, that has no page
        if (from.cursorUntilNs[which] <= nowNs || from.cursorAssociation[which] != association) {
            from.closeCursor(which);
        }
        from.cursorAssociation[which] = association;
        if (from.cursors[which] == null) {
            from.cursors[which] = request.ownedOnly() ? shared.space().cursorOwned(shared.serverId())
                : shared.space().cursor();
        }
        final boolean more = page(from, from.cursors[which], request.ages(), nowNs);
        shared.count(EnrpCounter.TABLE_PAGES_SENT);
        if (shared.links().sendFilled(from, nowNs) && more) {
            from.cursorUntilNs[which] = nowNs + PATIENCE * shared.timers().requestTimeoutNs();
        } else {
            from.closeCursor(which);
        }
    }

    private boolean page(final Peer to, final HandlespaceCursor cursor, final boolean ages, final long nowNs) {
        final ParameterWriter out = shared.links().filling();
        out.message(EnrpType.HANDLE_TABLE_RESPONSE, 0).word(shared.serverId()).word(to.id);
        Pool pool = null;
        int count = 0;
        PoolElementEntry e = cursor.peek();
        while (e != null && count < shared.timers().maxTableElements()
            && (count == 0 || out.position() + HANDLE_AND_AGE + e.pool().handle().length() + 2 * e.length()
            <= shared.timers().maxTableOctets())) {
            if (e.pool() != pool) {
                pool = e.pool();
                pool.handle().write(out);
            }
            PeerElements.write(out, e);
            if (ages && asap.ageMillis(e, nowNs) >= 0) {
                out.begin(HandleTableRequest.AGE).word((int) asap.ageMillis(e, nowNs)).end();
            }
            count++;
            cursor.next();
            e = cursor.peek();
        }
        out.buffer()[1] = (byte) HandleTableResponse.flags(false, e != null);
        return e != null;
    }

    long nextDeadlineNs() {
        long next = Machine.NO_DEADLINE;
        for (final Peer peer : shared.peers().all()) {
            next = Math.min(next, Math.min(peer.cursorUntilNs[0], peer.cursorUntilNs[1]));
        }
        return next;
    }

    /** Who does not ask for the next page begins anew. */
    void onDeadline(final long nowNs) {
        for (final Peer peer : shared.peers().all()) {
            for (int i = 0; i < 2; i++) {
                if (peer.cursorUntilNs[i] <= nowNs) {
                    peer.closeCursor(i);
                }
            }
        }
    }
}
