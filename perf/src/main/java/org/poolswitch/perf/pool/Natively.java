// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.pool;

import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.poolswitch.launch.PolicyName;
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
    private static final int FIRST_PORT = 20_000;
    /** As many as RSPLIB's registrar names. */
    private static final int ITEMS = 3;
    private static final int OPEN_LOOP = 5_000;
    private static final long LONGEST_NS = 60_000_000_000L;
    /** What part g permits each user. */
    private static final int PERMITTED = 2_000;
    private static final int ROUNDS = 3;
    // what is promised
    private static final int MILLION = 1_000_000;
    private static final double REGISTERED_IN = 60;
    private static final double MOST_OCTETS = 300;
    private static final double MOST_DELAY = 2;

    private final BenchReport report;
    private final Path out;
    private final double seconds;

    Natively(final BenchReport report, final Path out, final double seconds) {
        this.report = report;
        this.out = out;
        this.seconds = seconds;
    }

    /**
     * Registrations and resolutions from a hundred elements up to {@code most}, and what size costs by policy.
     *
     * @param policies the first goes through all sizes, the others are measured at both ends
     */
    void sizes(final int most, final List<PolicyName> policies) throws Exception {
        for (final PolicyName policy : policies) {
            try (RegistrarProcess registrar = RegistrarProcess.start("1500m", REGISTRAR, "--limit", "none",
                    "--sctp", Load.PATIENT, "--max-elements", Integer.toString(2 * most),
                    "--enrp", "Elements.Per.Association=" + 2 * most,
                    "--keep-alive-interval", "2000000", "--keep-alive-timeout", "1000000");
                Load load = Load.connect(false, CLIENT, REGISTRAR, USERS, "bench", policy.type(), ITEMS, FIRST_PORT);
                Load beside = Load.connect(false, ABUSER, REGISTRAR, USERS, "beside", policy.type(), ITEMS,
                    FIRST_PORT)) {
                load.register(1, 1, 1);
                load.saturate(null, WINDOW, 2 * seconds);
                final boolean first = policy == policies.get(0);
                final int registered = first ? grow(load, policy, most) : fill(load, most);
                new CostOfSize(report, registrar.cpu(), policy.name(), seconds).compare(beside, load, registered);
                registrar.mustLive();
            }
        }
    }

    private static int fill(final Load load, final int most) throws Exception {
        load.register(2, most, WINDOW);
        return most;
    }

    /** Ten times as many elements in each step. @return how many there are */
    private int grow(final Load load, final PolicyName policy, final int most) throws Exception {
        report.table("(b) natively over user-space SCTP; one pool, " + policy + ", " + ITEMS
            + " elements in an answer", List.of("per second", "p50 us", "p99 us", "p99.9 us"));
        final Svg plot = new Svg("handle resolution, " + OPEN_LOOP + "/s open loop");
        int registered = 1;
        double registering = 0;
        for (int n = 100; n <= most; n *= 10) {
            final double rate = load.register(registered + 1, n, WINDOW);
            registering += (n - registered) / rate;
            registered = n;
            final String elements = BenchReport.number(n, 0) + " elements";
            report.row(elements + ", registrations", List.of(BenchReport.number(rate, 0), "", "", ""));
            final Histogram full = new Histogram(LONGEST_NS, 3);
            PoolLoadCommand.row(report, elements + ", saturated", load.saturate(full, WINDOW, seconds), full);
            final Histogram open = new Histogram(LONGEST_NS, 3);
            load.resolve(open, OPEN_LOOP, seconds);
            PoolLoadCommand.row(report, elements + ", open loop", OPEN_LOOP, open);
            plot.curve(elements, open);
        }
        report.note("All " + BenchReport.number(registered, 0) + " elements were registered in "
            + BenchReport.number(registering, 1) + " s.");
        if (registered >= MILLION) {
            report.atMost("a million registrations", registering, REGISTERED_IN, " s");
        }
        plot.write(out.resolve("pool-sizes.svg"));
        return registered;
    }

    /** Heap for one element, by policy. */
    void heap(final int elements) throws Exception {
        report.table("(c) heap of one element among " + BenchReport.number(elements, 0), List.of("octets"));
        final String[] names = {"RR", "WRR", "RAND", "WRAND", "LUD"};
        final int[] policies = {PolicyType.ROUND_ROBIN, PolicyType.WEIGHTED_ROUND_ROBIN, PolicyType.RANDOM,
            PolicyType.WEIGHTED_RANDOM, PolicyType.LEAST_USED_DEGRADATION};
        for (int i = 0; i < names.length; i++) {
            final double octets = HeapCost.perElement(elements, policies[i]);
            report.row(names[i], List.of(BenchReport.number(octets, 0)));
            report.atMost("heap of one element, " + names[i], octets, MOST_OCTETS, " octets");
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
            Load abuser = Load.connect(false, ABUSER, REGISTRAR, 1, "bench", PolicyType.ROUND_ROBIN, 1, 30_000)) {
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
            report.atMost("others' p99 beside an abuser, compared with that without",
                (double) beside.getValueAtPercentile(99) / quiet.getValueAtPercentile(99), MOST_DELAY, " times");
        }
    }
}
