// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sg.node;

import java.util.concurrent.locks.LockSupport;
import org.poolswitch.sg.core.CallGenerator;
import org.poolswitch.sg.core.CallRequest;
import org.poolswitch.sg.core.SgNode;

/**
 * The thread that stands for the exchanges behind the trunks: it places calls at their intended times, whatever became
 * of the earlier ones, through the node's ring buffer. A full ring means that the caller hears congestion.
 */
final class Trunk {
    /** Below this the thread does not sleep but yields: a sleep is late by about as much. */
    private static final long SHORTEST_SLEEP_NS = 60_000L;

    private final CallGenerator calls;
    private final SgNode node;
    private final Thread thread;
    private volatile long placed;
    private volatile long busy;
    private volatile boolean stopped;

    Trunk(final CallGenerator calls, final SgNode node) {
        this.calls = calls;
        this.node = node;
        thread = new Thread(this::run, "trunk");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!calls.isDone() && !stopped) {
            final CallRequest next = calls.take();
            await(next.intendedNs());
            if (stopped) {
                return;
            }
            if (node.tryPlace(next)) {
                placed = placed + 1;
            } else {
                busy = busy + 1;
            }
        }
    }

    private void await(final long atNs) {
        for (long left = atNs - System.nanoTime(); left > 0 && !stopped; left = atNs - System.nanoTime()) {
            if (left > SHORTEST_SLEEP_NS) {
                LockSupport.parkNanos(left - SHORTEST_SLEEP_NS);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    /** Calls handed to the node so far. */
    long placed() {
        return placed;
    }

    /** Calls that met a full ring. */
    long busy() {
        return busy;
    }

    /** No more calls. */
    void stop() {
        stopped = true;
    }

    /** True if no more calls will come. */
    boolean isDone() {
        return !thread.isAlive();
    }
}
