// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import org.poolswitch.rserpool.PoolElementParameter;

/** One element as the pool user knows it: a member of one pool, reached over a link. */
final class PoolMember {
    final PoolState pool;
    final int id;
    final ElementLink link;
    /** The registrar's newest answer named it. If not, its sessions stay and no new ones come. */
    boolean listed;
    /** Its association carries ASAP's control channel too (transport use, RFC 5354 section 3.4). */
    boolean control = true;
    /** As the registrar gave it. */
    PoolElementParameter parameter;
    // its own policy parameter, as last registered
    long weight = 1;
    long load;
    long degradation;
    /** Times we chose it since it last told its load: its load grew by so many degradations. */
    long chosen;
    /** Smooth weighted round robin: how far it is behind its share. */
    long credit;
    private long bannedUntilNs;
    private boolean banned;

    PoolMember(final PoolState pool, final int id, final ElementLink link) {
        this.pool = pool;
        this.id = id;
        this.link = link;
    }

    /** It was lost: passed over for a while even if the registrar still lists it, except as a last resort. */
    void ban(final long untilNs) {
        banned = true;
        bannedUntilNs = untilNs;
    }

    void pardon() {
        banned = false;
    }

    boolean banned(final long nowNs) {
        return banned && nowNs < bannedUntilNs;
    }

    long bannedUntilNs() {
        return bannedUntilNs;
    }
}
