// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.ResolutionListener;
import org.poolswitch.asap.SessionFailure;
import org.poolswitch.rserpool.PolicyParameter;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.runtime.Machine;

/** The pools that the user knows, and who the registrar says is in them. */
public final class PoolDirectory implements Machine {
    private final AsapPoolUser user;
    private final ElementLinks links;
    private final Map<PoolHandle, PoolState> byHandle = new HashMap<>();
    private final List<PoolState> all = new ArrayList<>();

    PoolDirectory(final AsapPoolUser user, final ElementLinks links) {
        this.user = user;
        this.links = links;
    }

    /** @return the pool, made if need be, or null if there are too many that somebody uses */
    PoolState pool(final byte[] handle, final long nowNs) {
        PoolState pool = byHandle.get(new PoolHandle(handle));
        if (pool == null && all.size() >= user.config.bounds().pools()) {
            forgetUnused(nowNs);
        }
        if (pool == null && all.size() < user.config.bounds().pools()) {
            pool = new PoolState(user, handle.clone());
            byHandle.put(new PoolHandle(handle), pool);
            all.add(pool);
        }
        return pool;
    }

    /** The pool longest known of those that nobody uses makes room. */
    private void forgetUnused(final long nowNs) {
        for (int i = 0; i < all.size(); i++) {
            final PoolState pool = all.get(i);
            if (!pool.inUse()) {
                all.remove(i);
                byHandle.remove(new PoolHandle(pool.rawHandle()));
                pool.resolution.unsubscribe(nowNs);
                while (!pool.members.isEmpty()) {
                    links.removeMember(pool.members.get(pool.members.size() - 1), nowNs);
                }
                return;
            }
        }
    }

    /** Our own element is in this pool and wants to know its other members. */
    void watch(final byte[] handle, final long nowNs) {
        final PoolState pool = pool(handle, nowNs);
        if (pool != null) {
            pool.watched = true;
            pool.wanted(nowNs);
        }
    }

    /** The members of a pool that {@link #watch} was called for, without one. */
    List<PoolElementParameter> othersThan(final byte[] handle, final int id) {
        final List<PoolElementParameter> others = new ArrayList<>();
        final PoolState pool = byHandle.get(new PoolHandle(handle));
        for (int i = 0; pool != null && i < pool.members.size(); i++) {
            final PoolMember m = pool.members.get(i);
            if (m.listed && m.id != id) {
                others.add(m.parameter);
            }
        }
        return others;
    }

    /** Wants one answer about a pool, without a session. */
    boolean resolve(final byte[] handle, final ResolutionListener listener, final long nowNs) {
        final PoolState pool = pool(handle, nowNs);
        return pool != null && pool.resolveFor(listener, nowNs);
    }

    /** The registrar's answer: who is in the pool now. */
    public void onResolved(final byte[] handle, final PolicyParameter policy,
        final List<PoolElementParameter> elements, final boolean subscribed, final long nowNs) {
        final PoolState pool = byHandle.get(new PoolHandle(handle));
        if (pool == null) {
            user.counters.increment(AsapCounter.UNEXPECTED);
            return;
        }
        pool.choice.policy(policy.type());
        for (int i = 0; i < pool.members.size(); i++) {
            pool.members.get(i).listed = false;
        }
        enlist(pool, elements, nowNs);
        dropUnlisted(pool, nowNs);
        pool.onResolved(subscribed, nowNs);
        pool.connectMembers(nowNs);
        WaitingSessions.drain(pool, null, nowNs);
        pool.pending.answer(policy, elements, nowNs);
    }

    /** Those that a session can use; a pool without any is an event. */
    private void enlist(final PoolState pool, final List<PoolElementParameter> elements, final long nowNs) {
        int usable = 0;
        for (int i = 0; i < elements.size() && usable < user.config.bounds().elementsPerPool(); i++) {
            final ResolvedElement e = ResolvedElement.of(elements.get(i), user.config.encapsulationPort());
            if (e == null) {
                user.counters.increment(AsapCounter.UNUSABLE);
            } else {
                usable++;
                enlist(pool, e, nowNs);
            }
        }
        pool.otherTransport(usable == 0 ? elements.get(0).transportType() : 0, nowNs);
    }

    /** The registrar's answer: no such pool, or it would not say. */
    public void onUnresolved(final byte[] handle, final boolean unknownHandle, final long nowNs) {
        final PoolState pool = byHandle.get(new PoolHandle(handle));
        if (pool == null) {
            user.counters.increment(AsapCounter.UNEXPECTED);
            return;
        }
        pool.onUnresolved(unknownHandle, nowNs);
        pool.pending.fail(unknownHandle ? SessionFailure.UNKNOWN_POOL : SessionFailure.NO_ELEMENT, nowNs);
    }

    public void onRegistrarUp(final long nowNs) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).resolution.onRegistrarUp(nowNs);
        }
    }

    /** Another registrar is the home now, and the one before may be there still. */
    void onHomeMoved(final long nowNs) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).resolution.onHomeMoved(nowNs);
        }
    }

    /** The home is late and a second registrar is there. */
    public void onStandbyUp(final long nowNs) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).resolution.onStandbyUp(nowNs);
        }
    }

    public void onRegistrarDown() {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).resolution.onRegistrarDown();
        }
    }

    private void enlist(final PoolState pool, final ResolvedElement e, final long nowNs) {
        PoolMember m = MemberChoice.find(pool.members, e.id());
        if (m != null && !m.link.address.equals(e.address())) {
            // the same identifier elsewhere: as good as another element; the old one's sessions stay where they are
            links.removeMember(m, nowNs);
            m = null;
        }
        if (m == null) {
            m = new PoolMember(pool, e.id(), links.to(e.address(), nowNs));
            m.link.members.add(m);
            if (m.link.isIdle()) {
                m.link.forgive(nowNs);
            }
            pool.members.add(m);
        }
        m.listed = true;
        m.parameter = e.parameter();
        m.control = e.control();
        m.weight = e.weight();
        if (m.load != e.load() || m.degradation != e.degradation()) {
            m.chosen = 0;
        }
        m.load = e.load();
        m.degradation = e.degradation();
    }

    /** Elements that the registrar no longer lists stay while they have an association with sessions on it. */
    private void dropUnlisted(final PoolState pool, final long nowNs) {
        for (int i = pool.members.size() - 1; i >= 0; i--) {
            final PoolMember m = pool.members.get(i);
            if (!m.listed && m.link.sessions.isEmpty()) {
                links.removeMember(m, nowNs);
            }
        }
    }

    /** No registrar vouches for these and we have no association with them. */
    void forgetDisconnected(final PoolState pool, final long nowNs) {
        for (int i = pool.members.size() - 1; i >= 0; i--) {
            final PoolMember m = pool.members.get(i);
            if (!m.link.isUp()) {
                m.listed = false;
                if (m.link.sessions.isEmpty()) {
                    links.removeMember(m, nowNs);
                }
            }
        }
    }

    @Override
    public long nextDeadlineNs() {
        long next = NO_DEADLINE;
        for (int i = 0; i < all.size(); i++) {
            next = Math.min(next, all.get(i).nextDeadlineNs());
        }
        return next;
    }

    @Override
    public void onDeadline(final long nowNs) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).onDeadline(nowNs);
        }
    }
}
