// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.pool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.poolswitch.perf.sctp.BenchReport;
import org.poolswitch.perf.sctp.Svg;
import org.poolswitch.rserpool.PolicyType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * One load client for several registrars, in turn, so that each sees the same warm client: the part of
 * {@code bench pool} that runs inside the guest.
 */
@Command(name = "pool-load", hidden = true, description = "Loads registrars with resolutions and compares them.")
public final class PoolLoadCommand implements Callable<Integer> {
    private static final int USERS = 4;
    private static final int WINDOW = 16;
    private static final long LONGEST_NS = 60_000_000_000L;

    @Option(names = "--address", required = true, description = "The client's own address.")
    private String address;

    @Option(names = "--registrar", required = true, split = ",", paramLabel = "NAME=IP=PID=TRANSPORT")
    private List<String> registrars;

    @Option(names = "--elements", split = ",", defaultValue = "10,100,1000")
    private List<Integer> elements;

    @Option(names = "--rates", split = ",", defaultValue = "200,1000")
    private List<Integer> rates;

    @Option(names = "--seconds", defaultValue = "3")
    private double seconds;

    @Option(names = "--warm-up", defaultValue = "8")
    private double warmUp;

    @Option(names = "--out", defaultValue = "target/bench")
    private Path out;

    /** A registrar under load. */
    private record Subject(String name, Load load, ProcessCpu cpu) {
    }

    @Override
    public Integer call() throws Exception {
        final BenchReport report = new BenchReport("bench pool, in the guest", out.resolve("pool-guest.md"));
        final List<Subject> subjects = new ArrayList<>();
        int port = 20_000;
        for (final String registrar : registrars) {
            final String[] parts = registrar.split("=");
            subjects.add(new Subject(parts[0], Load.connect(parts[3].equals("kernel"), address, parts[1], USERS,
                "bench", PolicyType.ROUND_ROBIN, 1, port),
                new ProcessCpu(Long.parseLong(parts[2]))));
            port += USERS;
        }
        warmUp(subjects);
        final Svg plot = new Svg("handle resolution in the guest, " + rates.get(0) + "/s");
        int registered = 1;
        for (final int n : elements) {
            measure(report, subjects, registered + 1, n, n == elements.get(elements.size() - 1) ? plot : null);
            registered = n;
        }
        report.note("Same client, kernel, run; " + USERS + " associations, " + WINDOW
            + " questions under way on each when saturated. The guest has one processor, client and registrar share "
            + "it; \"its CPU\" is what the registrar alone used for one answer.");
        plot.write(out.resolve("pool-guest.svg"));
        report.write();
        subjects.forEach(s -> s.load().close());
        return 0;
    }

    private void warmUp(final List<Subject> subjects) throws Exception {
        for (final Subject s : subjects) {
            s.load().register(1, 1, 1);
        }
        for (int round = 0; round < 2; round++) {
            for (final Subject s : subjects) {
                System.out.println("warming up with " + s.name());
                s.load().saturate(null, WINDOW, warmUp / 2);
            }
        }
    }

    private void measure(final BenchReport report, final List<Subject> subjects, final int first, final int n,
        final Svg plot) throws Exception {
        report.table("handle resolution, " + n + " elements", List.of("per second", "p50 us", "p99 us", "p99.9 us",
            "its CPU us"));
        for (final Subject s : subjects) {
            final double cpu = s.cpu().seconds();
            final double perSecond = s.load().register(first, n, 1);
            report.row(s.name() + ", registrations, 4 at a time", List.of(BenchReport.number(perSecond, 0), "", "", "",
                BenchReport.number(1e6 * (s.cpu().seconds() - cpu) / (n - first + 1), 0)));
        }
        for (final Subject s : subjects) {
            final Histogram h = new Histogram(LONGEST_NS, 3);
            final double cpu = s.cpu().seconds();
            final double perSecond = s.load().saturate(h, WINDOW, seconds);
            row(report, s.name() + ", saturated", perSecond, h, (s.cpu().seconds() - cpu) / h.getTotalCount());
        }
        for (final int rate : rates) {
            for (final Subject s : subjects) {
                final Histogram h = new Histogram(LONGEST_NS, 3);
                final double cpu = s.cpu().seconds();
                s.load().resolve(h, rate, seconds);
                row(report, s.name() + ", open loop", rate, h, (s.cpu().seconds() - cpu) / h.getTotalCount());
                if (plot != null && rate == rates.get(0)) {
                    plot.curve(s.name(), h);
                }
            }
        }
    }

    private static void row(final BenchReport report, final String name, final double perSecond, final Histogram h,
        final double cpuSeconds) {
        report.row(name, List.of(BenchReport.number(perSecond, 0), micros(h, 50), micros(h, 99), micros(h, 99.9),
            BenchReport.number(1e6 * cpuSeconds, 0)));
    }

    static void row(final BenchReport report, final String name, final double perSecond, final Histogram h) {
        report.row(name, List.of(BenchReport.number(perSecond, 0), micros(h, 50), micros(h, 99), micros(h, 99.9)));
    }

    static String micros(final Histogram h, final double percentile) {
        return BenchReport.number(h.getValueAtPercentile(percentile) / 1e3, 0);
    }
}
