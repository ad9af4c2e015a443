// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.util.ArrayList;
import java.util.List;
import org.poolswitch.asap.AsapBounds;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.AsapTimers;
import org.poolswitch.asap.ResolutionListener;
import org.poolswitch.asap.SessionFailure;
import org.poolswitch.rserpool.HandleResolutionOption;
import org.poolswitch.runtime.Machine;

/**
 * One pool as its user sees it: what the registrar said about it and when, who its members are, and the messages that
 * wait for one of them. At most one resolution is under way; whoever needs it meanwhile waits for the same answer.
 */
final class PoolState {
    /** Who is told of changes asks so many times more seldom: once in a while, in case that a change got lost. */
    private static final int SUBSCRIBED_FACTOR = 8;

    /** What is known about the pool. */
    enum Phase { UNKNOWN, RESOLVING, READY, EMPTY, FAILED }

    final WaitingList fresh;
    final WaitingList resending;
    final ReplyLatency latency;
    final MemberChoice choice;
    final List<PoolMember> members = new ArrayList<>();
    final PendingResolutions pending;
    int sessions;
    /** Our own element is a member and wants to know the others. */
    boolean watched;
    private final AsapPoolUser user;
    private final byte[] handle;
    private final byte[] request;
    private final long staleNs;
    private final Backoff backoff;
    private Phase phase = Phase.UNKNOWN;
    private boolean asked;
    private boolean askWhenConnected;
    private int repetitions;
    private long answerByNs;
    private long hedgeAtNs = Machine.NO_DEADLINE;
    /** Answers of a registrar, or what had to do for one. */
    private long answers;
    /** The home registrar tells us of changes (A bit). */
    private boolean subscribed;
    /** Transport of the pool's elements, if it is none that we can use; or 0. */
    private int unusableTransport;
    private long refreshAtNs = Machine.NO_DEADLINE;
    private long pumpAtNs = Machine.NO_DEADLINE;
    private long connectAtNs = Machine.NO_DEADLINE;

    PoolState(final AsapPoolUser user, final byte[] handle) {
        this.user = user;
        this.handle = handle;
        staleNs = user.config.timers().staleCacheNs();
        request = user.control.handleResolution(handle, user.config.choices().subscribe(), items(user.config));
        final AsapBounds bounds = user.config.bounds();
        final AsapTimers timers = user.config.timers();
        fresh = new WaitingList(bounds.queueAgeNs());
        resending = new WaitingList(bounds.failoverAgeNs());
        latency = new ReplyLatency(user.config.suspicion());
        choice = new MemberChoice(user.random);
        pending = new PendingResolutions(handle, bounds.sessions());
        backoff = new Backoff(timers.retryNs(), timers.retryMaxNs(), user.random);
    }

    /** Every session asks for one element, as RSPLIB's users do; who keeps a cache wants all. */
    private static int items(final AsapConfig config) {
        final int wished = config.choices().items();
        return wished != 0 ? wished : config.timers().staleCacheNs() == 0 ? 1 : HandleResolutionOption.ALL;
    }

    byte[] handle() {
        return handle.clone();
    }

    byte[] rawHandle() {
        return handle;
    }

    Phase phase() {
        return phase;
    }

    boolean admits(final int length) {
        final AsapBounds bounds = user.config.bounds();
        return fresh.messages() + resending.messages() < bounds.queueMessages()
            && fresh.octets() + resending.octets() + length <= bounds.queueOctets();
    }

    /** Somebody wants one answer, however fresh ours is. @return false if too many do */
    boolean resolveFor(final ResolutionListener listener, final long nowNs) {
        if (!pending.add(listener, nowNs + user.config.bounds().queueAgeNs())) {
            user.counters.increment(AsapCounter.REFUSED);
            return false;
        }
        resolve(nowNs);
        return true;
    }

    /** @param type transport of the pool's elements if no session can use any, or 0 */
    void otherTransport(final int type, final long nowNs) {
        if (type != 0 && type != unusableTransport) {
            user.observer().onUnusableTransport(handle(), type, nowNs);
        }
        unusableTransport = type;
        if (type != 0 && members.isEmpty()) {
            // waiting would change nothing: every element of a pool has the same transport
            failAll(nowNs);
        }
    }

    private void failAll(final long nowNs) {
        while (fresh.head() != null) {
            fresh.head().session.expire(nowNs);
        }
        while (resending.head() != null) {
            resending.head().session.expire(nowNs);
        }
    }

    /** A message waits. */
    void wanted(final long nowNs) {
        if (phase == Phase.UNKNOWN) {
            resolve(nowNs);
        } else if (unusableTransport != 0 && members.isEmpty()) {
            // told at once, but not from inside the command
            pumpAtNs = nowNs;
        }
    }

    /** Nobody could be chosen: look again when the first of them may be tried, or soon. */
    void lookAgain(final long nowNs) {
        long at = nowNs + user.config.timers().retryNs();
        for (int i = 0; i < members.size(); i++) {
            final ElementLink link = members.get(i).link;
            if (link.isIdle() && link.retryAtNs() > nowNs) {
                at = Math.min(at, link.retryAtNs());
            }
        }
        pumpAtNs = at;
    }

    /** Asks the registrar, unless that has been done or none is connected; then it is done when one is. */
    void resolve(final long nowNs) {
        if (members.isEmpty()) {
            phase = Phase.RESOLVING;
        }
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
        answerByNs = nowNs + user.config.timers().t1RequestNs();
        user.counters.increment(AsapCounter.RESOLUTIONS);
        user.registrar.send(request, nowNs);
        final long hedgeNs = user.config.timers().hedgeNs();
        hedgeAtNs = hedgeNs == 0 ? Machine.NO_DEADLINE : nowNs + hedgeNs;
        if (user.registrar.isDoubtful() && user.registrar.hedge(request, nowNs)) {
            hedgeAtNs = Machine.NO_DEADLINE;
        }
    }

    /** The answer is late: somebody else may know it, and the home is looked at. */
    private void hedge(final long nowNs) {
        hedgeAtNs = Machine.NO_DEADLINE;
        user.registrar.late(nowNs);
        user.registrar.hedge(request, nowNs);
    }

    /** The home is late and now there is another one. */
    void onStandbyUp(final long nowNs) {
        if (asked) {
            user.registrar.hedge(request, nowNs);
        }
    }

    /**
     * Whether the session may be given an element: with a stale.cache.value of 0 not before a registrar was asked for
     * it, unless none answers.
     */
    boolean isAnswered(final PoolSessionImpl session, final long nowNs) {
        if (staleNs > 0) {
            return true;
        }
        if (session.answer == 0) {
            session.answer = answers + 1;
            resolve(nowNs);
        }
        return answers >= session.answer || !user.registrar.connected() && !members.isEmpty();
    }

    void onRegistrarUp(final long nowNs) {
        if (askWhenConnected) {
            resolve(nowNs);
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

    /** T1-ENRPrequest expired: repeat, and after MAX-REQUEST-RETRANSMIT hunt for another registrar. */
    private void onSilence(final long nowNs) {
        user.counters.increment(AsapCounter.REQUEST_TIMEOUTS);
        if (repetitions < user.config.timers().maxRequestRetransmit()) {
            repetitions++;
            // RFC 5352 section 3.6: the request is repeated, and others are hunted at the same time
            user.registrar.late(nowNs);
            ask(nowNs);
            doWithout(nowNs);
            return;
        }
        asked = false;
        askWhenConnected = true;
        if (members.isEmpty()) {
            phase = Phase.FAILED;
        }
        user.registrar.giveUp(nowNs);
    }

    /** No registrar answers: whoever waits for one goes by what is known. */
    private void doWithout(final long nowNs) {
        if (!members.isEmpty()) {
            answers++;
            pumpAtNs = nowNs;
        }
    }

    /** The registrar answered with elements; {@link #members} is up to date already. */
    void onResolved(final boolean subscription, final long nowNs) {
        asked = false;
        askWhenConnected = false;
        answers++;
        subscribed = subscription;
        backoff.reset();
        user.counters.increment(AsapCounter.RESOLVED);
        phase = Phase.READY;
        // a little earlier or later each time, so that many users' refreshes do not meet
        final long stale = subscribed ? staleNs * SUBSCRIBED_FACTOR : staleNs;
        refreshAtNs = staleNs == 0 ? Machine.NO_DEADLINE
            : nowNs + stale - stale / 8 + user.random.nextLong(stale / 4 + 1);
    }

    /**
     * The registrar answered that there is nothing. Elements we are connected with know better: a registrar that has
     * just been restarted knows nobody until they have registered again.
     */
    void onUnresolved(final boolean unknownHandle, final long nowNs) {
        asked = false;
        askWhenConnected = false;
        answers++;
        if (staleNs == 0) {
            pumpAtNs = nowNs;
        }
        user.counters.increment(AsapCounter.UNRESOLVED);
        user.pools().forgetDisconnected(this, nowNs);
        if (members.isEmpty()) {
            phase = unknownHandle ? Phase.EMPTY : Phase.FAILED;
        }
        refreshAtNs = nowNs + backoff.pauseNs();
    }

    /** Members or their links changed: when is a connection to be made next? */
    void connectMembers(final long nowNs) {
        connectAtNs = Machine.NO_DEADLINE;
        if (!wanted()) {
            return;
        }
        int open = 0;
        final int limit = user.config.bounds().preconnect();
        for (int i = 0; i < members.size() && open < limit; i++) {
            final PoolMember m = members.get(i);
            if (!m.listed) {
                continue;
            }
            open++;
            if (m.link.isIdle()) {
                final long at = m.banned(nowNs) ? Math.max(m.bannedUntilNs(), m.link.retryAtNs())
                    : m.link.retryAtNs();
                if (nowNs < at || !m.link.connect(nowNs)) {
                    connectAtNs = Math.min(connectAtNs, Math.max(at, m.link.retryAtNs()));
                }
            }
        }
    }

    SessionFailure failure(final PoolSessionImpl session) {
        if (session.link() != null && session.link().isUp()) {
            return SessionFailure.QUEUE_AGE;
        }
        if (!members.isEmpty()) {
            return SessionFailure.NO_ELEMENT;
        }
        if (unusableTransport != 0) {
            return SessionFailure.OTHER_TRANSPORT;
        }
        return switch (phase) {
            case EMPTY -> SessionFailure.UNKNOWN_POOL;
            case UNKNOWN, RESOLVING, FAILED -> SessionFailure.NO_REGISTRAR;
            case READY -> SessionFailure.QUEUE_AGE;
        };
    }

    long nextDeadlineNs() {
        long next = Math.min(connectAtNs, Math.min(fresh.deadlineNs(), resending.deadlineNs()));
        if (asked) {
            next = Math.min(next, Math.min(answerByNs, hedgeAtNs));
        } else if (!askWhenConnected && inUse()) {
            next = Math.min(next, refreshAtNs);
        }
        return Math.min(Math.min(next, pumpAtNs), pending.nextDeadlineNs());
    }

    private boolean inUse() {
        return watched || wanted();
    }

    private boolean wanted() {
        return sessions > 0 || !pending.isEmpty() || fresh.messages() > 0 || resending.messages() > 0;
    }

    void onDeadline(final long nowNs) {
        if (asked && nowNs >= answerByNs) {
            onSilence(nowNs);
        } else if (asked && nowNs >= hedgeAtNs) {
            hedge(nowNs);
        } else if (!asked && !askWhenConnected && inUse() && nowNs >= refreshAtNs) {
            resolve(nowNs);
        }
        pending.onDeadline(nowNs);
        while (fresh.head() != null && nowNs >= fresh.deadlineNs()) {
            fresh.head().session.expire(nowNs);
        }
        while (resending.head() != null && nowNs >= resending.deadlineNs()) {
            resending.head().session.expire(nowNs);
        }
        if (nowNs >= connectAtNs) {
            connectMembers(nowNs);
        }
        if (nowNs >= pumpAtNs) {
            pumpAtNs = Machine.NO_DEADLINE;
            otherTransport(unusableTransport, nowNs);
            user.pump(this, null, nowNs);
        }
    }
}
