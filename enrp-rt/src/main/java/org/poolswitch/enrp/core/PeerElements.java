// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.util.ArrayList;
import java.util.List;
import org.poolswitch.enrp.wire.HandleUpdate;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.rserpool.PoolElementEntry;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.PoolHandle;

/**
 * Who owns what: tells peers of our elements, and puts theirs into the handlespace (RFC 5353 section 3.3).
 *
 * <p>An element that two registrars hold for theirs: the newer registration wins, and a HANDLE_UPDATE is one. Those
 * that cross on the way (within the claim window), and those that a download finds after the mesh was split, are
 * decided by the takeover rule, for both ends must come to the same end without another word.
 */
final class PeerElements implements HandlespaceListener {
    private static final int CEDED_CYCLES = 4;

    private final MeshShared shared;
    private final AsapServer asap;
    private final RecentClaims claims;
    /** Elements that a peer got from us lately. */
    private final RecentClaims ceded;
    /** A whole server's elements change hands, or come back: peers hear of it by another message, or ask. */
    private boolean quiet;
    /** We are about to go: nothing that a peer wants is ours any more. */
    private boolean givingAway;
    private final Sameness sameness = new Sameness();

    PeerElements(final MeshShared shared, final AsapServer asap) {
        this.shared = shared;
        this.asap = asap;
        this.claims = new RecentClaims(shared.timers().claimWindowNs());
        // long enough for the new home to find out that it cannot reach the element
        ceded = new RecentClaims(CEDED_CYCLES * shared.timers().maxTimeLastHeardNs());
        asap.listen(this);
    }

    /** An orderly end has begun. */
    void giveAway() {
        givingAway = true;
    }

    /** Whether a peer gets an element that both claim at the same time. */
    private boolean wins(final Peer peer) {
        return givingAway || shared.config().takeoverRule().wins(peer.id, shared.serverId());
    }

    // ---- ours ---------------------------------------------------------------------------------------------------

    @Override
    public void onOwnedAdded(final PoolElementEntry element, final long nowNs) {
        onOwnedUpdated(element, nowNs);
    }

    @Override
    public void onOwnedUpdated(final PoolElementEntry element, final long nowNs) {
        // before peers hear of it, so that a restart knows what they know
        shared.journal().put(element);
        onOwnedRenewed(element, nowNs);
    }

    /** Peers hear of it, for its life begins anew with them too; the journal has it already. */
    @Override
    public void onOwnedRenewed(final PoolElementEntry element, final long nowNs) {
        claims.add(element, nowNs);
        if (!quiet) {
            tellAll(element, HandleUpdate.ADD_PE, nowNs);
        }
    }

    @Override
    public void onOwnedRemoved(final PoolElementEntry element, final long nowNs) {
        shared.journal().remove(element);
        tellAll(element, HandleUpdate.DEL_PE, nowNs);
    }

    /** Its home alone is told: the others would believe it, and we may be the ones who are cut off. */
    @Override
    public void onForeignUnreachable(final PoolElementEntry element, final long nowNs) {
        final Peer home = shared.peers().get(element.homeServer());
        if (home != null) {
            tell(home, element, HandleUpdate.DEL_PE, false, nowNs);
        }
    }

    private void tellAll(final PoolElementEntry element, final int action, final long nowNs) {
        for (final Peer peer : shared.peers().all()) {
            tell(peer, element, action, false, nowNs);
        }
    }

    /** HANDLE_UPDATE to one peer; RSPLIB wants its identifier as receiver, where the RFC allows 0. */
    void tell(final Peer peer, final PoolElementEntry element, final int action, final boolean takeoverSuggested,
        final long nowNs) {
        final ParameterWriter out = shared.links().filling();
        HandleUpdate.writeHead(out, shared.serverId(), peer.id, takeoverSuggested, action, element.pool().handle());
        write(out, element);
        shared.links().sendFilled(peer, nowNs);
        shared.count(EnrpCounter.UPDATES_SENT);
    }

    /** In ENRP an element has an ASAP transport; one that does not is reached where its users reach it, if by SCTP. */
    static void write(final ParameterWriter out, final PoolElementEntry element) {
        if (element.hasAsapTransport()) {
            element.writeEnrp(out);
            return;
        }
        final PoolElementParameter parameter = element.parameter();
        (parameter.transportType() == ParameterType.SCTP_TRANSPORT
            ? parameter.withAsapTransport(dataOnly(parameter.userTransport())) : parameter).write(out);
    }

    static byte[] dataOnly(final byte[] transport) {
        final byte[] copy = transport.clone();
        copy[6] = 0;
        copy[7] = 0;
        return copy;
    }

    // ---- theirs -------------------------------------------------------------------------------------------------

    /** HANDLE_UPDATE (section 3.3.2). */
    void onUpdate(final Peer from, final HandleUpdate update, final long nowNs) {
        shared.count(EnrpCounter.UPDATES_RECEIVED);
        final PoolElementParameter element = update.element();
        if (update.action() == HandleUpdate.DEL_PE) {
            final PoolElementEntry known = shared.space().find(update.handle(), element.identifier());
            // only its home may say so: an element that moved on is not gone
            if (known != null && known.homeServer() == from.id) {
                remove(known, nowNs);
            } else if (known != null && known.homeServer() == shared.serverId()) {
                // it cannot be reached there, or asked there to be taken out: we ask it ourselves
                asap.doubt(known, nowNs);
            }
        } else if (update.takeoverSuggested() && element.homeServer() == from.id) {
            put(from, update.handle(), element.withHome(shared.serverId()), nowNs);
        } else if (element.homeServer() != 0 && element.homeServer() != shared.serverId()) {
            final PoolElementEntry known = shared.space().find(update.handle(), element.identifier());
            if (known == null || known.homeServer() != shared.serverId() || !claims.contains(known, nowNs)
                || wins(from)) {
                put(from, update.handle(), element, nowNs);
            } else {
                insist(from, known, nowNs);
            }
        }
    }

    /** One element of a downloaded page (section 3.2.3 and 3.6). */
    void onDownloaded(final Peer from, final PoolHandle handle, final PoolElementParameter element,
        final boolean startingUp, final long nowNs) {
        final PoolElementEntry known = shared.space().find(handle, element.identifier());
        final boolean ours = known != null && known.homeServer() == shared.serverId();
        if (element.homeServer() == shared.serverId()) {
            // a peer remembers it as ours from before a restart; while we run, we know better what is ours
            if (known == null && startingUp) {
                put(from, handle, element, nowNs);
            }
        } else if (ours && !startingUp && !(element.homeServer() == from.id && wins(from))) {
            if (element.homeServer() == from.id) {
                insist(from, known, nowNs);
            }
        } else if (known == null || ours || element.homeServer() == from.id || startingUp) {
            put(from, handle, element, nowNs);
        }
    }

    /** It is ours: the peer is told, and so is the element. */
    private void insist(final Peer from, final PoolElementEntry known, final long nowNs) {
        shared.count(EnrpCounter.CLAIMS_KEPT);
        claims.add(known, nowNs);
        asap.adopt(known, nowNs);
    }

    private void put(final Peer from, final PoolHandle handle, final PoolElementParameter element,
        final long nowNs) {
        final PoolElementEntry known = shared.space().find(handle, element.identifier());
        final boolean wasOurs = known != null && known.homeServer() == shared.serverId();
        final boolean same = sameness.of(known, element);
        if (wasOurs && element.homeServer() != shared.serverId()) {
            shared.count(EnrpCounter.CLAIMS_CEDED);
        }
        if (asap.putForeign(handle, element, nowNs) != 0) {
            // another kind of pool by the same name, or no room; the audit says so again and again, with pauses
            shared.count(EnrpCounter.UPDATES_REFUSED);
            return;
        }
        final PoolElementEntry now = shared.space().find(handle, element.identifier());
        now.mark(from.round);
        if (wasOurs && element.homeServer() != shared.serverId()) {
            ceded.add(now, nowNs);
        }
        if (element.homeServer() == shared.serverId() && !wasOurs) {
            asap.adopt(now, nowNs);
        } else if (!same) {
            shared.journal().put(now);
        }
    }

    /** An element out of our journal; whether it still lives is seen when it is asked, or by its home's audit. */
    void onRemembered(final PoolHandle handle, final PoolElementParameter element, final long nowNs) {
        quiet = true;
        if (asap.putForeign(handle, element, nowNs) == 0 && element.homeServer() == shared.serverId()) {
            asap.adopt(shared.space().find(handle, element.identifier()), nowNs);
        }
        quiet = false;
    }

    /**
     * A peer's element is gone, its home says. If it was ours until a moment ago, the home may just not have found it
     * where it has been with us: then it is asked once more, and removed if it does not answer.
     */
    void remove(final PoolElementEntry element, final long nowNs) {
        if (ceded.remove(element, nowNs)) {
            shared.count(EnrpCounter.CLAIMS_RECLAIMED);
            asap.adopt(element, nowNs);
            return;
        }
        shared.journal().remove(element);
        asap.removeForeign(element, nowNs);
    }

    /** All that one server owned gets another home. @return how many */
    int giveAll(final int from, final int to, final long nowNs) {
        final List<PoolElementEntry> all = new ArrayList<>(shared.space().owned(from) + 1);
        for (PoolElementEntry e = shared.space().firstOwned(from); e != null; e = e.nextOwned()) {
            all.add(e);
        }
        quiet = true;
        final Peer heir = shared.peers().get(to);
        for (final PoolElementEntry e : all) {
            if (to == shared.serverId()) {
                asap.adopt(e, nowNs);
            } else {
                // its life begins anew: the new home has just asked it
                asap.putForeign(e.pool().handle(), e.parameter().withHome(to), nowNs);
                e.mark(heir == null ? 0 : heir.round);
                shared.journal().put(e);
                if (from == shared.serverId()) {
                    // who takes us for dead may not have heard of our latest ones: what it disowns is asked by us
                    ceded.add(e, nowNs);
                }
            }
        }
        quiet = false;
        return all.size();
    }
}
