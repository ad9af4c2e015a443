// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.AsapTimers;
import org.poolswitch.rserpool.HandleResolutionOption;
import org.poolswitch.runtime.Machine;

/**
 * What the registrar is asked about one pool (RFC 5352 section 3.3): at most one ASAP_HANDLE_RESOLUTION is under way;
 * who needs an answer meanwhile waits for the same one. It is repeated, asked elsewhere when it is late, and asked
 * again when the answer is stale.
 */
final class PoolResolution {
    /** Who is told of changes asks so many times more seldom: once in a while, in case that a change got lost. */
    private static final int SUBSCRIBED_FACTOR = 8;

    private final PoolState pool;
    private final AsapPoolUser user;
    private final AsapTimers timers;
    private final byte[] request;
    /** The same without the S bit: asks somebody else, and ends a subscription. */
    private final byte[] once;
    private final Backoff backoff;
    private boolean asked;
    private boolean askWhenConnected;
    private int repetitions;
    private long answerByNs;
    private long hedgeAtNs = Machine.NO_DEADLINE;
    private long refreshAtNs = Machine.NO_DEADLINE;
    /** Answers of a registrar, or what had to do for one. */
    private long answers;
    /** The home registrar tells us of changes (A bit). */
    private boolean subscribed;

    PoolResolution(final PoolState pool, final AsapPoolUser user, final byte[] handle) {
        this.pool = pool;
        this.user = user;
        timers = user.config.timers();
        request = user.control.handleResolution(handle, user.config.choices().subscribe(), items(user.config));
        once = user.control.handleResolution(handle, false, items(user.config));
        backoff = new Backoff(timers.retryNs(), timers.retryMaxNs(), user.random);
    }

    /** Every session asks for one element, as RSPLIB's users do; who keeps a cache wants all. */
    private static int items(final AsapConfig config) {
        final int wished = config.choices().items();
        return wished != 0 ? wished : config.timers().staleCacheNs() == 0 ? 1 : HandleResolutionOption.ALL;
    }

    /** Asks the registrar, unless that has been done or none is connected; then it is done when one is. */
    void begin(final long nowNs) {
        pool.onAsking();
        if (asked) {
            return;
        }
        if (!user.registrar.connected()) {
            askWhenConnected = true;
            return;
        }
        repetitions = 0;
        ask(nowNs);
    }

    private void ask(final long nowNs) {
        asked = true;
        askWhenConnected = false;
        answerByNs = nowNs + timers.t1RequestNs();
        user.counters.increment(AsapCounter.RESOLUTIONS);
        user.registrar.send(request, nowNs);
        hedgeAtNs = timers.hedgeNs() == 0 ? Machine.NO_DEADLINE : nowNs + timers.hedgeNs();
        if (user.registrar.isDoubtful() && user.registrar.hedge(once, nowNs)) {
            hedgeAtNs = Machine.NO_DEADLINE;
        }
    }

    /** The answer is late: somebody else may know it, and the home is looked at. */
    private void hedge(final long nowNs) {
        hedgeAtNs = Machine.NO_DEADLINE;
        user.registrar.late(nowNs);
        user.registrar.hedge(once, nowNs);
    }

    /** The home is late and now there is another one. */
    void onStandbyUp(final long nowNs) {
        if (asked) {
            user.registrar.hedge(once, nowNs);
        }
    }

    /** Nobody wants to hear of changes any more (RFC 5352 section 2.2.5: S = 0, no updates are requested). */
    void unsubscribe(final long nowNs) {
        if (subscribed) {
            subscribed = false;
            user.registrar.send(once, nowNs);
        }
    }

    /**
     * Whether the session may be given an element: with a stale.cache.value of 0 not before a registrar was asked for
     * it, unless none answers.
     */
    boolean isAnswered(final PoolSessionImpl session, final long nowNs) {
        if (timers.staleCacheNs() > 0) {
            return true;
        }
        if (session.answer == 0) {
            session.answer = answers + 1;
            begin(nowNs);
        }
        return answers >= session.answer || !user.registrar.connected() && !pool.members.isEmpty();
    }

    void onRegistrarUp(final long nowNs) {
        if (askWhenConnected) {
            begin(nowNs);
        }
    }

    void onRegistrarDown() {
        // a subscription ends with its association
        askWhenConnected |= subscribed;
        subscribed = false;
        if (asked) {
            asked = false;
            askWhenConnected = true;
        }
    }

    /** A subscription is at the home before (RFC 5352 section 2.2.5): the new one is asked for another. */
    void onHomeMoved(final long nowNs) {
        if (subscribed) {
            subscribed = false;
            refreshAtNs = nowNs;
        }
    }

    /** T1-ENRPrequest expired: repeat, and after MAX-REQUEST-RETRANSMIT hunt for another registrar. */
    private void onSilence(final long nowNs) {
        user.counters.increment(AsapCounter.REQUEST_TIMEOUTS);
        if (repetitions < timers.maxRequestRetransmit()) {
            repetitions++;
            // RFC 5352 section 3.6: the request is repeated, and others are hunted at the same time
            user.registrar.late(nowNs);
            ask(nowNs);
            if (!pool.members.isEmpty()) {
                // whoever waits for an answer goes by what is known
                answers++;
                pool.drainAt(nowNs);
            }
            return;
        }
        asked = false;
        askWhenConnected = true;
        pool.onNobodyAnswers();
        user.registrar.giveUp(nowNs);
    }

    private void onAnswer() {
        asked = false;
        askWhenConnected = false;
        answers++;
    }

    /** The registrar named elements. @param subscription it will tell of changes */
    void onResolved(final boolean subscription, final long nowNs) {
        onAnswer();
        subscribed = subscription;
        backoff.reset();
        user.counters.increment(AsapCounter.RESOLVED);
        // a little earlier or later each time, so that many users' refreshes do not meet
        final long stale = subscribed ? timers.staleCacheNs() * SUBSCRIBED_FACTOR : timers.staleCacheNs();
        refreshAtNs = stale == 0 ? Machine.NO_DEADLINE
            : nowNs + stale - stale / 8 + user.random.nextLong(stale / 4 + 1);
    }

    /** The registrar named none: it is asked again soon. */
    void onUnresolved(final long nowNs) {
        onAnswer();
        if (timers.staleCacheNs() == 0) {
            pool.drainAt(nowNs);
        }
        user.counters.increment(AsapCounter.UNRESOLVED);
        refreshAtNs = nowNs + backoff.pauseNs();
    }

    /** @param inUse somebody would miss an answer that is fresh */
    long nextDeadlineNs(final boolean inUse) {
        if (asked) {
            return Math.min(answerByNs, hedgeAtNs);
        }
        return !askWhenConnected && inUse ? refreshAtNs : Machine.NO_DEADLINE;
    }

    void onDeadline(final boolean inUse, final long nowNs) {
        if (nowNs < nextDeadlineNs(inUse)) {
            return;
        }
        if (!asked) {
            begin(nowNs);
        } else if (nowNs >= answerByNs) {
            onSilence(nowNs);
        } else {
            hedge(nowNs);
        }
    }
}
