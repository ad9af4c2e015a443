// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.runtime;

import io.netty.channel.IoEventLoop;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/** A thread with an event loop, in one of the layouts that have a thread. */
final class LoopThread {
    private final IoEventLoop loop;

    private LoopThread(final IoEventLoop loop) {
        this.loop = loop;
    }

    static LoopThread start(final ThreadLayout layout, final String name) {
        switch (layout) {
            case EVENT_LOOP:
                return new LoopThread(new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(name, true),
                    NioIoHandler.newFactory()).next());
            case DEDICATED:
                return new LoopThread(dedicated(name));
            default:
                throw new IllegalArgumentException("the " + layout + " layout has no thread: drive a Shard yourself");
        }
    }

    private static IoEventLoop dedicated(final String name) {
        final ManualIoEventLoop[] made = new ManualIoEventLoop[1];
        final Thread thread = new Thread(() -> spin(made[0]), name);
        thread.setDaemon(true);
        made[0] = new ManualIoEventLoop(thread, NioIoHandler.newFactory());
        thread.start();
        return made[0];
    }

    private static void spin(final ManualIoEventLoop loop) {
        while (!loop.isTerminated()) {
            // not runNow: once somebody has woken this loop it would wake its own selector for ever after, two system
            // calls a turn; a wait of a nanosecond does not wait and takes the mark away
            if (loop.run(1) == 0) {
                Thread.onSpinWait();
            }
        }
    }

    IoEventLoop loop() {
        return loop;
    }

    void stop() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        if (loop.parent() != null) {
            loop.parent().shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }
}
