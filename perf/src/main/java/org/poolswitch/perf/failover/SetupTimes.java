// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.failover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * How long callers waited for the ACM, counted from the moment at which the call was meant to start (open loop): a
 * stall anywhere shows here, also one that kept the call from being placed.
 */
final class SetupTimes {
    private static final long MOST_US = 120_000_000;
    private static final int INTENDED = 3;
    private static final int ACM = 5;

    private SetupTimes() {
    }

    /** One line of a table, from the signaling gateway's records. */
    static String line(final Path records) throws IOException {
        final Histogram h = new Histogram(MOST_US, 3);
        final List<String> lines = Files.exists(records) ? Files.readAllLines(records) : List.of();
        for (final String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            final String[] f = line.split(",");
            if (f.length > ACM && !f[ACM].equals("0")) {
                h.recordValue(Math.max(1, Math.min(MOST_US,
                    (Long.parseLong(f[ACM]) - Long.parseLong(f[INTENDED])) / 1_000)));
            }
        }
        return String.format(Locale.ROOT, "%-50s %6s %8s %8s %8s %8s%n%-50s %6d %8.1f %8.1f %8.1f %8.1f%n",
            "set-up, from the intended start to ACM, ms", "calls", "p50", "p90", "p99", "max",
            "all calls", h.getTotalCount(), h.getValueAtPercentile(50) / 1e3, h.getValueAtPercentile(90) / 1e3,
            h.getValueAtPercentile(99) / 1e3, h.getMaxValue() / 1e3);
    }
}
