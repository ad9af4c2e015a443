// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.pool;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.poolswitch.perf.sctp.BenchReport;

/**
 * What a resolution costs in a large pool beside a small one: both in one registrar, loaded in turn, so that both find
 * it equally warm and have the same neighbours on this host.
 */
final class CostOfSize {
    private static final int SMALL = 100;
    private static final int ROUNDS = 3;
    private static final int WINDOW = 32;
    private static final long LONGEST_NS = 60_000_000_000L;
    private static final double MOST = 2;

    private final BenchReport report;
    private final ProcessCpu cpu;
    private final String policy;
    private final double seconds;

    /** One pool under load, summed up over the rounds. */
    private static final class Side {
        private final Load load;
        private final Histogram latencies = new Histogram(LONGEST_NS, 3);
        private double perSecond;
        private double cpuSeconds;

        Side(final Load load) {
            this.load = load;
        }

        double cpuMicros() {
            return 1e6 * cpuSeconds / latencies.getTotalCount();
        }
    }

    CostOfSize(final BenchReport report, final ProcessCpu cpu, final String policy, final double seconds) {
        this.report = report;
        this.cpu = cpu;
        this.policy = policy;
        this.seconds = seconds;
    }

    /**
     * Compares.
     *
     * @param small an empty pool
     * @param large one with {@code n} elements
     */
    void compare(final Load small, final Load large, final int n) throws Exception {
        small.register(n + 1, n + SMALL, WINDOW);
        final Side few = new Side(small);
        final Side many = new Side(large);
        small.saturate(null, WINDOW, seconds);
        for (int round = 0; round < ROUNDS; round++) {
            load(few);
            load(many);
        }
        report.table("(b) " + policy + ": two pools in one registrar, saturated in turn",
            List.of("per second", "p50 us", "p99 us", "p99.9 us", "its CPU us"));
        row(SMALL, few);
        row(n, many);
        final double times = many.cpuMicros() / few.cpuMicros();
        report.note("A resolution among " + BenchReport.number(n, 0) + " elements costs the registrar "
            + BenchReport.number(times, 2) + " times what it costs among " + SMALL + ".");
        report.atMost(policy + ", a resolution among " + BenchReport.number(n, 0) + " elements, compared with " + SMALL,
            times, MOST, " times");
    }

    private void load(final Side side) throws Exception {
        final double before = cpu.seconds();
        side.perSecond += side.load.saturate(side.latencies, WINDOW, seconds) / ROUNDS;
        side.cpuSeconds += cpu.seconds() - before;
    }

    private void row(final int elements, final Side side) {
        report.row(BenchReport.number(elements, 0) + " elements", List.of(BenchReport.number(side.perSecond, 0),
            PoolLoadCommand.micros(side.latencies, 50), PoolLoadCommand.micros(side.latencies, 99),
            PoolLoadCommand.micros(side.latencies, 99.9), BenchReport.number(side.cpuMicros(), 2)));
    }
}
