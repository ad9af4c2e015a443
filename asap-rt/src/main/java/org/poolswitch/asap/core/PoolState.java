// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.util.ArrayList;
import java.util.List;
import org.poolswitch.asap.AsapBounds;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.ResolutionListener;
import org.poolswitch.asap.SessionFailure;
import org.poolswitch.runtime.Machine;

/**
 * One pool as its user sees it: what is known of it, who its members are, and the messages that wait for one of them.
 * What the registrar is asked about it is {@link PoolResolution}'s.
 */
final class PoolState {
    /** What is known about the pool. */
    enum Phase { UNKNOWN, RESOLVING, READY, EMPTY, FAILED }

    final WaitingList fresh;
    final WaitingList resending;
    final ReplyLatency latency;
    final MemberChoice choice;
    final List<PoolMember> members = new ArrayList<>();
    final PendingResolutions pending;
    final PoolResolution resolution;
    int sessions;
    /** Our own element is a member and wants to know the others. */
    boolean watched;
    private final AsapPoolUser user;
    private final byte[] handle;
    private Phase phase = Phase.UNKNOWN;
    /** Transport of the pool's elements, if it is none that we can use; or 0. */
    private int unusableTransport;
    private long drainAtNs = Machine.NO_DEADLINE;
    private long connectAtNs = Machine.NO_DEADLINE;

    PoolState(final AsapPoolUser user, final byte[] handle) {
        this.user = user;
        this.handle = handle;
        final AsapBounds bounds = user.config.bounds();
        fresh = new WaitingList(bounds.queueAgeNs());
        resending = new WaitingList(bounds.failoverAgeNs());
        latency = new ReplyLatency(user.config.suspicion());
        choice = new MemberChoice(user.random);
        pending = new PendingResolutions(handle, bounds.sessions());
        resolution = new PoolResolution(this, user, handle);
    }

    byte[] handle() {
        return handle.clone();
    }

    byte[] rawHandle() {
        return handle;
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
            drainAtNs = nowNs;
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
        drainAtNs = at;
    }

    /** Asks the registrar, unless that has been done or none is connected; then it is done when one is. */
    void resolve(final long nowNs) {
        resolution.begin(nowNs);
    }

    /** The registrar is asked, or will be when one is there. */
    void onAsking() {
        if (members.isEmpty()) {
            phase = Phase.RESOLVING;
        }
    }

    void onNobodyAnswers() {
        if (members.isEmpty()) {
            phase = Phase.FAILED;
        }
    }

    /** Something that messages wait for has changed. */
    void drainAt(final long atNs) {
        drainAtNs = atNs;
    }

    /** The registrar answered with elements; {@link #members} is up to date already. */
    void onResolved(final boolean subscription, final long nowNs) {
        resolution.onResolved(subscription, nowNs);
        phase = Phase.READY;
    }

    /**
     * The registrar answered that there is nothing. Elements we are connected with know better: a registrar that has
     * just been restarted knows nobody until they have registered again.
     */
    void onUnresolved(final boolean unknownHandle, final long nowNs) {
        resolution.onUnresolved(nowNs);
        if (unknownHandle) {
            // any other cause (RFC 5354 section 3.10) is about the registrar, not about the pool
            user.pools().forgetDisconnected(this, nowNs);
        }
        if (members.isEmpty()) {
            phase = unknownHandle ? Phase.EMPTY : Phase.FAILED;
        }
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
        next = Math.min(next, resolution.nextDeadlineNs(inUse()));
        return Math.min(Math.min(next, drainAtNs), pending.nextDeadlineNs());
    }

    /** Somebody has a session with it, waits for an answer about it, or is a member. */
    boolean inUse() {
        return watched || wanted();
    }

    private boolean wanted() {
        return sessions > 0 || !pending.isEmpty() || fresh.messages() > 0 || resending.messages() > 0;
    }

    void onDeadline(final long nowNs) {
        resolution.onDeadline(inUse(), nowNs);
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
        if (nowNs >= drainAtNs) {
            drainAtNs = Machine.NO_DEADLINE;
            otherTransport(unusableTransport, nowNs);
            WaitingSessions.drain(this, null, nowNs);
        }
    }
}
