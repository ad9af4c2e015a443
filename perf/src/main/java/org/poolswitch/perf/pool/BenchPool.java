// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.pool;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.poolswitch.launch.ConfigException;
import org.poolswitch.launch.PolicyName;
import org.poolswitch.perf.failover.ElementDeaths;
import org.poolswitch.perf.rig.Guest;
import org.poolswitch.perf.sctp.BenchReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code poolswitch bench pool}: everything that is said about the registrar's speed, measured. */
@Command(name = "pool", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Resolutions and registrations a second, latency, heap per element, and what an abuser does to "
        + "others; our registrar beside RSPLIB's in one guest, and ours natively. Tables on standard output and in "
        + "DIR/pool.md, plots as SVG beside it.")
public final class BenchPool implements Callable<Integer> {
    private static final double LONGEST_REMOVAL_MS = 200;
    private static final List<String> PARTS = List.of("a", "b", "c", "e", "g");

    @Option(names = "--only", paramLabel = "PART", split = ",", defaultValue = "a,b,c,g",
        description = "Parts: a beside RSPLIB's registrar in the guest, b registrations and resolutions natively from "
            + "100 elements up, c heap of an element, e death of an element in a mesh of three, g abuse (default: "
            + "${DEFAULT-VALUE}). d and f are JMH's: docs/bench-pool.md.")
    private List<String> parts;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "3",
        description = "How long each load lasts (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--elements", paramLabel = "N", defaultValue = "1000000",
        description = "Most elements in parts b and c (default: ${DEFAULT-VALUE}).")
    private int elements;

    @Option(names = "--policy", paramLabel = "POLICY", split = ",", defaultValue = "RR,WRAND,LUD",
        description = "Selection policies in part b: the first goes through all sizes, the others are measured at both "
            + "ends; 30 s more for each (default: ${DEFAULT-VALUE}). Names: ${COMPLETION-CANDIDATES}.")
    private List<PolicyName> policies;

    @Option(names = "--deaths", paramLabel = "N", defaultValue = "20",
        description = "Elements killed in part e (default: ${DEFAULT-VALUE}).")
    private int deaths;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "target/bench",
        description = "Where the report and the plots go (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Override
    public Integer call() throws Exception {
        if (seconds <= 0 || elements < 100 || deaths < 1) {
            throw new ConfigException("--seconds is more than 0, --elements 100 or more, --deaths 1 or more");
        }
        for (final String part : parts) {
            if (!PARTS.contains(part)) {
                throw new ConfigException("--only knows the parts " + String.join(", ", PARTS) + ", not '" + part
                    + "'");
            }
        }
        final BenchReport report = new BenchReport("bench pool", out.resolve("pool.md"));
        final Natively natively = new Natively(report, out, seconds);
        for (final String part : parts) {
            switch (part) {
                case "a" -> besideRsplib();
                case "b" -> natively.sizes(elements, policies);
                case "c" -> natively.heap(elements);
                case "e" -> deaths(report);
                default -> natively.abuse();
            }
        }
        final boolean held = report.limits();
        report.write();
        System.out.println();
        System.out.println("Report: " + out.resolve("pool.md")
            + (parts.contains("a") ? " and " + out.resolve("pool-guest.md") : ""));
        return held ? 0 : 1;
    }

    /** Part e: elements that nobody uses, in a mesh of three. */
    private void deaths(final BenchReport report) throws Exception {
        final Histogram h = ElementDeaths.run(out.resolve("pool-deaths"), deaths);
        report.table("(e) from the SIGKILL of an idle element until the last of three registrars has removed it, ms",
            List.of("deaths", "p50", "p90", "max"));
        report.row("carrier profile", List.of(Long.toString(h.getTotalCount()), millis(h.getValueAtPercentile(50)),
            millis(h.getValueAtPercentile(90)), millis(h.getMaxValue())));
        report.atMost("a killed element is removed by the last of three registrars", h.getMaxValue() / 1e3,
            LONGEST_REMOVAL_MS, " ms");
    }

    private static String millis(final long micros) {
        return BenchReport.number(micros / 1e3, 1);
    }

    /** Part a, by a script inside the guest. */
    private void besideRsplib() throws Exception {
        if (!Guest.isInstalled() || !Guest.isInstalled("rspregistrar")) {
            throw new ConfigException("part a needs " + Guest.PACKAGES + " rsplib-registrar (apt-get install ...)");
        }
        final Guest.Result result = new Guest().withJava().with("OUT", out.toAbsolutePath().toString())
            .with("SECONDS_EACH", Double.toString(seconds)).withMemory("3G").within(Duration.ofMinutes(10))
            .watchedBy(System.out::println).run(Guest.home().resolve("perf/rig/bench-pool-guest"));
        if (result.status() != 0) {
            throw new IllegalStateException("the guest ended with status " + result.status());
        }
    }
}
