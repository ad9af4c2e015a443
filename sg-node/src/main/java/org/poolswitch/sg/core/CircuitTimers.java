// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sg.core;

import java.util.PriorityQueue;
import org.poolswitch.runtime.Machine;

/** One timer for each circuit. A time that was replaced stays queued, and is passed over when it comes. */
final class CircuitTimers {
    private record Timer(long atNs, Circuit circuit) {
    }

    private final PriorityQueue<Timer> queue = new PriorityQueue<>((a, b) -> Long.compare(a.atNs(), b.atNs()));

    void start(final Circuit circuit, final long atNs) {
        circuit.deadlineNs = atNs;
        queue.add(new Timer(atNs, circuit));
    }

    void stop(final Circuit circuit) {
        circuit.deadlineNs = Machine.NO_DEADLINE;
    }

    long nextDeadlineNs() {
        return queue.isEmpty() ? Machine.NO_DEADLINE : queue.peek().atNs();
    }

    /** The next circuit whose time has come, its timer stopped; or null. */
    Circuit due(final long nowNs) {
        while (nextDeadlineNs() <= nowNs) {
            final Timer timer = queue.poll();
            if (timer.circuit().deadlineNs == timer.atNs()) {
                stop(timer.circuit());
                return timer.circuit();
            }
        }
        return null;
    }
}
