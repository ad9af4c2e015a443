// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.SctpAddress;

/** All links to elements, by address and by association. */
final class ElementLinks implements Machine {
    private final AsapPoolUser user;
    private final Map<SctpAddress, ElementLink> byAddress = new HashMap<>();
    private final LongMap<ElementLink> byAssociation = new LongMap<>();
    private final List<ElementLink> all = new ArrayList<>();
    /** Not told of deadlines that move away, as they do with every message: a link is looked at then, in vain. */
    private final LinkDeadlines deadlines = new LinkDeadlines();

    ElementLinks(final AsapPoolUser user) {
        this.user = user;
    }

    ElementLink of(final int association) {
        return byAssociation.get(association);
    }

    ElementLink remove(final int association) {
        return byAssociation.remove(association);
    }

    /** A link has begun to connect. */
    void opened(final ElementLink link) {
        byAssociation.put(link.association(), link);
    }

    /** What the link waits for has changed, so that its deadline may have come nearer. */
    void touched(final ElementLink link) {
        final long nextNs = link.nextDeadlineNs();
        if (nextNs < link.dueNs) {
            deadlines.put(link, nextNs);
        }
    }

    /** Associations, in whatever state. */
    int open() {
        return byAssociation.size();
    }

    int up() {
        int up = 0;
        for (int i = 0; i < all.size(); i++) {
            up += all.get(i).isUp() ? 1 : 0;
        }
        return up;
    }

    ElementLink to(final SctpAddress address, final long nowNs) {
        ElementLink link = byAddress.get(address);
        if (link == null) {
            link = new ElementLink(user, address, nowNs);
            byAddress.put(address, link);
            all.add(link);
        }
        return link;
    }

    void removeMember(final PoolMember m, final long nowNs) {
        m.pool.members.remove(m);
        m.link.members.remove(m);
        retireIfUnused(m.link, nowNs);
    }

    void retireIfUnused(final ElementLink link, final long nowNs) {
        if (!link.members.isEmpty() || !link.sessions.isEmpty()) {
            return;
        }
        if (link.isIdle()) {
            byAddress.remove(link.address);
            all.remove(link);
            deadlines.remove(link);
        } else if (!link.isLeaving()) {
            link.retire(nowNs);
        }
    }

    void onClockJump(final long nowNs) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).suspicion.onClockJump(nowNs);
        }
    }

    @Override
    public long nextDeadlineNs() {
        return deadlines.nextNs();
    }

    @Override
    public void onDeadline(final long nowNs) {
        for (ElementLink link = deadlines.first(nowNs); link != null; link = deadlines.first(nowNs)) {
            link.onDeadline(nowNs);
            deadlines.put(link, Math.max(link.nextDeadlineNs(), nowNs + 1));
        }
    }
}
