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

/** (c) Octets allocated and time per message, by JMH. */
final class Allocation {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final BenchReport report;
    private final int iterations;

    Allocation(final BenchReport report, final int iterations) {
        this.report = report;
        this.iterations = iterations;
    }

    void run() throws Exception {
        report.table("(c) a message of 128 octets, both ends without sockets (JMH, " + ALLOCATED + ")",
            List.of("octets alloc.", "ns/message"));
        for (final RunResult run : new Runner(new OptionsBuilder().include(SctpMessages.class.getName() + ".*")
            .forks(1).warmupIterations(iterations).measurementIterations(iterations).warmupTime(TimeValue.seconds(1))
            .measurementTime(TimeValue.seconds(1)).addProfiler(GCProfiler.class).verbosity(VerboseMode.SILENT)
            .build()).run()) {
            final String name = run.getParams().getBenchmark();
            report.row(name.substring(name.lastIndexOf('.') + 1), List.of(BenchReport.number(allocated(run), 3),
                BenchReport.number(run.getPrimaryResult().getScore(), 0)));
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
