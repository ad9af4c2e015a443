// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.AsapSuspicion;
import org.poolswitch.observe.Counters;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.SctpEndpoint;

/**
 * Watches one element: a reply that is late makes it suspect, a suspect is probed, and one that stays silent is given
 * up. An element that is heard again was merely slow: the late sessions get a new, longer patience.
 */
final class Suspicion {
    /** Patience doubles at most so often, so that one which never answers is asked for once a second. */
    private static final int MAX_PATIENCE_SHIFT = 6;

    private final AsapSuspicion config;
    private final SctpEndpoint endpoint;
    private final Counters counters;
    private final ElementLink link;
    // sessions that expect something, the longest waiting first
    private PoolSessionImpl head;
    private PoolSessionImpl tail;
    private boolean suspect;
    private long enteredNs;
    private long silentSinceNs;
    private long nextProbeNs;
    private int probes;
    private long idleProbedNs = Long.MIN_VALUE;

    Suspicion(final AsapSuspicion config, final SctpEndpoint endpoint, final Counters counters,
        final ElementLink link) {
        this.config = config;
        this.endpoint = endpoint;
        this.counters = counters;
        this.link = link;
    }

    boolean suspect() {
        return suspect;
    }

    /** The session sent something that wants an answer. */
    void expect(final PoolSessionImpl s, final long nowNs) {
        if (s.expecting) {
            s.expectAgain = true;
            return;
        }
        s.expecting = true;
        s.expectSinceNs = nowNs;
        s.expectBefore = tail;
        s.expectAfter = null;
        final PoolSessionImpl last = tail;
        tail = s;
        if (last == null) {
            head = s;
            link.touched();
        } else {
            last.expectAfter = s;
        }
    }

    /** Something came back for the session. */
    void answered(final PoolSessionImpl s, final long nowNs) {
        if (!s.expecting) {
            return;
        }
        if (s.patienceShift == 0) {
            s.pool.latency.add(nowNs - s.expectSinceNs);
        }
        final boolean again = s.expectAgain;
        forget(s);
        if (again) {
            expect(s, nowNs);
        }
    }

    /** The session left, or what it waited for does not matter any more. */
    void forget(final PoolSessionImpl s) {
        if (!s.expecting) {
            return;
        }
        unlink(s);
        s.expectAgain = false;
        s.patienceShift = 0;
    }

    /** The transport's own judgement (RFC 7829: potentially failed). */
    void onTransport(final boolean failing, final long nowNs) {
        if (failing && !suspect) {
            enter(nowNs, nowNs);
        } else if (!failing && suspect) {
            clear(nowNs);
        }
    }

    /** Anything came from the element. */
    void onHeard(final long nowNs) {
        if (suspect) {
            clear(nowNs);
        }
    }

    /** We were paused ourselves, so nobody's silence of that time counts. */
    void onClockJump(final long nowNs) {
        for (PoolSessionImpl s = head; s != null; s = s.expectAfter) {
            s.expectSinceNs = nowNs;
        }
        if (suspect) {
            enter(nowNs, nowNs);
        }
    }

    /** The association is gone; its sessions have left already. */
    void reset() {
        suspect = false;
    }

    long nextDeadlineNs() {
        if (suspect) {
            return probes < config.minProbes() ? nextProbeNs : Math.min(nextProbeNs, deadAtNs());
        }
        return Math.min(idleAtNs(), head == null ? Machine.NO_DEADLINE : lateAtNs(head));
    }

    private long idleAtNs() {
        return config.idleProbeNs() == 0 || link.sessions.isEmpty() || link.blind() ? Machine.NO_DEADLINE
            : Math.max(link.heardNs(), idleProbedNs) + config.idleProbeNs();
    }

    /** @return true if the element is to be given up */
    boolean onDeadline(final long nowNs) {
        if (!suspect) {
            if (nowNs >= idleAtNs()) {
                idleProbedNs = nowNs;
                counters.increment(AsapCounter.IDLE_PROBES);
                endpoint.probe(link.association(), nowNs);
            }
            if (head == null || nowNs < lateAtNs(head)) {
                return false;
            }
            enter(head.expectSinceNs, nowNs);
        }
        if (link.heardNs() > enteredNs) {
            clear(nowNs);
            return false;
        }
        if (probes >= config.minProbes() && nowNs >= deadAtNs()) {
            return true;
        }
        if (nowNs >= nextProbeNs) {
            probes++;
            nextProbeNs = nowNs + config.probeIntervalNs();
            counters.increment(AsapCounter.PROBES);
            endpoint.probe(link.association(), nowNs);
        }
        return false;
    }

    private void enter(final long sinceNs, final long nowNs) {
        if (!suspect) {
            counters.increment(AsapCounter.SUSPICIONS);
        }
        suspect = true;
        enteredNs = nowNs;
        silentSinceNs = sinceNs;
        nextProbeNs = nowNs;
        probes = 0;
        link.touched();
    }

    private void clear(final long nowNs) {
        counters.increment(AsapCounter.FALSE_SUSPICIONS);
        suspect = false;
        while (head != null && nowNs >= lateAtNs(head)) {
            final PoolSessionImpl s = head;
            final boolean again = s.expectAgain;
            final int shift = Math.min(MAX_PATIENCE_SHIFT, s.patienceShift + 1);
            unlink(s);
            expect(s, nowNs);
            s.expectAgain = again;
            s.patienceShift = shift;
        }
        link.touched();
    }

    private void unlink(final PoolSessionImpl s) {
        final PoolSessionImpl before = s.expectBefore;
        final PoolSessionImpl after = s.expectAfter;
        if (after == null) {
            tail = before;
        } else {
            after.expectBefore = before;
        }
        if (before == null) {
            head = after;
        } else {
            before.expectAfter = after;
        }
        s.expectBefore = null;
        s.expectAfter = null;
        s.expecting = false;
        if (before == null && after != null) {
            // the next one may have less patience
            link.touched();
        }
    }

    private static long lateAtNs(final PoolSessionImpl s) {
        return s.expectSinceNs + (s.pool.latency.suspectAfterNs() << s.patienceShift);
    }

    private long deadAtNs() {
        final long patience = link.blind() ? config.blindDeadAfterNs() : config.deadAfterNs();
        return Math.max(silentSinceNs, link.heardNs()) + patience;
    }
}
