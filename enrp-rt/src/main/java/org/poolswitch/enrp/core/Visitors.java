// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who asks for our table without being a peer: an operator's tool, or a server that will say PRESENCE later (RFC 5353
 * section 3.2.3 has the table asked for before the first PRESENCE). It is served, and nothing is expected of it: its
 * silence is nobody's death.
 */
final class Visitors {
    /** Places in the table kept at a time; the oldest makes room. */
    private static final int MOST = 16;

    private final Map<Integer, Peer> byAssociation = new LinkedHashMap<>();

    /** The visitor on that association. */
    Peer of(final int association, final int sender, final long nowNs) {
        final Peer known = byAssociation.get(association);
        if (known != null && known.id == sender) {
            return known;
        }
        leave(association);
        if (byAssociation.size() == MOST) {
            leave(byAssociation.keySet().iterator().next());
        }
        final Peer visitor = new Peer(sender, null, nowNs);
        visitor.incoming = association;
        byAssociation.put(association, visitor);
        return visitor;
    }

    /** Its association ended, or it has become a peer. */
    void leave(final int association) {
        final Peer visitor = byAssociation.remove(association);
        if (visitor != null) {
            visitor.closeCursors();
        }
    }
}
