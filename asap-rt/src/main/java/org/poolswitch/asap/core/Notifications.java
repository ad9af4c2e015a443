// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.util.ArrayDeque;
import org.poolswitch.asap.Failover;
import org.poolswitch.asap.SessionFailure;
import org.poolswitch.runtime.Machine;

/**
 * News for the sessions' listeners. They wait until the input that caused them is worked off, so that a listener never
 * runs inside a command of its own or in the middle of somebody else's failover.
 */
final class Notifications {
    private record News(PoolSessionImpl session, Failover failover, SessionFailure failure) {
    }

    private final ArrayDeque<News> queue = new ArrayDeque<>();
    private long sinceNs;
    private boolean delivering;

    void moved(final PoolSessionImpl session, final Failover failover, final long nowNs) {
        add(new News(session, failover, null), nowNs);
    }

    void failed(final PoolSessionImpl session, final SessionFailure failure, final long nowNs) {
        add(new News(session, null, failure), nowNs);
    }

    private void add(final News news, final long nowNs) {
        if (queue.isEmpty()) {
            sinceNs = nowNs;
        }
        queue.addLast(news);
    }

    long nextDeadlineNs() {
        return queue.isEmpty() ? Machine.NO_DEADLINE : sinceNs;
    }

    void deliver(final long nowNs) {
        if (delivering) {
            return;
        }
        delivering = true;
        try {
            for (News n = queue.pollFirst(); n != null; n = queue.pollFirst()) {
                final PoolSessionImpl s = n.session;
                if (n.failure != null) {
                    if (!s.abandoned()) {
                        s.listener.onFailed(s, n.failure, nowNs);
                    }
                } else if (!s.closed()) {
                    s.listener.onFailover(s, n.failover, nowNs);
                }
            }
        } finally {
            delivering = false;
        }
    }
}
