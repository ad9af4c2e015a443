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
 * The association with the home registrar, and the hunt for one (RFC 5352 section 3.6): up to three known registrars
 * are tried at once, the first to accept is the home, the others are closed. After a round in vain the hunt pauses,
 * longer each time up to RETRAN-MAX, and never gives up.
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
    private final Backoff backoff;
    private boolean started;
    private Entry home;
    private Entry standby;
    /** The last stranger who said that it is our home, until the home we have proves that it lives; or null. */
    private HomeClaim claim;
    private int connecting;
    private int round = 1;
    private long t5Ns;
    private boolean t5Expired;
    /** When the next round begins. */
    private long roundAtNs = NO_DEADLINE;

    public RegistrarLink(final AsapConfig config, final SctpEndpoint endpoint, final RandomGenerator random,
        final Counters counters, final Listener listener) {
        this.config = config;
        this.endpoint = endpoint;
        this.counters = counters;
        this.listener = listener;
        table = new RegistrarTable(config, counters);
        watch = new HomeWatch(config.suspicion(), endpoint, counters);
        backoff = new Backoff(config.timers().huntBackoffNs(), config.timers().retranMaxNs(), random);
        t5Ns = config.timers().t5ServerHuntNs();
    }

    /** Begins the hunt. */
    public void start(final long nowNs) {
        started = true;
        hunt(nowNs);
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
        if (table.onAnnounce(serverId, address, nowNs) && started && wanted() > 0) {
            // no need to sit out the pause: here is one that was not tried
            roundAtNs = NO_DEADLINE;
            hunt(nowNs);
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
                hunt(nowNs);
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
     * becomes the link. A registrar that we did not know is believed only if we have no home, for anybody can say so.
     * If we have one, it is to prove that it lives: it is probed, the asker renews a registration at it, and when it
     * is lost the stranger is the home.
     *
     * @return false if it is not believed, or not yet
     */
    public boolean adopt(final int association, final int serverId, final SctpAddress remote, final long nowNs) {
        if (home != null && home.association == association) {
            home.serverId = serverId;
            return true;
        }
        Entry e = table.of(association);
        if (e == null) {
            e = table.at(remote);
        }
        if (e == null && home != null) {
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
        becomeHome(e, association, nowNs);
        e.serverId = serverId;
        return true;
    }

    private void doubtHome(final int association, final int serverId, final SctpAddress remote, final long nowNs) {
        counters.increment(AsapCounter.HOME_CLAIMS);
        // who repeats it does not make the proof wait
        if (claim == null || claim.association() != association) {
            claim = new HomeClaim(association, serverId, remote, nowNs);
        }
        late(nowNs);
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

    /** An association that is none of ours ended. */
    void onStrangerDown(final int association) {
        if (claim != null && claim.association() == association) {
            claim = null;
        }
    }

    /** The home is lost. @return false if nobody else had said that it is our home */
    private boolean believeClaim(final long nowNs) {
        final HomeClaim c = claim;
        claim = null;
        if (c == null || !adopt(c.association(), c.serverId(), c.remote(), nowNs)) {
            return false;
        }
        listener.onClaimBelieved(c.association(), c.serverId(), nowNs);
        return true;
    }

    private void becomeHome(final Entry e, final int association, final long nowNs) {
        if (e.association != 0 && e.association != association) {
            connecting -= e.isConnecting() ? 1 : 0;
            endpoint.abort(e.association, nowNs);
        }
        final Entry former = home;
        standby = standby == e ? null : standby;
        e.association = association;
        e.up = true;
        home = e;
        claim = null;
        watch.end();
        if (former != null && former != e) {
            if (standby == null && config.choices().standby()) {
                standby = former;
            } else {
                close(former, nowNs);
            }
        } else if (former == null) {
            listener.onRegistrarUp(nowNs);
        }
        settle(nowNs);
    }

    public void onUp(final int association, final long nowNs) {
        final Entry e = table.of(association);
        e.up = true;
        connecting--;
        if (home == null) {
            home = e;
            backoff.reset();
            t5Ns = config.timers().t5ServerHuntNs();
            settle(nowNs);
            listener.onRegistrarUp(nowNs);
        } else if (standby == null && wanted() > 0) {
            standby = e;
            settle(nowNs);
            if (watch.isOn()) {
                listener.onStandbyUp(nowNs);
            }
        } else {
            close(e, nowNs);
        }
    }

    /** There is a home: closes attempts that nobody needs any more, or goes on hunting for a standby. */
    private void settle(final long nowNs) {
        roundAtNs = NO_DEADLINE;
        if (wanted() > 0) {
            hunt(nowNs);
            return;
        }
        for (int i = 0; i < table.entries().size(); i++) {
            final Entry e = table.entries().get(i);
            if (e.isConnecting()) {
                connecting--;
                close(e, nowNs);
            }
        }
        // whoever is hunted next may be one of these
        round++;
    }

    private void close(final Entry e, final long nowNs) {
        final int association = e.association;
        e.association = 0;
        if (e.up) {
            endpoint.shutdown(association, nowNs);
        } else {
            endpoint.abort(association, nowNs);
        }
        e.up = false;
    }

    public void onDown(final int association, final long nowNs) {
        final Entry e = table.of(association);
        if (e == null) {
            return;
        }
        e.association = 0;
        if (!e.up) {
            connecting--;
            hunt(nowNs);
            return;
        }
        final boolean wasHome = e == home;
        detach(e);
        if (wasHome) {
            lost(e, nowNs);
        } else {
            pause(nowNs);
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
            pause(nowNs);
        } else if (home == null && !believeClaim(nowNs)) {
            round++;
            roundAtNs = NO_DEADLINE;
            hunt(nowNs);
        }
    }

    /** We were paused: what the home did not answer meanwhile proves nothing. */
    public void onClockJump(final long nowNs) {
        watch.onClockJump(nowNs);
    }

    // ---- the hunt

    /** How many registrars should be connecting now. */
    private int wanted() {
        if (home == null) {
            return config.bounds().huntAtOnce();
        }
        return standby == null && (config.choices().standby() || watch.isOn()) ? 1 : 0;
    }

    private void hunt(final long nowNs) {
        if (!started || roundAtNs != NO_DEADLINE) {
            return;
        }
        while (connecting < wanted()) {
            final Entry e = table.untried(round);
            if (e == null) {
                break;
            }
            tryOne(e, nowNs);
        }
        if (connecting == 0 && wanted() > 0 && table.hasFree()) {
            pause(nowNs);
        }
    }

    private void tryOne(final Entry e, final long nowNs) {
        e.round = round;
        counters.increment(AsapCounter.HUNTS);
        final int opened = endpoint.connect(e.address, nowNs);
        if (opened > 0) {
            e.association = opened;
            e.up = false;
            e.connectByNs = nowNs + t5Ns;
            connecting++;
        }
    }

    /** Nobody is left to be tried in this round. */
    private void pause(final long nowNs) {
        round++;
        roundAtNs = nowNs + backoff.pauseNs();
        // RFC 5352 section 3.6: T5 doubles up to RETRAN-MAX while nobody answers
        t5Ns = home != null ? config.timers().t5ServerHuntNs()
            : t5Expired ? Math.min(2 * t5Ns, config.timers().retranMaxNs()) : t5Ns;
        t5Expired = false;
    }

    @Override
    public long nextDeadlineNs() {
        long next = Math.min(Math.min(watch.nextDeadlineNs(), table.nextDeadlineNs()), roundAtNs);
        for (int i = 0; connecting > 0 && i < table.entries().size(); i++) {
            final Entry e = table.entries().get(i);
            next = e.isConnecting() ? Math.min(next, e.connectByNs) : next;
        }
        return next;
    }

    @Override
    public void onDeadline(final long nowNs) {
        table.onDeadline(nowNs);
        if (nowNs >= watch.nextDeadlineNs() && watch.onDeadline(nowNs)) {
            giveUp(nowNs);
        }
        boolean late = false;
        for (int i = 0; connecting > 0 && i < table.entries().size(); i++) {
            final Entry e = table.entries().get(i);
            if (e.isConnecting() && nowNs >= e.connectByNs) {
                connecting--;
                close(e, nowNs);
                late = true;
                t5Expired = true;
            }
        }
        if (nowNs >= roundAtNs) {
            roundAtNs = NO_DEADLINE;
            late = true;
        }
        if (late) {
            hunt(nowNs);
        }
    }
}
