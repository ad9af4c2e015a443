// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.pool;

import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.poolswitch.perf.sctp.BenchReport;
import org.poolswitch.perf.sctp.Svg;
import org.poolswitch.rserpool.PolicyType;

/** Parts b, c and g: our registrar as a process, loaded over user-space SCTP on loopback. */
final class Natively {
    private static final String REGISTRAR = "127.0.41.1";
    private static final String CLIENT = "127.0.41.2";
    private static final String ABUSER = "127.0.41.3";
    private static final int USERS = 4;
    private static final int WINDOW = 32;
    private static final int OPEN_LOOP = 5_000;
    private static final long LONGEST_NS = 60_000_000_000L;
    /** What part g permits each user. */
    private static final int PERMITTED = 2_000;
    private static final int ROUNDS = 3;

    private final BenchReport report;
    private final Path out;
    private final double seconds;

    Natively(final BenchReport report, final Path out, final double seconds) {
        this.report = report;
        this.out = out;
        this.seconds = seconds;
    }

    /** Registrations and resolutions from a hundred elements up to {@code most}. */
    void sizes(final int most) throws Exception {
        report.table("(b, c) natively over user-space SCTP; one pool, RR",
            List.of("per second", "p50 us", "p99 us", "p99.9 us"));
        final Svg plot = new Svg("handle resolution, " + OPEN_LOOP + "/s open loop");
        try (RegistrarProcess registrar = RegistrarProcess.start("1500m", REGISTRAR, "--limit", "none",
                "--sctp", Load.PATIENT,
                "--keep-alive-interval", "2000000", "--keep-alive-timeout", "1000000");
            Load load = Load.connect(false, CLIENT, REGISTRAR, USERS)) {
            load.register(1, 1, 1);
            load.saturate(null, WINDOW, 2 * seconds);
            int registered = 1;
            double first = 0;
            double last = 0;
            long registering = 0;
            for (int n = 100; n <= most; n *= 10) {
                final long from = System.nanoTime();
                final double rate = load.register(registered + 1, n, WINDOW);
                registering += System.nanoTime() - from;
                report.row(BenchReport.number(n, 0) + " elements, registrations", List.of(
                    BenchReport.number(rate, 0), "", "", ""));
                registered = n;
                final Histogram full = new Histogram(LONGEST_NS, 3);
                last = load.saturate(full, WINDOW, seconds);
                first = first == 0 ? last : first;
                PoolLoadCommand.row(report, BenchReport.number(n, 0) + " elements, saturated", last, full);
                final Histogram open = new Histogram(LONGEST_NS, 3);
                load.resolve(open, OPEN_LOOP, seconds);
                PoolLoadCommand.row(report, BenchReport.number(n, 0) + " elements, open loop", OPEN_LOOP, open);
                plot.curve(BenchReport.number(n, 0) + " elements", open);
            }
            registrar.mustLive();
            report.note("All " + registered + " elements were registered in "
                + BenchReport.number(registering / 1e9, 1) + " s; cost of a resolution with " + registered
                + " elements is " + BenchReport.number(first / last, 2) + " times that with 100.");
        }
        plot.write(out.resolve("pool-sizes.svg"));
    }

    /** Heap for one element, by policy. */
    void heap(final int elements) throws Exception {
        report.table("(c) heap of one element among " + BenchReport.number(elements, 0), List.of("octets"));
        final String[] names = {"RR", "WRR", "RAND", "WRAND", "LUD"};
        final int[] policies = {PolicyType.ROUND_ROBIN, PolicyType.WEIGHTED_ROUND_ROBIN, PolicyType.RANDOM,
            PolicyType.WEIGHTED_RANDOM, PolicyType.LEAST_USED_DEGRADATION};
        for (int i = 0; i < names.length; i++) {
            report.row(names[i], List.of(BenchReport.number(HeapCost.perElement(elements, policies[i]), 0)));
        }
    }

    /** Others' latency without and with one user that asks ten times as much as it may. */
    void abuse() throws Exception {
        report.table("(g) four users at " + PERMITTED / 4 + "/s each, permitted " + PERMITTED + "/s",
            List.of("per second", "p50 us", "p99 us", "p99.9 us"));
        try (RegistrarProcess registrar = RegistrarProcess.start("256m", REGISTRAR, "--sctp", Load.PATIENT, "--limit",
                "resolutions=" + PERMITTED + "/" + PERMITTED, "--keep-alive-interval", "2000000",
                "--keep-alive-timeout", "1000000");
            Load others = Load.connect(false, CLIENT, REGISTRAR, USERS);
            Load abuser = Load.connect(false, ABUSER, REGISTRAR, 1, "bench", 1, 30_000)) {
            others.register(1, 100, 1);
            final Histogram quiet = new Histogram(LONGEST_NS, 3);
            final Histogram beside = new Histogram(LONGEST_NS, 3);
            // in turn, so that both see the same neighbours on this host; the first time warms all of them up
            for (int round = 0; round <= ROUNDS; round++) {
                others.resolve(round == 0 ? null : quiet, PERMITTED, seconds);
                abuser.flood(10 * PERMITTED, seconds);
                others.resolve(round == 0 ? null : beside, PERMITTED, seconds);
            }
            PoolLoadCommand.row(report, "others, alone", PERMITTED, quiet);
            PoolLoadCommand.row(report, "others, beside one that asks " + 10 * PERMITTED + "/s", PERMITTED, beside);
            registrar.mustLive();
            report.note("p99 beside the abuser is " + BenchReport.number((double) beside.getValueAtPercentile(99)
                / quiet.getValueAtPercentile(99), 2) + " times that without.");
        }
    }
}
