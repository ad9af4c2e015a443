// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.util.random.RandomGenerator;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.core.RegistrarTable.Entry;
import org.poolswitch.observe.Counters;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SendStatus;

/**
 * The association with the home registrar (RFC 5352 section 3.6): up to three known registrars are tried at once
 * ({@link ServerHunt}), the first to accept is the home, the others are closed.
 *
 * <p>Beside the home a standby may be kept, so that a home that is lost is replaced in the same moment. A home that is
 * late or that the transport suspects is watched; while it is, requests go to the standby too ({@link #hedge}).
 */
public final class RegistrarLink implements Machine {
    /** What the users of the link hear. */
    public interface Listener {
        /** A registrar is there: ask again, register again. */
        void onRegistrarUp(long nowNs);

        /** It is gone: what was asked will not be answered. */
        void onRegistrarDown(long nowNs);

        /** The home is late and a second one came up: what waits for an answer may be asked there too. */
        void onStandbyUp(long nowNs);

        /** The home is lost, so the stranger who had said that it is our home now is: the association is no user's. */
        void onClaimBelieved(int association, int serverId, long nowNs);
    }

    /** ASAP over SCTP (RFC 5352 section 7.2). */
    public static final int PPID = 11;

    private final AsapConfig config;
    private final SctpEndpoint endpoint;
    private final Listener listener;
    private final Counters counters;
    private final RegistrarTable table;
    private final HomeWatch watch;
    private final ServerHunt hunt;
    private final HomeAdoption adoption;
    private Entry home;
    private Entry standby;

    public RegistrarLink(final AsapConfig config, final SctpEndpoint endpoint, final RandomGenerator random,
        final Counters counters, final Listener listener) {
        this.config = config;
        this.endpoint = endpoint;
        this.counters = counters;
        this.listener = listener;
        table = new RegistrarTable(config, counters);
        watch = new HomeWatch(config.suspicion(), endpoint, counters);
        hunt = new ServerHunt(this, config, endpoint, random, counters, table);
        adoption = new HomeAdoption(this, table, counters);
    }

    /** Begins the hunt. */
    public void start(final long nowNs) {
        hunt.start(nowNs);
    }

    public boolean connected() {
        return home != null;
    }

    /** True if no registrar is known and none will be announced, so that none will ever come. */
    public boolean hopeless() {
        return table.isEmpty() && config.announceGroup() == null;
    }

    /** Registrars known now, configured and announced. */
    public int known() {
        return table.entries().size();
    }

    /** Where the home registrar is, or null. */
    public SctpAddress homeAddress() {
        return home == null ? null : home.address;
    }

    public boolean owns(final int association) {
        return table.of(association) != null;
    }

    /** The association with the home registrar, or 0. */
    int homeAssociation() {
        return home == null ? 0 : home.association;
    }

    /** Whether this is the association with the home, not with a standby. */
    public boolean isHome(final int association) {
        return home != null && home.association == association;
    }

    /** Whether a peer is one of the registrars we know: then its association is no user's. */
    public boolean isRegistrar(final SctpAddress remote) {
        return table.at(remote) != null;
    }

    /** SERVER_ANNOUNCE: a registrar is, or still is, at this address (RFC 5352 section 3.6). */
    public void onAnnounce(final int serverId, final SctpAddress address, final long nowNs) {
        if (table.onAnnounce(serverId, address, nowNs) && wanted() > 0) {
            // no need to sit out the pause: here is one that was not tried
            hunt.resume(nowNs);
        }
    }

    /** Sends a control message to the home. @return false if it did not go; the asker's timer repeats it */
    public boolean send(final byte[] message, final long nowNs) {
        return connected() && send(home, message, nowNs);
    }

    /**
     * Sends the same to the standby, because the home has not answered. A second answer does no harm.
     *
     * @return false if there is no standby
     */
    public boolean hedge(final byte[] message, final long nowNs) {
        if (standby == null || !send(standby, message, nowNs)) {
            return false;
        }
        counters.increment(AsapCounter.HEDGED);
        return true;
    }

    private boolean send(final Entry to, final byte[] message, final long nowNs) {
        return endpoint.send(to.association, 0, PPID, false, message, 0, message.length, nowNs)
            == SendStatus.ACCEPTED;
    }

    /** A request is late: is anybody there? Meanwhile a standby is looked for, if there is none. */
    public void late(final long nowNs) {
        if (connected()) {
            watch.begin(home.association, nowNs);
            if (standby == null) {
                hunt.goOn(nowNs);
            }
        }
    }

    /** Whether the home is under suspicion, so that it should not be asked alone. */
    public boolean isDoubtful() {
        return watch.isOn();
    }

    /** The transport's own judgement of an association with a registrar (RFC 7829). */
    public void onSuspect(final int association, final boolean suspect, final long nowNs) {
        if (suspect && home != null && home.association == association) {
            late(nowNs);
        }
    }

    /** The home does not answer its requests: leave it and hunt for another (RFC 5352 section 3.6). */
    public void giveUp(final long nowNs) {
        if (connected()) {
            final Entry left = home;
            detach(left);
            endpoint.abort(left.association, nowNs);
            left.association = 0;
            lost(left, nowNs);
        }
    }

    /**
     * Another registrar took us over (ENDPOINT_KEEP_ALIVE with the H bit, RFC 5352 section 3.4): its association
     * becomes the link.
     *
     * @return false if it is not believed, or not yet
     */
    public boolean adopt(final int association, final int serverId, final SctpAddress remote, final long nowNs) {
        if (home != null && home.association == association) {
            home.serverId = serverId;
            return true;
        }
        return adoption.adopt(association, serverId, remote, nowNs);
    }

    /** Whether a stranger said that it is our home, and the home we have has not proved yet that it lives. */
    boolean isClaimed() {
        return adoption.isClaimed();
    }

    /** The home answered what it was asked at that time: it was alive then, whatever a stranger said before. */
    void onAnswered(final long askedNs) {
        adoption.onAnswered(askedNs);
    }

    /** An association that is none of ours ended. */
    void onStrangerDown(final int association) {
        adoption.onStrangerDown(association);
    }

    /** The home is lost. @return false if nobody else had said that it is our home */
    private boolean believeClaim(final long nowNs) {
        final HomeClaim believed = adoption.believe(nowNs);
        if (believed == null) {
            return false;
        }
        listener.onClaimBelieved(believed.association(), believed.serverId(), nowNs);
        return true;
    }

    /** An association with a registrar is the link from now on, whether or not there was another. */
    void becomeHome(final Entry e, final int association, final long nowNs) {
        if (e.association != 0 && e.association != association) {
            hunt.settled(e);
            endpoint.abort(e.association, nowNs);
        }
        final Entry former = home;
        standby = standby == e ? null : standby;
        e.association = association;
        e.up = true;
        home = e;
        watch.end();
        if (former != null && former != e) {
            if (standby == null && config.choices().standby()) {
                standby = former;
            } else {
                hunt.close(former, nowNs);
            }
        } else if (former == null) {
            listener.onRegistrarUp(nowNs);
        }
        settle(nowNs);
    }

    public void onUp(final int association, final long nowNs) {
        final Entry e = table.of(association);
        hunt.settled(e);
        e.up = true;
        if (home == null) {
            home = e;
            hunt.foundHome();
            settle(nowNs);
            listener.onRegistrarUp(nowNs);
        } else if (standby == null && wanted() > 0) {
            standby = e;
            settle(nowNs);
            if (watch.isOn()) {
                listener.onStandbyUp(nowNs);
            }
        } else {
            hunt.close(e, nowNs);
        }
    }

    /** There is a home: closes attempts that nobody needs any more, or goes on hunting for a standby. */
    private void settle(final long nowNs) {
        if (wanted() > 0) {
            hunt.resume(nowNs);
        } else {
            hunt.stop(nowNs);
        }
    }

    public void onDown(final int association, final long nowNs) {
        final Entry e = table.of(association);
        if (e == null) {
            return;
        }
        hunt.settled(e);
        e.association = 0;
        if (!e.up) {
            hunt.goOn(nowNs);
            return;
        }
        final boolean wasHome = e == home;
        detach(e);
        if (wasHome) {
            lost(e, nowNs);
        } else {
            hunt.pause(nowNs);
        }
    }

    private void detach(final Entry e) {
        e.up = false;
        if (home == e) {
            home = null;
            watch.end();
        } else if (standby == e) {
            standby = null;
        }
    }

    private void lost(final Entry gone, final long nowNs) {
        counters.increment(AsapCounter.REGISTRAR_LOSSES);
        table.continueBehind(gone);
        listener.onRegistrarDown(nowNs);
        if (standby != null && home == null) {
            home = standby;
            standby = null;
            listener.onRegistrarUp(nowNs);
            hunt.pause(nowNs);
        } else if (home == null && !believeClaim(nowNs)) {
            hunt.anew(nowNs);
        }
    }

    /** We were paused: what the home did not answer meanwhile proves nothing. */
    public void onClockJump(final long nowNs) {
        watch.onClockJump(nowNs);
    }

    /** How many registrars should be connecting now. */
    int wanted() {
        if (home == null) {
            return config.bounds().huntAtOnce();
        }
        return standby == null && (config.choices().standby() || watch.isOn()) ? 1 : 0;
    }

    @Override
    public long nextDeadlineNs() {
        return Math.min(Math.min(watch.nextDeadlineNs(), table.nextDeadlineNs()), hunt.nextDeadlineNs());
    }

    @Override
    public void onDeadline(final long nowNs) {
        table.onDeadline(nowNs);
        if (nowNs >= watch.nextDeadlineNs() && watch.onDeadline(nowNs)) {
            giveUp(nowNs);
        }
        hunt.onDeadline(nowNs);
    }
}
