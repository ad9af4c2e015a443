// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.pool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.poolswitch.perf.sctp.BenchReport;

/** Part e: from the SIGKILL of an element's process until the last of three registrars says that it is gone. */
final class Deaths {
    private static final String NETWORK = "127.0.42.";
    private static final String POOL = "mortal";
    private static final int REGISTRARS = 3;
    private static final long PATIENCE_NS = 120_000_000_000L;
    private static final long LONGEST_NS = 60_000_000_000L;
    /** Longer than registrars wait between two answers to a subscriber. */
    private static final long REST_MILLIS = 300;

    private final BenchReport report;
    private final int rounds;

    Deaths(final BenchReport report, final int rounds) {
        this.report = report;
        this.rounds = rounds;
    }

    void run() throws Exception {
        final List<AutoCloseable> all = new ArrayList<>();
        try {
            final String peers = NETWORK + "1," + NETWORK + "2," + NETWORK + "3";
            final List<DeathWatch> watches = new ArrayList<>();
            for (int i = 1; i <= REGISTRARS; i++) {
                all.add(RegistrarProcess.start("64m", NETWORK + i, "--peer", peers));
                watches.add(DeathWatch.start(NETWORK + (10 + i), NETWORK + i, POOL));
            }
            all.addAll(watches);
            final Histogram home = new Histogram(LONGEST_NS, 3);
            final Histogram last = new Histogram(LONGEST_NS, 3);
            for (int round = 0; round < rounds; round++) {
                die(watches, home, last);
            }
            report.table("(e) from the SIGKILL of an element until registrars have removed it, ms; " + rounds
                + " deaths, three registrars", List.of("p50", "p90", "max"));
            row("its home registrar", home);
            row("the last of the mesh", last);
        } finally {
            for (final AutoCloseable one : all) {
                one.close();
            }
        }
    }

    private void row(final String name, final Histogram h) {
        report.row(name, List.of(millis(h, 50), millis(h, 90), millis(h, 100)));
    }

    private static String millis(final Histogram h, final double percentile) {
        return BenchReport.number(h.getValueAtPercentile(percentile) / 1e6, 1);
    }

    private static void die(final List<DeathWatch> watches, final Histogram home, final Histogram last)
        throws Exception {
        final Process element = element();
        try {
            await(() -> watches.stream().allMatch(DeathWatch::isOccupied), "the element is known everywhere");
            TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
            final long killedNs = System.nanoTime();
            element.destroyForcibly();
            await(() -> watches.stream().noneMatch(DeathWatch::isOccupied), "the dead element is forgotten");
            home.recordValue(watches.get(0).emptyNs() - killedNs);
            last.recordValue(watches.stream().mapToLong(DeathWatch::emptyNs).max().orElseThrow() - killedNs);
            TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
        } finally {
            element.destroyForcibly().waitFor();
        }
    }

    /** An element of its own, at the first registrar. */
    private static Process element() throws IOException {
        final Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xmx64m",
            "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), "org.poolswitch.perf.Main",
            "register", POOL, "--registrar", NETWORK + "1", "--address", NETWORK + "21")
            .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    private static void await(final BooleanSupplier condition, final String what) throws InterruptedException {
        final long until = System.nanoTime() + PATIENCE_NS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("waited two minutes until " + what);
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }
}
