// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.core.RegistrarTable.Entry;
import org.poolswitch.observe.Counters;
import org.poolswitch.sctp.SctpAddress;

/**
 * Another registrar says that it is our home now (ENDPOINT_KEEP_ALIVE with the H bit, RFC 5352 section 3.4). Anybody
 * can say so: one that we did not know is believed only if we have no home. If we have one, it is to prove that it
 * lives: it is probed, the asker renews a registration at it, and when it is lost the stranger is the home.
 */
final class HomeAdoption {
    private final RegistrarLink link;
    private final RegistrarTable table;
    private final Counters counters;
    /** The last stranger who said that it is our home, until the home we have proves that it lives; or null. */
    private HomeClaim claim;

    HomeAdoption(final RegistrarLink link, final RegistrarTable table, final Counters counters) {
        this.link = link;
        this.table = table;
        this.counters = counters;
    }

    /** @return false if it is not believed, or not yet */
    boolean adopt(final int association, final int serverId, final SctpAddress remote, final long nowNs) {
        Entry e = table.of(association);
        if (e == null) {
            e = table.at(remote);
        }
        if (e == null && link.connected()) {
            doubtHome(association, serverId, remote, nowNs);
            return false;
        }
        if (e == null) {
            e = table.add(remote, nowNs);
            if (e == null) {
                counters.increment(AsapCounter.UNEXPECTED);
                return false;
            }
        }
        counters.increment(AsapCounter.ADOPTIONS);
        claim = null;
        link.becomeHome(e, association, nowNs);
        e.serverId = serverId;
        return true;
    }

    private void doubtHome(final int association, final int serverId, final SctpAddress remote, final long nowNs) {
        counters.increment(AsapCounter.HOME_CLAIMS);
        // who repeats it does not make the proof wait
        if (claim == null || claim.association() != association) {
            claim = new HomeClaim(association, serverId, remote, nowNs);
        }
        link.late(nowNs);
    }

    /** Whether a stranger said that it is our home, and the home we have has not proved yet that it lives. */
    boolean isClaimed() {
        return claim != null;
    }

    /** The home answered what it was asked at that time: it was alive then, whatever a stranger said before. */
    void onAnswered(final long askedNs) {
        if (claim != null && askedNs >= claim.sinceNs()) {
            claim = null;
        }
    }

    /** An association that is no registrar's ended. */
    void onStrangerDown(final int association) {
        if (claim != null && claim.association() == association) {
            claim = null;
        }
    }

    /** The home is lost. @return the stranger who is the home now, or null if nobody had said that it is */
    HomeClaim believe(final long nowNs) {
        final HomeClaim c = claim;
        claim = null;
        return c != null && adopt(c.association(), c.serverId(), c.remote(), nowNs) ? c : null;
    }
}
