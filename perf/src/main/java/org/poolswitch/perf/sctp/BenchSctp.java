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
    description = "Latency, throughput, allocation, cost per association and detection times of user-space SCTP, next "
        + "to plain UDP and usrsctp in the same run. Tables on standard output and in DIR/sctp.md, plots as SVG "
        + "beside it.")
public final class BenchSctp implements Callable<Integer> {
    private static final List<String> PARTS = List.of("a", "b", "c", "d", "e");

    @Option(names = "--only", paramLabel = "PART", split = ",", defaultValue = "a,b,c,d,e",
        description = "Parts: a echo latency, b throughput, c allocation, d many associations, e detection (default: "
            + "${DEFAULT-VALUE}).")
    private List<String> parts;

    @Option(names = "--quick", description = "One round of everything, for a look; numbers to quote take longer.")
    private boolean quick;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5",
        description = "Rounds of a second in part a, of a transfer in part b, four times as many deaths in part e "
            + "(default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--settings", paramLabel = "NAME=VALUE", defaultValue = "",
        description = "SCTP settings of both ends in part b, for example Path.MTU=8000 (docs/sctp.md).")
    private String settings;

    @Option(names = "--stress-seconds", paramLabel = "N", defaultValue = "30",
        description = "How long false alarms are counted with all cores busy; 3600 for the hour (default: "
            + "${DEFAULT-VALUE}).")
    private int stressSeconds;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "target/bench",
        description = "Where the report and the plots go (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Override
    public Integer call() throws Exception {
        if (rounds < 1 || stressSeconds < 1) {
            throw new ConfigException("--rounds and --stress-seconds are 1 or more");
        }
        for (final String part : parts) {
            if (!PARTS.contains(part)) {
                throw new ConfigException("--only knows the parts " + String.join(", ", PARTS) + ", not '" + part
                    + "'");
            }
        }
        try {
            SinkCommand.config("carrier", settings);
        } catch (final IllegalArgumentException e) {
            throw new ConfigException("--settings: " + e.getMessage());
        }
        run(quick ? 1 : rounds, quick ? 2 : stressSeconds);
        return 0;
    }

    private void run(final int times, final int stress) throws Exception {
        final BenchReport report = new BenchReport(out.resolve("sctp.md"));
        for (final String part : parts) {
            switch (part) {
                case "a" -> new EchoLatency(report, out, times).run();
                case "b" -> new Throughput(report, UsrsctpPeer.build(out, report), settings, times).run();
                case "c" -> new Allocation(report, times).run();
                case "d" -> new ManyAssociations(report, times).run();
                default -> new Detection(report, quick ? 2 : 4 * times, stress).run();
            }
        }
        report.write();
        System.out.println();
        System.out.println("Report: " + out.resolve("sctp.md"));
    }
}
