// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.util.List;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.Failover;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.UndeliveredMessage;

/**
 * An association with an element has ended: every session on it that has something at stake goes elsewhere at once, and
 * the registrar is told without waiting for it.
 */
final class ElementLoss {
    private final AsapPoolUser user;
    private final ElementLinks links;

    ElementLoss(final AsapPoolUser user, final ElementLinks links) {
        this.user = user;
        this.links = links;
    }

    void onDown(final ElementLink link, final DownCause cause, final List<UndeliveredMessage> undelivered,
        final long nowNs) {
        final Failover.Cause why = link.cause() != null ? link.cause() : causeOf(cause);
        final long heardNs = link.heardNs();
        user.counters.increment(AsapCounter.ASSOCIATION_LOSSES);
        handBack(link, undelivered);
        final PoolSessionImpl[] moving = link.sessions.toArray(new PoolSessionImpl[0]);
        link.sessions.clear();
        for (final PoolSessionImpl s : moving) {
            s.onLinkLost(why, heardNs, nowNs);
            s.card = s.failingOver() ? link.card() : null;
        }
        final boolean unneeded = link.isRetired();
        link.onDown(nowNs);
        if (!unneeded) {
            report(link, why, nowNs);
        }
        for (final PoolSessionImpl s : moving) {
            s.drain(nowNs);
        }
        for (int i = link.members.size() - 1; i >= 0; i--) {
            final PoolMember m = link.members.get(i);
            if (!m.listed) {
                links.removeMember(m, nowNs);
            }
            m.pool.resolve(nowNs);
            m.pool.connectMembers(nowNs);
        }
        links.retireIfUnused(link, nowNs);
    }

    private static void handBack(final ElementLink link, final List<UndeliveredMessage> undelivered) {
        if (link.streams() == null) {
            return;
        }
        for (int i = 0; i < undelivered.size(); i++) {
            final UndeliveredMessage u = undelivered.get(i);
            final PoolSessionImpl s = link.streams().owner(u.stream());
            if (s != null && u.ppid() != RegistrarLink.PPID) {
                s.onReturned(u);
            }
        }
    }

    /** One ENDPOINT_UNREACHABLE per pool and incident (RFC 5352 section 3.5); who said goodbye is not reported. */
    private void report(final ElementLink link, final Failover.Cause why, final long nowNs) {
        for (int i = 0; i < link.members.size(); i++) {
            final PoolMember m = link.members.get(i);
            if (why == Failover.Cause.SHUTDOWN) {
                m.listed = false;
            } else if (!m.banned(nowNs)
                && user.registrar.send(user.control.endpointUnreachable(m.pool.rawHandle(), m.id), nowNs)) {
                user.counters.increment(AsapCounter.UNREACHABLE_REPORTS);
            }
            m.ban(nowNs + user.config.timers().banNs());
        }
    }

    private static Failover.Cause causeOf(final DownCause cause) {
        return switch (cause) {
            case PEER_SILENT -> Failover.Cause.SILENT;
            case SHUTDOWN -> Failover.Cause.SHUTDOWN;
            case CONNECT_FAILED, PEER_UNREACHABLE, PEER_ABORTED, PEER_RESTARTED, LOCAL_ABORT, PROTOCOL_VIOLATION ->
                Failover.Cause.UNREACHABLE;
        };
    }
}
