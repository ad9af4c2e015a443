// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** CPU time of this process and another one together. */
final class CpuClock {
    /** Something to do that takes its time. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    private final ProcessHandle other;
    private final com.sun.management.OperatingSystemMXBean own =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    CpuClock(final long pid) {
        other = ProcessHandle.of(pid).orElseThrow();
    }

    private double seconds() {
        return own.getProcessCpuTime() / 1e9
            + other.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }

    /** CPU seconds used meanwhile. */
    double during(final Action action) throws Exception {
        final double before = seconds();
        action.run();
        return seconds() - before;
    }
}
