// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.util.random.RandomGenerator;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.core.RegistrarTable.Entry;
import org.poolswitch.observe.Counters;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.SctpEndpoint;

/**
 * The server hunt (RFC 5352 section 3.6): known registrars are tried in rounds, some at once, each for T5-Serverhunt.
 * After a round in vain it pauses, longer each time up to RETRAN-MAX, and never gives up. How many connections it makes
 * at a time is the link's to say.
 */
final class ServerHunt implements Machine {
    private final RegistrarLink link;
    private final AsapConfig config;
    private final SctpEndpoint endpoint;
    private final Counters counters;
    private final RegistrarTable table;
    private final Backoff backoff;
    private boolean started;
    private int connecting;
    private int round = 1;
    private long t5Ns;
    private boolean t5Expired;
    /** When the next round begins. */
    private long roundAtNs = NO_DEADLINE;

    ServerHunt(final RegistrarLink link, final AsapConfig config, final SctpEndpoint endpoint,
        final RandomGenerator random, final Counters counters, final RegistrarTable table) {
        this.link = link;
        this.config = config;
        this.endpoint = endpoint;
        this.counters = counters;
        this.table = table;
        backoff = new Backoff(config.timers().huntBackoffNs(), config.timers().retranMaxNs(), random);
        t5Ns = config.timers().t5ServerHuntNs();
    }

    void start(final long nowNs) {
        started = true;
        goOn(nowNs);
    }

    /** Tries as many as are wanted, unless it pauses. */
    void goOn(final long nowNs) {
        if (!started || roundAtNs != NO_DEADLINE) {
            return;
        }
        while (connecting < link.wanted()) {
            final Entry e = table.untried(round);
            if (e == null) {
                break;
            }
            tryOne(e, nowNs);
        }
        if (connecting == 0 && link.wanted() > 0 && table.hasFree()) {
            pause(nowNs);
        }
    }

    /** Goes on now, whether or not it pauses: there is somebody who was not tried. */
    void resume(final long nowNs) {
        roundAtNs = NO_DEADLINE;
        goOn(nowNs);
    }

    /** Begins a round in which everybody is tried again. */
    void anew(final long nowNs) {
        round++;
        resume(nowNs);
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
    void pause(final long nowNs) {
        round++;
        roundAtNs = nowNs + backoff.pauseNs();
        // RFC 5352 section 3.6: T5 doubles up to RETRAN-MAX while nobody answers
        t5Ns = link.connected() ? config.timers().t5ServerHuntNs()
            : t5Expired ? Math.min(2 * t5Ns, config.timers().retranMaxNs()) : t5Ns;
        t5Expired = false;
    }

    /** There is a home again, so the next hunt begins with short pauses. */
    void foundHome() {
        backoff.reset();
        t5Ns = config.timers().t5ServerHuntNs();
    }

    /** A connection that was being made is not any more: it is up, or ended. */
    void settled(final Entry e) {
        connecting -= e.isConnecting() ? 1 : 0;
    }

    /** Enough registrars are there: connections that nobody needs any more are given up. */
    void stop(final long nowNs) {
        roundAtNs = NO_DEADLINE;
        for (int i = 0; i < table.entries().size(); i++) {
            final Entry e = table.entries().get(i);
            if (e.isConnecting()) {
                close(e, nowNs);
            }
        }
        // whoever is hunted next may be one of these
        round++;
    }

    /** Ends an association that is not wanted. */
    void close(final Entry e, final long nowNs) {
        settled(e);
        final int association = e.association;
        e.association = 0;
        if (e.up) {
            endpoint.shutdown(association, nowNs);
        } else {
            endpoint.abort(association, nowNs);
        }
        e.up = false;
    }

    @Override
    public long nextDeadlineNs() {
        long next = roundAtNs;
        for (int i = 0; connecting > 0 && i < table.entries().size(); i++) {
            final Entry e = table.entries().get(i);
            next = e.isConnecting() ? Math.min(next, e.connectByNs) : next;
        }
        return next;
    }

    @Override
    public void onDeadline(final long nowNs) {
        boolean late = false;
        for (int i = 0; connecting > 0 && i < table.entries().size(); i++) {
            final Entry e = table.entries().get(i);
            if (e.isConnecting() && nowNs >= e.connectByNs) {
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
            goOn(nowNs);
        }
    }
}
