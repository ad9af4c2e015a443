// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim;

/** What happened in a world: the faults in words, and everything in one number. */
final class SimHistory {
    private final SimClock clock;
    private final StringBuilder faults = new StringBuilder();
    /** FNV-1a's offset and prime, 64 bits. */
    private long hash = 0xcbf29ce484222325L;

    SimHistory(final SimClock clock) {
        this.clock = clock;
    }

    /** A fault happens. */
    void note(final String fault) {
        faults.append("\n  ").append(clock.nowNs() / 1000).append(" us: ").append(fault);
        trace(fault.hashCode());
    }

    /** Something happens. */
    void trace(final long value) {
        hash = (hash ^ value ^ clock.nowNs() * 0x9e3779b97f4a7c15L) * 0x100000001b3L;
    }

    long hash() {
        return hash;
    }

    /** The faults, to be put behind a sentence; empty without any. */
    String text() {
        return faults.length() == 0 ? "" : "\nfaults so far:" + faults;
    }
}
