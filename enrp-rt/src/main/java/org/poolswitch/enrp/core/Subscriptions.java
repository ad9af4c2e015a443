// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.poolswitch.observe.Counters;
import org.poolswitch.rserpool.Handlespace;
import org.poolswitch.rserpool.Pool;
import org.poolswitch.rserpool.PoolElementEntry;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.runtime.Machine;

/**
 * Who wants to hear of which pool's changes (S bit, RFC 5352 section 2.2.5). A change is told at once; further ones
 * share an answer after the interval.
 */
final class Subscriptions {
    private final RegistrarConfig config;
    private final Counters counters;
    private final AsapAnswers answers;
    private final Handlespace space;
    private final Map<PoolHandle, SubscribedPool> pools = new HashMap<>();
    /** Pools with something to tell. */
    private final ArrayDeque<SubscribedPool> telling = new ArrayDeque<>();
    /** Pools told a short while ago: all rest equally long, so they are in order of time. */
    private final ArrayDeque<SubscribedPool> resting = new ArrayDeque<>();
    private long changedNs;
    private final PoolElementEntry[] selected;
    private int total;

    Subscriptions(final RegistrarConfig config, final Counters counters, final AsapAnswers answers,
        final Handlespace space) {
        this.config = config;
        this.counters = counters;
        this.answers = answers;
        this.space = space;
        selected = new PoolElementEntry[config.maxHandleResolutionItems()];
    }

    /** @return whether it is accepted */
    boolean subscribe(final AsapPeer peer, final PoolHandle handle) {
        final SubscribedPool known = pools.get(handle);
        for (final Subscription s : peer.subscriptions) {
            if (s.pool() == known) {
                return true;
            }
        }
        if (peer.subscriptions.size() >= config.subscriptions().maxPerUser()
            || total >= config.subscriptions().maxTotal()) {
            counters.increment(RegistrarCounter.SUBSCRIPTIONS_REFUSED);
            return false;
        }
        final SubscribedPool pool = known != null ? known : new SubscribedPool(handle);
        pools.put(handle, pool);
        final Subscription s = new Subscription(pool, peer);
        pool.subscribers.add(s);
        peer.subscriptions.add(s);
        total++;
        counters.increment(RegistrarCounter.SUBSCRIPTIONS);
        return true;
    }

    /** A user wants to hear of one pool no more. */
    void cancel(final AsapPeer peer, final byte[] buffer, final int offset, final int length) {
        for (int i = 0; i < peer.subscriptions.size(); i++) {
            final Subscription s = peer.subscriptions.get(i);
            if (s.pool().handle.is(buffer, offset, length)) {
                peer.subscriptions.remove(i);
                end(s);
                return;
            }
        }
    }

    void onPeerDown(final AsapPeer peer) {
        peer.subscriptions.forEach(this::end);
        peer.subscriptions.clear();
    }

    private void end(final Subscription s) {
        s.pool().subscribers.remove(s);
        total--;
        if (s.pool().subscribers.isEmpty()) {
            pools.remove(s.pool().handle);
        }
    }

    /** A pool's elements, or their values, changed. */
    void onChanged(final PoolHandle handle, final long nowNs) {
        if (total == 0) {
            return;
        }
        final SubscribedPool pool = pools.get(handle);
        if (pool != null && !pool.changed) {
            pool.changed = true;
            if (!pool.resting) {
                // a quiet pool's change goes out with this batch of inputs
                telling.add(pool);
                changedNs = nowNs;
            }
        }
    }

    long nextDeadlineNs() {
        return !telling.isEmpty() ? changedNs : resting.isEmpty() ? Machine.NO_DEADLINE : resting.peek().allowedNs;
    }

    void onDeadline(final long nowNs) {
        while (!resting.isEmpty() && resting.peek().allowedNs <= nowNs) {
            final SubscribedPool pool = resting.poll();
            pool.resting = false;
            if (pool.changed) {
                telling.add(pool);
            }
        }
        while (!telling.isEmpty()) {
            tell(telling.poll(), nowNs);
        }
    }

    private void tell(final SubscribedPool pool, final long nowNs) {
        pool.changed = false;
        pool.resting = true;
        pool.allowedNs = nowNs + config.subscriptions().intervalNs();
        resting.add(pool);
        final Pool there = space.pool(pool.handle);
        final int n = there == null ? 0 : there.select(selected, selected.length);
        for (final Subscription s : pool.subscribers) {
            counters.increment(RegistrarCounter.SUBSCRIPTION_UPDATES);
            if (n == 0) {
                answers.unknownPool(s.peer().association, pool.handle, true, nowNs);
            } else {
                answers.resolution(s.peer().association, there, selected, n, true, nowNs);
            }
        }
    }
}
