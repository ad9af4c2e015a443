// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.launch;

import java.io.PrintStream;
import org.poolswitch.asap.Failover;

/**
 * Notable events of a process, one line each on standard output when {@code --events} is given:
 * {@code event KIND key=value ...}. Times are nanoseconds of the monotonic clock, so that lines of several processes on
 * one host can be compared. Rare by nature, hence text.
 */
public final class EventLog {
    private final PrintStream out;

    EventLog(final PrintStream out) {
        this.out = out;
    }

    /** A log that goes nowhere. */
    public static EventLog off() {
        return new EventLog(null);
    }

    /** True if somebody listens; ask before building costly values. */
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
        synchronized (this) {
            out.println(line);
            out.flush();
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
