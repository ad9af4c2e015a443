// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.contract;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.poolswitch.runtime.EventLoopShard;
import org.poolswitch.runtime.ShardConfig;
import org.poolswitch.runtime.ThreadLayout;
import org.poolswitch.sctp.SctpEndpoint;

/** Peers on real event loops, one thread each. */
abstract class LoopRig implements Rig {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(20);

    /** Opens a transport's endpoint. */
    @FunctionalInterface
    interface Opener {
        SctpEndpoint open(EventLoopShard shard) throws Exception;
    }

    private final Semaphore something = new Semaphore(0);
    private final Map<TestPeer, EventLoopShard> shards = new HashMap<>();

    TestPeer start(final String name, final Opener opener) throws Exception {
        final EventLoopShard shard = EventLoopShard.open(ThreadLayout.EVENT_LOOP, ShardConfig.defaults(), name);
        final TestPeer peer;
        try {
            peer = new TestPeer(opener.open(shard), something::release);
        } catch (final Exception e) {
            shard.close();
            throw e;
        }
        shards.put(peer, shard);
        shard.start(peer.endpoint(), peer);
        return peer;
    }

    EventLoopShard shard(final TestPeer peer) {
        return shards.get(peer);
    }

    @Override
    public <T> T on(final TestPeer peer, final Function<SctpEndpoint, T> action) throws Exception {
        final EventLoopShard shard = shards.get(peer);
        return shard.call(() -> {
            shard.beginInput();
            final T result = action.apply(peer.endpoint());
            shard.wake();
            return result;
        });
    }

    @Override
    public boolean await(final BooleanSupplier condition) throws Exception {
        final long giveUp = System.nanoTime() + PATIENCE_NS;
        while (!condition.getAsBoolean()) {
            final long left = giveUp - System.nanoTime();
            if (left <= 0 || !something.tryAcquire(left, TimeUnit.NANOSECONDS)) {
                return condition.getAsBoolean();
            }
            something.drainPermits();
        }
        return true;
    }

    @Override
    public long nowNs() {
        return System.nanoTime();
    }

    @Override
    public void close() throws Exception {
        for (final EventLoopShard shard : shards.values()) {
            shard.close();
        }
        for (final EventLoopShard shard : shards.values()) {
            shard.termination().get(10, TimeUnit.SECONDS);
        }
    }
}
