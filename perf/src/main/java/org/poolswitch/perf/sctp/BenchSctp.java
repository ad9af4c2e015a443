// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.poolswitch.launch.ConfigException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code poolswitch bench sctp}: everything that is said about user-space SCTP's speed, measured. */
@Command(name = "sctp", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Latency, throughput, allocation, cost per association, detection times of user-space SCTP, next "
        + "to plain UDP and usrsctp in the same run. Tables on standard output and in DIR/sctp.md, plots as SVG "
        + "beside it; docs/bench-sctp.md says how to read them.%n%nExit status: 0 after a complete run, 1 if a part "
        + "could not be run (or, with --require, a limit was missed), 2 for a wrong option.")
public final class BenchSctp implements Callable<Integer> {
    private static final String ALL = "echo,throughput,allocation,associations,detection,packets,soak";
    private static final List<String> PARTS = List.of(ALL.split(","));
    private static final double SECONDS_PER_HOUR = 3600;
    private static final double SHORT_SOAK_HOURS = 30 / SECONDS_PER_HOUR;

    @Option(names = "--parts", paramLabel = "PART", split = ",", defaultValue = ALL,
        description = "What is measured: echo latency, one-way throughput, allocation per message, cost as "
            + "associations grow, detection of dead peers and paths, latency while random packets arrive, false alarms "
            + "with all cores busy (default: all).")
    private List<String> parts;

    @Option(names = "--quick", description = "One short round of everything, for a look; numbers to quote take longer.")
    private boolean quick;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5",
        description = "Rounds of echoes and transfers; four times as many deaths, twenty times as many cuts (default: "
            + "${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "2",
        description = "Duration of a round (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--soak", description = "Only the false alarms, for --hours.")
    private boolean soak;

    @Option(names = "--hours", paramLabel = "H",
        description = "How long false alarms are counted, for example 1 or 0.1 (default: 30 seconds; with --soak 1).")
    private Double hours;

    @Option(names = "--busy", paramLabel = "THREADS",
        description = "Threads that keep cores busy while false alarms are counted (default: one per core).")
    private Integer busy;

    @Option(names = "--packets", paramLabel = "N", defaultValue = "1000000",
        description = "Random packets (default: ${DEFAULT-VALUE}).")
    private int packets;

    @Option(names = "--settings", paramLabel = "NAME=VALUE,...", defaultValue = "",
        description = "SCTP settings of both ends in the throughput part, for example Path.MTU=8000 (docs/sctp.md).")
    private String settings;

    @Option(names = "--require", description = "Exit status 1 if one of the limits in the last table was missed.")
    private boolean require;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "target/bench",
        description = "Where the report and the plots go (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Override
    public Integer call() throws Exception {
        check();
        final BenchReport report = new BenchReport("bench sctp", out.resolve("sctp.md"));
        report.machine();
        boolean complete = true;
        for (final String part : soak ? List.of("soak") : parts) {
            try {
                run(part, plan(), report);
            } catch (final Exception e) {
                complete = false;
                report.note("the part '" + part + "' could not be measured: " + e);
            }
        }
        final boolean held = report.limits();
        report.write();
        System.out.println();
        System.out.println("Report: " + out.resolve("sctp.md"));
        return complete && (held || !require) ? 0 : 1;
    }

    private void check() throws ConfigException {
        if (rounds < 1 || seconds < 1 || packets < 1) {
            throw new ConfigException("--rounds, --seconds and --packets are 1 or more");
        }
        if (hours != null && !(hours > 0 && hours <= 1000) || busy != null && (busy < 0 || busy > 1024)) {
            throw new ConfigException("--hours is more than 0 and at most 1000, --busy is 0 to 1024");
        }
        for (final String part : parts) {
            if (!PARTS.contains(part)) {
                throw new ConfigException("--parts knows " + String.join(", ", PARTS) + ", not '" + part + "'");
            }
        }
        try {
            SinkCommand.config("carrier", settings);
        } catch (final IllegalArgumentException e) {
            throw new ConfigException("--settings: " + e.getMessage());
        }
    }

    private Plan plan() {
        final double soakHours = hours != null ? hours : soak ? 1 : SHORT_SOAK_HOURS;
        final long soakNs = (long) (soakHours * SECONDS_PER_HOUR * Plan.SECOND_NS);
        final int threads = busy == null ? Runtime.getRuntime().availableProcessors() : busy;
        return quick
            ? new Plan(out, 1, 1, 1, 2, 2, hours == null ? 2 * Plan.SECOND_NS : soakNs, threads, 20_000, settings)
            : new Plan(out, rounds, seconds, 4, 4 * rounds, 20 * rounds, soakNs, threads, packets, settings);
    }

    private static void run(final String part, final Plan plan, final BenchReport report) throws Exception {
        switch (part) {
            case "echo" -> new EchoLatency(report, plan).run();
            case "throughput" -> new Throughput(report, plan, UsrsctpPeer.build(plan.out(), report)).run();
            case "allocation" -> new Allocation(report, plan).run();
            case "associations" -> new ManyAssociations(report, plan).run();
            case "detection" -> new Detection(report, plan).run();
            case "packets" -> new RandomPackets(report, plan).run();
            default -> new Soak(report, plan).run();
        }
    }
}
