// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.failover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * How long callers waited for the ACM, counted from the moment at which the call was meant to start (open loop): a
 * stall anywhere shows here, also one that kept the call from being placed.
 */
final class SetupTimes {
    private static final long MOST_US = 120_000_000;
    /** A registrar's death can be felt by calls that begin until another one has its elements. */
    private static final long AFTERMATH_NS = 1_000_000_000L;
    private static final int INTENDED = 3;
    private static final int ACM = 5;

    private final Histogram all = new Histogram(MOST_US, 3);
    private final Histogram afterRegistrar = new Histogram(MOST_US, 3);

    private SetupTimes() {
    }

    /** A table from the signaling gateway's records: all calls, and those that began when a registrar had just died. */
    static String table(final Path records, final List<Death> deaths) throws IOException {
        final SetupTimes times = new SetupTimes();
        final List<String> lines = Files.exists(records) ? Files.readAllLines(records) : List.of();
        for (final String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            final String[] f = line.split(",");
            if (f.length > ACM && !f[ACM].equals("0")) {
                times.take(Long.parseLong(f[INTENDED]), Long.parseLong(f[ACM]), deaths);
            }
        }
        final MillisTable table = new MillisTable("set-up, from the intended start to ACM, ms", "calls", 50, 90, 99,
            100);
        table.row("all calls", times.all);
        if (times.afterRegistrar.getTotalCount() > 0) {
            table.row("begun in the second after a registrar was killed", times.afterRegistrar);
        }
        return table.toString();
    }

    private void take(final long intendedNs, final long acmNs, final List<Death> deaths) {
        final long us = Math.max(1, Math.min(MOST_US, (acmNs - intendedNs) / 1_000));
        all.recordValue(us);
        for (final Death death : deaths) {
            final long after = intendedNs - death.atNs();
            if (death.kind() == Death.Kind.KILL_REGISTRAR && after >= 0 && after < AFTERMATH_NS) {
                afterRegistrar.recordValue(us);
                return;
            }
        }
    }
}
