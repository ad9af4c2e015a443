// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.launch;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM, SIGINT and SIGHUP to a node in whatever phase it is. Before it serves there is nothing to finish and it just
 * goes; from then on it drains. Without this the JVM would report the signal as its exit status.
 */
final class StopSignal {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);
    /** How long the way out may take when nothing is left to wait for. */
    private static final long CLOSE_SECONDS = 2;

    private final IntSupplier drain;
    private final CountDownLatch serving = new CountDownLatch(1);
    private final CountDownLatch gone = new CountDownLatch(1);
    private boolean stopped;
    private boolean started;
    private volatile int status;

    /** @param drain lets a node that serves finish; its value is the exit status so far */
    StopSignal(final IntSupplier drain) {
        this.drain = drain;
    }

    /** From here on signals are heard. */
    void listen() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::onShutdown, "stop"));
    }

    /** The node is about to join its pool. @return false if a signal came before */
    synchronized boolean mayServe() {
        started = true;
        return !stopped;
    }

    /** The node serves: it can be drained. */
    void serving() {
        serving.countDown();
    }

    /** What the node itself says in the end. @return the same */
    int ended(final int ownStatus) {
        status = ownStatus;
        return ownStatus;
    }

    /** The node is closed, or never came to be. */
    void over() {
        gone.countDown();
        serving.countDown();
    }

    private synchronized boolean stop() {
        stopped = true;
        return started;
    }

    private void onShutdown() {
        if (gone.getCount() == 0) {
            return;
        }
        int drained = 0;
        if (stop()) {
            await(serving, Long.MAX_VALUE);
            drained = gone.getCount() == 0 ? 0 : drain.getAsInt();
            await(gone, TimeUnit.SECONDS.toNanos(CLOSE_SECONDS));
        } else {
            LOG.info("stopped before it had begun");
        }
        LogOutput.flush();
        Runtime.getRuntime().halt(Math.max(drained, status));
    }

    private static boolean await(final CountDownLatch latch, final long ns) {
        try {
            return latch.await(ns, TimeUnit.NANOSECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
