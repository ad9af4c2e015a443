// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.poolswitch.perf.micro.SctpMessages;

/** Octets allocated and time per message, by JMH. */
final class Allocation {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /** Pools and queues must have grown, and the compilers be done: until then there is no steady state. */
    private static final int LEAST_WARM_UP = 4;

    private final BenchReport report;
    private final Plan plan;

    Allocation(final BenchReport report, final Plan plan) {
        this.report = report;
        this.plan = plan;
    }

    void run() throws Exception {
        // two of these on one machine only make each other's times longer
        System.setProperty("jmh.ignoreLock", "true");
        report.table("a message of 128 octets, sent and received without sockets (JMH, " + ALLOCATED + ")",
            List.of("octets alloc.", "ns/message"));
        for (final RunResult run : new Runner(new OptionsBuilder().include(SctpMessages.class.getName() + ".*")
            .forks(1).warmupIterations(LEAST_WARM_UP + plan.warmUps()).measurementIterations(plan.rounds())
            .warmupTime(TimeValue.seconds(1)).measurementTime(TimeValue.seconds(plan.seconds()))
            .addProfiler(GCProfiler.class).verbosity(VerboseMode.SILENT).build()).run()) {
            final String name = run.getParams().getBenchmark();
            final String last = name.substring(name.lastIndexOf('.') + 1);
            report.row(last, List.of(BenchReport.number(allocated(run), 3),
                BenchReport.number(run.getPrimaryResult().getScore(), 0)));
            report.atMost("octets allocated per message sent and received, " + last, allocated(run), 1, "");
        }
    }

    private static double allocated(final RunResult run) {
        for (final Result<?> result : run.getSecondaryResults().values()) {
            if (result.getLabel().endsWith(ALLOCATED)) {
                return result.getScore();
            }
        }
        throw new IllegalStateException("JMH did not say what was allocated");
    }
}
