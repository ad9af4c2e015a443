// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate.mesh;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapNode;
import org.poolswitch.asap.Failover;
import org.poolswitch.asap.PoolSession;
import org.poolswitch.asap.PoolSessionListener;
import org.poolswitch.asap.SessionFailure;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.SctpEndpoint;

/** A process that is a user of many pools: now and then a message in a session with each. */
final class MeshUser extends AsapNode implements PoolSessionListener {
    private static final long MS = 1_000_000L;
    private static final int PPID = 99;
    private static final byte[] MESSAGE = {1, 2, 3, 4};

    private final List<PoolHandle> pools;
    private final List<PoolSession> sessions = new ArrayList<>();
    private final RandomGenerator random;
    private boolean all;
    private final Pace pace = new Pace();
    private final Set<PoolHandle> answered = new HashSet<>();

    MeshUser(final AsapConfig config, final SctpEndpoint endpoint, final RandomGenerator random,
        final List<PoolHandle> pools) {
        super(config, endpoint, random);
        this.pools = pools;
        this.random = random;
    }

    /** From now on all pools are asked each time. */
    void askAll() {
        answered.clear();
        all = true;
    }

    /** Pools that have not answered since they were all asked. */
    List<PoolHandle> silent() {
        return pools.stream().filter(pool -> !answered.contains(pool)).toList();
    }

    @Override
    protected Machine machine() {
        return pace;
    }

    @Override
    protected void join(final long nowNs) {
        pools.forEach(pool -> sessions.add(stack().user().open(pool.octets(), this, null, nowNs)));
        pace.nextNs = nowNs + 50 * MS;
    }

    @Override
    public void onMessage(final PoolSession session, final int ppid, final byte[] buffer, final int offset,
        final int length, final long nowNs) {
        answered.add(new PoolHandle(session.poolHandle()));
    }

    @Override
    public void onFailover(final PoolSession session, final Failover failover, final long nowNs) {
    }

    @Override
    public void onFailed(final PoolSession session, final SessionFailure reason, final long nowNs) {
        // a new conversation, as a user would
        final int i = sessions.indexOf(session);
        if (i >= 0) {
            sessions.set(i, null);
        }
    }

    private void say(final int i, final long nowNs) {
        if (sessions.get(i) == null) {
            sessions.set(i, stack().user().open(pools.get(i).octets(), this, null, nowNs));
        }
        final PoolSession session = sessions.get(i);
        if (session != null) {
            session.send(PPID, MESSAGE, 0, MESSAGE.length, 0, nowNs);
        }
    }

    /** The pace of the messages. */
    private final class Pace implements Machine {
        private long nextNs = NO_DEADLINE;

        @Override
        public long nextDeadlineNs() {
            return nextNs;
        }

        @Override
        public void onDeadline(final long nowNs) {
            if (nextNs <= nowNs) {
                nextNs = nowNs + 100 * MS;
                final int one = random.nextInt(pools.size());
                for (int i = all ? 0 : one; i < (all ? pools.size() : one + 1); i++) {
                    say(i, nowNs);
                }
            }
        }
    }
}
