// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.util.LinkedHashSet;
import java.util.Set;
import org.poolswitch.observe.Counters;
import org.poolswitch.rserpool.PoolElementEntry;
import org.poolswitch.runtime.Deadlines;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.SendStatus;

/**
 * Elements of other registrars that users report here (RFC 5352 section 3.5 has every ENRP server ask, not the home
 * alone). Three steps, each only if the one before was in vain:
 *
 * <pre>
 *  report ──► we ask the element ──► its home is told, and asks it ──► we make ourselves its home and ask it (H bit)
 *                   │ answers               │ answers: ADD_PE               │ answers: stays, with us
 *                   ▼                       │ silent:  DEL_PE               │ silent:  DEL_PE to all
 *              nothing was                  ▼                               ▼
 * </pre>
 *
 * <p>So a dead element goes although its home is slow or dead, and a living one stays whatever is said of it: nobody
 * is removed without having been asked by the registrar that removes it.
 */
final class ForeignWatch {
    private final RegistrarConfig config;
    private final Counters counters;
    private final AsapAnswers answers;
    private final AsapPeers peers;
    private final ElementBook book;
    private final Deadlines<PoolElementEntry> deadlines;
    /** Those that something goes on with, and some with which it has ended by the home's word. */
    private final Set<PoolElementEntry> watched = new LinkedHashSet<>();

    ForeignWatch(final RegistrarConfig config, final Counters counters, final AsapAnswers answers,
        final AsapPeers peers, final ElementBook book, final Deadlines<PoolElementEntry> deadlines) {
        this.config = config;
        this.counters = counters;
        this.answers = answers;
        this.peers = peers;
        this.book = book;
        this.deadlines = deadlines;
    }

    private boolean isWatched(final PoolElementEntry e) {
        return e.present() && !book.owns(e) && e.flags() != 0;
    }

    /** The first step. */
    void ask(final PoolElementEntry e, final long nowNs) {
        if (watched.size() >= config.foreign().mostAtOnce()) {
            watched.removeIf(other -> !isWatched(other));
        }
        if (watched.size() >= config.foreign().mostAtOnce() && !watched.contains(e)) {
            counters.increment(RegistrarCounter.UNREACHABLE_REPORTS_LIMITED);
            return;
        }
        watched.add(e);
        if (e.association() == 0) {
            final AsapPeer peer = peers.open(e, nowNs);
            if (peer != null) {
                peer.add(e);
            }
        }
        counters.increment(RegistrarCounter.FOREIGN_ASKED);
        if (e.association() == 0 || !keepAlive(e, nowNs)) {
            doubt(e, 0, nowNs);
        } else {
            schedule(e, ElementBook.ASKED, nowNs + config.keepAliveTimeoutNs());
        }
    }

    private boolean keepAlive(final PoolElementEntry e, final long nowNs) {
        counters.increment(RegistrarCounter.KEEP_ALIVES_SENT);
        return answers.keepAlive(e, false, nowNs) != SendStatus.CLOSED;
    }

    private void schedule(final PoolElementEntry e, final int flags, final long atNs) {
        e.flags(flags);
        e.keepAliveNs(atNs);
        deadlines.update(e);
    }

    /** The second step. */
    private void doubt(final PoolElementEntry e, final int asked, final long nowNs) {
        counters.increment(RegistrarCounter.FOREIGN_DOUBTED);
        peers.detach(e, nowNs);
        schedule(e, ElementBook.DOUBTED | asked, nowNs + config.foreign().homeTimeoutNs());
        book.tellUnreachable(e, nowNs);
    }

    /** It lives. The association stays for a while, for where one user complains, others do. */
    void onAck(final PoolElementEntry e, final long nowNs) {
        schedule(e, ElementBook.ANSWERED, nowNs + config.keepAliveIntervalNs());
    }

    /** It is time for the next step. */
    void onDeadline(final PoolElementEntry e, final long nowNs) {
        if ((e.flags() & ElementBook.DOUBTED) == 0 && (e.flags() & ElementBook.ASKED) != 0) {
            doubt(e, ElementBook.ASKED, nowNs);
            return;
        }
        watched.remove(e);
        // whom we have no way to ask we do not judge
        final boolean silent = (e.flags() & ElementBook.DOUBTED) != 0 && (e.flags() & ElementBook.ASKED) != 0;
        peers.detach(e, nowNs);
        schedule(e, 0, Machine.NO_DEADLINE);
        if (silent) {
            counters.increment(RegistrarCounter.FOREIGN_ADOPTED);
            book.adopt(e, nowNs);
        }
    }

    /** The association over which it was asked is gone. */
    void onAssociationDown(final PoolElementEntry e, final AsapPeer link, final long nowNs) {
        if ((e.flags() & ElementBook.ANSWERED) != 0) {
            ask(e, nowNs);
        } else if ((e.flags() & ElementBook.ASKED) != 0) {
            final AsapPeer other = peers.openUserTransport(e, link, nowNs);
            if (other == null) {
                doubt(e, ElementBook.ASKED, nowNs);
            } else {
                other.add(e);
                keepAlive(e, nowNs);
            }
        }
    }

    /** We were away: who did not answer gets the time again. */
    void onClockJump(final long nowNs) {
        for (final PoolElementEntry e : watched) {
            if (isWatched(e)) {
                final long wait = (e.flags() & ElementBook.DOUBTED) != 0 ? config.foreign().homeTimeoutNs()
                    : config.keepAliveTimeoutNs();
                schedule(e, e.flags(), Math.max(e.keepAliveNs(), nowNs + wait));
            }
        }
    }
}
