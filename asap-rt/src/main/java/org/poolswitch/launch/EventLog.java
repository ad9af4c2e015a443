// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.launch;

import java.io.PrintStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.poolswitch.asap.Failover;

/**
 * Notable events of a process, one line each on standard output when {@code --events} is given:
 * {@code event KIND key=value ...}. Times are nanoseconds of the monotonic clock, so that lines of several processes on
 * one host can be compared. They are written by a thread of their own: a reader that is slow must not hold up calls.
 */
public final class EventLog {
    /** Lines that may wait; more are dropped, and how many is told. */
    private static final int MOST_WAITING = 65_536;
    private static final int DRAIN_STEPS = 1_000;
    private static final long PAUSE_MILLIS = 30;
    private final PrintStream out;
    private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong unwritten = new AtomicLong();

    EventLog(final PrintStream out) {
        this.out = out;
        if (out != null) {
            final Thread writer = new Thread(this::write, "events");
            writer.setDaemon(true);
            writer.start();
        }
    }

    private void write() {
        try {
            while (true) {
                out.println(waiting.take());
                unwritten.decrementAndGet();
                for (String line = waiting.poll(); line != null; line = waiting.poll()) {
                    out.println(line);
                    unwritten.decrementAndGet();
                }
                final long lost = dropped.getAndSet(0);
                if (lost > 0) {
                    out.println("event dropped count=" + lost);
                }
                out.flush();
                // events come in bursts when there is much to do: writing about it can wait until it is done
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits, a second at most, until everything is written; for the way out. */
    void drain() throws InterruptedException {
        for (int i = 0; i < DRAIN_STEPS && unwritten.get() > 0 && out != null; i++) {
            Thread.sleep(1);
        }
        if (out != null) {
            out.flush();
        }
    }

    /** A log that goes nowhere. */
    public static EventLog off() {
        return new EventLog(null);
    }

    /** Whether events are printed at all; who asks saves the work of making words for nobody. */
    public boolean isOn() {
        return out != null;
    }

    /**
     * Prints one event.
     *
     * @param keysAndValues alternating; values must have no white space
     */
    public void event(final String kind, final Object... keysAndValues) {
        if (out == null) {
            return;
        }
        final StringBuilder line = new StringBuilder("event ").append(kind);
        for (int i = 0; i + 1 < keysAndValues.length; i += 2) {
            line.append(' ').append(keysAndValues[i]).append('=').append(keysAndValues[i + 1]);
        }
        if (waiting.offer(line.toString())) {
            unwritten.incrementAndGet();
        } else {
            dropped.incrementAndGet();
        }
    }

    /** A session's move to another element, and when that one was first heard. */
    public void failover(final String pool, final int cic, final Failover failover, final long pendingSinceNs,
        final long recoveredNs) {
        event("failover", "pool", pool, "from", Integer.toHexString(failover.fromElement()), "to",
            Integer.toHexString(failover.toElement()), "cause", failover.cause(), "pending", pendingSinceNs,
            "lastheard", failover.lastHeardNs(), "detected", failover.detectedNs(), "recovered", recoveredNs, "cic",
            cic);
    }
}
