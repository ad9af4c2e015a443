// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** CPU time of another process, in user and kernel mode, as Linux accounts for it. */
record ProcessCpu(long pid) {
    private static final int USER_TICKS = 11;
    private static final double TICKS_PER_SECOND = 100;

    /** Seconds so far; NaN if unknown. */
    double seconds() {
        try {
            final String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // the name in parentheses may contain anything
            final String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1])) / TICKS_PER_SECOND;
        } catch (final IOException e) {
            return Double.NaN;
        }
    }
}
