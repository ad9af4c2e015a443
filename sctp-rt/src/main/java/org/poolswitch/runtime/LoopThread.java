// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.runtime;

import io.netty.channel.IoEventLoop;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A thread with an event loop, in one of the layouts that have a thread. One that does not sleep reads from where the
 * last input came before it asks the selector: most probably the next one comes from there, and the selector's answer
 * costs as much as reading. One that sleeps must ask anyway, and a read in vain would cost it a third of its time: it
 * does the same only while input comes so fast that it would hardly fall asleep, see {@link Polling}.
 */
final class LoopThread {
    /** Direct reads, in vain or not, before all the others have a turn. */
    private static final int LOOK_EVERY = 8;
    private static final long AT_ONCE = 1;
    private static final long IDLE_NS = 1_000_000_000L;

    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final ManualIoEventLoop loop;
    private EventLoopShard shard;

    private LoopThread(final ThreadLayout layout, final String name) {
        final Runnable turns = layout == ThreadLayout.DEDICATED ? this::spin : this::sleepBetween;
        final Thread thread = new Thread(() -> run(turns), name);
        thread.setDaemon(true);
        loop = new ManualIoEventLoop(thread, NioIoHandler.newFactory());
        thread.start();
    }

    static LoopThread start(final ThreadLayout layout, final String name) {
        if (layout == ThreadLayout.INVOKED) {
            throw new IllegalArgumentException("the " + layout + " layout has no thread: drive a Shard yourself");
        }
        return new LoopThread(layout, name);
    }

    /** From now on this shard's deadlines and direct reads are looked after; on the loop's thread. */
    void serve(final EventLoopShard served) {
        shard = served;
    }

    private void run(final Runnable turns) {
        try {
            turns.run();
        } finally {
            ended.complete(null);
        }
    }

    private void sleepBetween() {
        int turns = 0;
        while (!loop.isTerminated()) {
            final EventLoopShard served = shard;
            if (served != null && turns < LOOK_EVERY && served.poll()) {
                turns++;
            } else {
                loop.run(served == null ? IDLE_NS
                    : turns == LOOK_EVERY ? AT_ONCE : Math.max(AT_ONCE, served.untilDueNs()));
                turns = 0;
            }
            if (served != null) {
                served.runIfDue();
            }
        }
    }

    private void spin() {
        int turns = 0;
        while (!loop.isTerminated()) {
            final EventLoopShard served = shard;
            if (served != null) {
                served.readDirectly();
                served.runIfDue();
            }
            if (served == null || !served.hasDirect() || ++turns >= LOOK_EVERY) {
                turns = 0;
                // not runNow: once somebody has woken this loop it would wake its own selector for ever after, two
                // system calls a turn; a wait of a nanosecond does not wait and takes the mark away
                loop.run(AT_ONCE);
            }
        }
    }

    IoEventLoop loop() {
        return loop;
    }

    /** @return completes when the loop has let go of everything; while a selector has a socket, its port is in use */
    CompletableFuture<Void> stop() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        return ended;
    }
}
