// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.util.ArrayList;
import java.util.List;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.observe.Counters;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.SctpAddress;

/**
 * The registrars a node knows (RFC 5352 section 3.6): the configured ones for ever, announced ones until T7-ENRPoutdate
 * has passed since their last announcement, those that adopted us as long as they hold an association.
 */
final class RegistrarTable implements Machine {
    /** One registrar, and our association with it. */
    static final class Entry {
        final SctpAddress address;
        /** Its ENRP server identifier, 0 while unknown. */
        int serverId;
        /** 0 = none. */
        int association;
        boolean up;
        /** When a connection that is being made is given up. */
        long connectByNs;
        /** The round of the hunt in which it was tried last. */
        int round;
        /** T7-ENRPoutdate; never for a configured one. */
        private long outdatedNs;

        Entry(final SctpAddress address, final long outdatedNs) {
            this.address = address;
            this.outdatedNs = outdatedNs;
        }

        boolean isConnecting() {
            return association != 0 && !up;
        }
    }

    private final AsapConfig config;
    private final Counters counters;
    private final List<Entry> entries = new ArrayList<>();
    /** Where the next round begins. */
    private int cursor;

    RegistrarTable(final AsapConfig config, final Counters counters) {
        this.config = config;
        this.counters = counters;
        for (final SctpAddress address : config.registrars()) {
            if (at(address) == null) {
                entries.add(new Entry(address, NO_DEADLINE));
            }
        }
    }

    List<Entry> entries() {
        return entries;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The registrar at the far end of an association, or null. */
    Entry of(final int association) {
        for (int i = 0; association != 0 && i < entries.size(); i++) {
            if (entries.get(i).association == association) {
                return entries.get(i);
            }
        }
        return null;
    }

    /** The registrar that is reached at an address, or null: one host in common is enough, for the rest may be down. */
    Entry at(final SctpAddress remote) {
        for (int i = 0; i < entries.size(); i++) {
            final SctpAddress a = entries.get(i).address;
            if (a.port() == remote.port() && remote.hosts().stream().anyMatch(a.hosts()::contains)) {
                return entries.get(i);
            }
        }
        return null;
    }

    /** SERVER_ANNOUNCE. @return true if it is news */
    boolean onAnnounce(final int serverId, final SctpAddress address, final long nowNs) {
        final Entry known = at(address);
        if (known != null) {
            known.serverId = serverId;
            if (known.outdatedNs != NO_DEADLINE) {
                known.outdatedNs = nowNs + config.timers().t7EnrpOutdateNs();
            }
            return false;
        }
        final Entry added = add(address, nowNs);
        if (added != null) {
            added.serverId = serverId;
        }
        return added != null;
    }

    /** @return null if there are too many already */
    Entry add(final SctpAddress address, final long nowNs) {
        if (entries.size() >= config.bounds().registrars()) {
            counters.increment(AsapCounter.REFUSED);
            return null;
        }
        final Entry e = new Entry(address, nowNs + config.timers().t7EnrpOutdateNs());
        entries.add(e);
        return e;
    }

    /** One that was not tried in this round and has no association, in turn; or null. */
    Entry untried(final int round) {
        for (int i = 0; i < entries.size(); i++) {
            final Entry e = entries.get((cursor + i) % entries.size());
            if (e.association == 0 && e.round != round) {
                return e;
            }
        }
        return null;
    }

    /** Whether there is one without an association. */
    boolean hasFree() {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).association == 0) {
                return true;
            }
        }
        return false;
    }

    /** The next round begins behind this one: it is the least likely to be there. */
    void continueBehind(final Entry e) {
        cursor = entries.indexOf(e) + 1;
    }

    @Override
    public long nextDeadlineNs() {
        long next = NO_DEADLINE;
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).association == 0) {
                next = Math.min(next, entries.get(i).outdatedNs);
            }
        }
        return next;
    }

    @Override
    public void onDeadline(final long nowNs) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            final Entry e = entries.get(i);
            if (e.association == 0 && nowNs >= e.outdatedNs) {
                entries.remove(i);
                cursor = 0;
            }
        }
    }
}
