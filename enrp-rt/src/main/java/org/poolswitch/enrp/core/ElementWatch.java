// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.poolswitch.observe.Counters;
import org.poolswitch.rserpool.Handlespace;
import org.poolswitch.rserpool.Pool;
import org.poolswitch.rserpool.PoolElementEntry;
import org.poolswitch.runtime.Deadlines;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.runtime.RateLimit;
import org.poolswitch.sctp.SendStatus;

/**
 * Whether elements of ours live: keep-alives (RFC 5352 section 3.4), reports of users (section 3.5), the end of
 * registrations.
 *
 * <p>A report alone removes nobody: the element is asked at once, and its answer clears what was said of it. Reports of
 * more than MAX-BAD-PE-REPORT different users only make the wait shorter, never shorter than a healthy element needs.
 * So nobody can be slandered out of a pool. What is reported of other registrars' elements is {@link ForeignWatch}'s.
 */
final class ElementWatch {
    /** So far back that no timeout added to it passes the present. */
    private static final long NEVER = Long.MIN_VALUE / 2;
    private final RegistrarConfig config;
    private final RandomGenerator random;
    private final Counters counters;
    private final AsapAnswers answers;
    private final Handlespace space;
    private final AsapPeers peers;
    private final ElementBook book;
    private final Deadlines<PoolElementEntry> deadlines;
    private final ForeignWatch foreign;
    /** Who reported an element since it last showed that it lives. */
    private final Map<PoolElementEntry, Reporters> reports = new HashMap<>();
    /** When we last came back from not running. */
    private long jumpedNs = NEVER;

    ElementWatch(final RegistrarConfig config, final RandomGenerator random, final Counters counters,
        final AsapAnswers answers, final Handlespace space, final AsapPeers peers, final ElementBook book,
        final Deadlines<PoolElementEntry> deadlines) {
        this.config = config;
        this.random = random;
        this.counters = counters;
        this.answers = answers;
        this.space = space;
        this.peers = peers;
        this.book = book;
        this.deadlines = deadlines;
        foreign = new ForeignWatch(config, counters, answers, peers, book, deadlines);
    }

    /** Section 3.4: plus or minus half, so that elements are not asked in step. */
    long nextKeepAliveNs(final long nowNs) {
        return nowNs + config.keepAliveIntervalNs() / 2 + random.nextLong(config.keepAliveIntervalNs());
    }

    boolean hasReports() {
        return !reports.isEmpty();
    }

    void forgetReports(final PoolElementEntry e) {
        if (e != null) {
            reports.remove(e);
        }
    }

    private PoolElementEntry find(final AsapRequest request) throws MalformedException {
        request.needHandle();
        final Pool pool = space.pool(request.buffer(), request.handleAt(), request.handleLength());
        return pool == null ? null : space.find(pool, request.identifier());
    }

    // ---- reports ------------------------------------------------------------------------------------------------

    void onUnreachable(final AsapPeer peer, final AsapRequest request, final long nowNs) throws MalformedException {
        final PoolElementEntry e = find(request);
        final RateLimit each = config.rates().elementReports();
        if (e != null && !each.allows(e.reportsNs(), nowNs)) {
            counters.increment(RegistrarCounter.UNREACHABLE_REPORTS_LIMITED);
            return;
        }
        peer.reportsNs = config.rates().reports().take(peer.reportsNs, nowNs);
        if (e != null) {
            e.reportsNs(each.take(e.reportsNs(), nowNs));
            onReport(peer, e, nowNs);
        }
    }

    private void onReport(final AsapPeer peer, final PoolElementEntry e, final long nowNs) {
        if ((e.flags() & (ElementBook.ASKED | ElementBook.DOUBTED)) == 0) {
            if (book.owns(e)) {
                ask(e, nowNs);
            } else {
                foreign.ask(e, nowNs);
            }
        }
        if (!e.present() || (e.flags() & ElementBook.ASKED) == 0) {
            return;
        }
        final Reporters reporters = reports.computeIfAbsent(e, x -> new Reporters(config.maxBadPeReport() + 1));
        if (reporters.add(peer.association) > config.maxBadPeReport()
            && (e.flags() & (ElementBook.REPORTED | ElementBook.DOUBTED)) == 0) {
            e.flags(e.flags() | ElementBook.REPORTED);
            e.keepAliveNs(Math.min(e.keepAliveNs(), nowNs + config.reportedTimeoutNs()));
            deadlines.update(e);
        }
    }

    /** A peer could not reach an element of ours, which weighs as much as the reports of many users. */
    void onDoubt(final PoolElementEntry e, final long nowNs) {
        counters.increment(RegistrarCounter.DOUBTS_OF_PEERS);
        if ((e.flags() & ElementBook.ASKED) == 0) {
            ask(e, nowNs);
        }
        if (e.present()) {
            e.flags(e.flags() | ElementBook.DOUBTED);
            e.keepAliveNs(Math.min(e.keepAliveNs(), nowNs + config.reportedTimeoutNs()));
            deadlines.update(e);
        }
    }

    // ---- keep-alives --------------------------------------------------------------------------------------------

    private void ask(final PoolElementEntry e, final long nowNs) {
        if (e.association() == 0) {
            final AsapPeer peer = peers.open(e, nowNs);
            if (peer != null) {
                peer.add(e);
            }
        }
        e.flags(e.flags() | ElementBook.ASKED);
        e.keepAliveNs(nowNs + config.keepAliveTimeoutNs());
        deadlines.update(e);
        if (e.association() != 0) {
            counters.increment(RegistrarCounter.KEEP_ALIVES_SENT);
            final SendStatus sent = answers.keepAlive(e, (e.flags() & ElementBook.NEW_HOME) != 0, nowNs);
            if (sent == SendStatus.CLOSED) {
                // section 3.4: what cannot be sent was not received
                counters.increment(RegistrarCounter.REMOVED_LOST);
                remove(e, nowNs);
            }
        }
    }

    void onKeepAliveAck(final AsapPeer peer, final AsapRequest request, final long nowNs) throws MalformedException {
        final PoolElementEntry e = find(request);
        if (e == null || e.association() != peer.association) {
            counters.increment(RegistrarCounter.KEEP_ALIVE_ACKS_UNEXPECTED);
            return;
        }
        counters.increment(RegistrarCounter.KEEP_ALIVE_ACKS);
        reports.remove(e);
        if (!book.owns(e)) {
            foreign.onAck(e, nowNs);
            return;
        }
        final boolean doubted = (e.flags() & ElementBook.DOUBTED) != 0;
        e.flags(0);
        e.keepAliveNs(nextKeepAliveNs(nowNs));
        deadlines.update(e);
        if (doubted) {
            book.tellAlive(e, nowNs);
        }
    }

    /** As many as one pass may take: answers are read in between, and each one's time runs from its own question. */
    void onDeadline(final long nowNs) {
        for (int i = 0; i < config.elementsPerPass(); i++) {
            final PoolElementEntry e = deadlines.first(nowNs);
            if (e == null) {
                return;
            }
            onDue(e, nowNs);
        }
    }

    private void onDue(final PoolElementEntry e, final long nowNs) {
        if (e.expiresNs() <= nowNs) {
            counters.increment(RegistrarCounter.REMOVED_EXPIRED);
            if (e.association() != 0 && book.owns(e)) {
                answers.deregistration(e.association(), e.pool().handle(), e.identifier(), 0, nowNs);
            }
            remove(e, nowNs);
        } else if (!book.owns(e)) {
            foreign.onDeadline(e, nowNs);
        } else if ((e.flags() & ElementBook.ASKED) == 0) {
            ask(e, nowNs);
        } else if (!isExcused(e)) {
            counters.increment((e.flags() & ElementBook.REPORTED) != 0 ? RegistrarCounter.REMOVED_REPORTED
                : RegistrarCounter.REMOVED_SILENT);
            final int association = e.association();
            remove(e, nowNs);
            // an element that lives all the same must not think that it is still registered: it will come again
            peers.abort(association, nowNs);
        }
    }

    private void remove(final PoolElementEntry e, final long nowNs) {
        reports.remove(e);
        book.remove(e, nowNs);
    }

    /** Everything that registered over an association is gone with it. */
    void onAssociationDown(final AsapPeer peer, final long nowNs) {
        for (PoolElementEntry e = peer.first(); e != null; e = peer.first()) {
            peer.remove(e);
            if (!book.owns(e)) {
                foreign.onAssociationDown(e, peer, nowNs);
                continue;
            }
            final AsapPeer other = peer.ours && (e.flags() & ElementBook.NEW_HOME) != 0
                ? peers.openUserTransport(e, peer, nowNs) : null;
            if (other != null) {
                other.add(e);
                answers.keepAlive(e, true, nowNs);
            } else if (config.removeOnAssociationLoss() || peer.ours) {
                counters.increment(RegistrarCounter.REMOVED_LOST);
                remove(e, nowNs);
            }
        }
    }

    /**
     * We were away: answers may wait unread, so everybody who was asked gets the time again. Given when it is up, not
     * here: to walk over a million elements takes so long that it would count as the next time away.
     */
    void onClockJump(final long nowNs) {
        foreign.onClockJump(nowNs);
        jumpedNs = nowNs;
    }

    /** Whether it was asked before we were away, and so has the time again. */
    private boolean isExcused(final PoolElementEntry e) {
        // what was set since lies so far behind it at least
        final long least = (e.flags() & (ElementBook.REPORTED | ElementBook.DOUBTED)) != 0
            ? config.reportedTimeoutNs() : config.keepAliveTimeoutNs();
        if (e.keepAliveNs() >= jumpedNs + least) {
            return false;
        }
        e.keepAliveNs(jumpedNs + config.keepAliveTimeoutNs());
        deadlines.update(e);
        return true;
    }
}
