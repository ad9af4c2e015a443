// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.poolswitch.observe.PacketTap;
import org.poolswitch.runtime.EventLoopShard;
import org.poolswitch.runtime.NodeMachine;
import org.poolswitch.runtime.ShardConfig;
import org.poolswitch.runtime.ThreadLayout;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.udp.UdpConfig;
import org.poolswitch.sctp.udp.UdpSctpEndpoint;

/** One end of associations: a node with an endpoint and a thread of its own. */
record End<N extends NodeMachine>(EventLoopShard shard, UdpSctpEndpoint endpoint, N node) implements AutoCloseable {
    private static final long PATIENCE_NS = 60_000_000_000L;

    /** Makes a node for an endpoint. */
    @FunctionalInterface
    interface Factory<N> {
        N make(UdpSctpEndpoint endpoint) throws Exception;
    }

    static <N extends NodeMachine> End<N> open(final ThreadLayout layout, final SctpConfig config,
        final SctpAddress local, final boolean listening, final Factory<N> factory) throws Exception {
        final EventLoopShard shard = EventLoopShard.open(layout, ShardConfig.defaults(),
            listening ? "bench-peer" : "bench");
        try {
            final UdpSctpEndpoint endpoint = UdpSctpEndpoint.open(shard, UdpConfig.defaults(), config, local, listening,
                new SecureRandom(), PacketTap.NONE);
            final N node = factory.make(endpoint);
            shard.start(endpoint, node);
            return new End<>(shard, endpoint, node);
        } catch (final Exception e) {
            shard.close();
            throw e;
        }
    }

    /** Runs something on its thread and lets the loop look at what came of it. */
    void run(final Runnable action) throws Exception {
        shard.call(() -> {
            action.run();
            shard.wake();
            return null;
        });
    }

    /** Waits for something that its node will say, asked on its own thread. */
    void await(final String what, final Callable<Boolean> condition) throws Exception {
        final long giveUp = System.nanoTime() + PATIENCE_NS;
        while (!shard.call(condition)) {
            if (shard.termination().isDone()) {
                throw new IllegalStateException("a node stopped, its log says why, before this: " + what);
            }
            if (System.nanoTime() > giveUp) {
                throw new IllegalStateException("this did not happen within "
                    + PATIENCE_NS / 1_000_000_000L + " s: " + what);
            }
            Thread.sleep(1);
        }
    }

    @Override
    public void close() {
        shard.close();
        // a node that was stopped by a broken invariant has said so in its log
        shard.termination().handle((nothing, error) -> null).join();
    }
}
