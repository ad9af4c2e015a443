// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.poolswitch.perf.micro.CorePair;
import org.poolswitch.runtime.NodeMachine;
import org.poolswitch.runtime.ThreadLayout;
import org.poolswitch.sctp.PathState;
import org.poolswitch.sctp.SctpConfig;

/** How soon a death is noticed on an association that sends every millisecond. */
final class Detection {
    static final String[] PEER = {"127.0.7.1", "127.0.8.1"};
    private static final String[] OWN = {"127.0.7.2", "127.0.8.2"};
    private static final int WARM_UP = 3;
    private static final int RFC_ROUNDS = 3;
    private static final long LOST_LIMIT_MS = 150;
    private static final long SWITCH_LIMIT_MS = 30;
    private static final long KILL_LIMIT_MS = 5;
    /** A cold JVM is late with everything. */
    private static final long SETTLE_MS = 700;

    private final BenchReport report;
    private final Plan plan;
    private final Svg plot = new Svg("a death is noticed");

    /** One measurement, in nanoseconds. */
    @FunctionalInterface
    private interface Measurement {
        long take() throws Exception;
    }

    Detection(final BenchReport report, final Plan plan) {
        this.report = report;
        this.plan = plan;
    }

    void run() throws Exception {
        report.table("noticed after, milliseconds; a message every millisecond, " + plan.deaths() + " deaths, "
            + plan.cuts() + " cuts",
            List.of("p50", "p99", "max"));
        final Histogram sinceKill = histogram();
        row("carrier: peer killed (SIGKILL), since its port closed", plan.deaths(), KILL_LIMIT_MS,
            () -> Kill.noticed("carrier", sinceKill));
        row("carrier: the same since the signal", sinceKill);
        row("carrier: cut off, one path: lost", plan.cuts(), LOST_LIMIT_MS, () -> lost("carrier"));
        row("carrier: one path of two cut: longest pause at the peer", plan.cuts(), SWITCH_LIMIT_MS,
            () -> switchOver("carrier"));
        row("carrier: peer stopped (SIGSTOP): lost", plan.deaths(), 0, Detection::stopped);
        measure("rfc: peer killed (SIGKILL), since its port closed", RFC_ROUNDS,
            () -> Kill.noticed("rfc", histogram()));
        measure("rfc: one path of two cut: longest pause at the peer", RFC_ROUNDS, () -> switchOver("rfc"));
        // a minute of silence, by a clock of its own
        measure("rfc: cut off or stopped, one path: lost (simulated time)", 1,
            () -> new CorePair(SctpConfig.rfc(), 1, 100).cutOff());
        plot.write(plan.out().resolve("sctp-detection.svg"));
        report.note("a killed JVM keeps its ports open until the kernel has taken it apart; another socket asks the "
            + "port every 50 us when that is");
    }

    private static Histogram histogram() {
        return new Histogram(1_000 * Plan.SECOND_NS, 3);
    }

    private void row(final String name, final int times, final long limitMs, final Measurement measurement)
        throws Exception {
        final Histogram h = measure(name, times, measurement);
        plot.curve(name, h);
        if (limitMs > 0) {
            report.atMost(name + ", p99", h.getValueAtPercentile(99) / 1e6, limitMs, " ms");
        }
    }

    private Histogram measure(final String name, final int times, final Measurement measurement) throws Exception {
        final Histogram h = histogram();
        for (int i = -Math.min(WARM_UP, times - 1); i < times; i++) {
            final long ns = measurement.take();
            if (i >= 0) {
                h.recordValue(ns);
            }
        }
        row(name, h);
        return h;
    }

    private void row(final String name, final Histogram h) {
        report.row(name, List.of(millis(h, 50), millis(h, 99), millis(h, 100)));
    }

    private static String millis(final Histogram h, final double percentile) {
        return BenchReport.number(h.getValueAtPercentile(percentile) / 1e6, 1);
    }

    private static <N extends NodeMachine> End<N> open(final String profile, final String[] hosts, final int count,
        final boolean listening, final End.Factory<N> factory) throws Exception {
        return End.open(ThreadLayout.EVENT_LOOP, SinkCommand.config(profile, ""),
            SinkCommand.address(Arrays.copyOf(hosts, count)), listening, factory);
    }

    static End<Watcher> watcher(final String profile, final int paths) throws Exception {
        return open(profile, OWN, paths, false,
            endpoint -> new Watcher(endpoint, SinkCommand.address(Arrays.copyOf(PEER, paths))));
    }

    /** Time of traffic, not always the same against the peer's timers. */
    static void letItTalk() throws InterruptedException {
        Thread.sleep(150 + System.nanoTime() % 50);
    }

    private static long stopped() throws Exception {
        try (ChildProcess peer = ChildProcess.sink("--echo", "--address", PEER[0]);
            End<Watcher> watcher = watcher("carrier", 1)) {
            watcher.await("an association", watcher.node()::isUp);
            Thread.sleep(SETTLE_MS);
            letItTalk();
            final long begin = System.nanoTime();
            peer.signal("STOP");
            watcher.await("its loss", watcher.node()::isDown);
            return watcher.node().downNs() - begin;
        }
    }

    private static long lost(final String profile) throws Exception {
        try (End<ArrivalNode> peer = open(profile, PEER, 1, true, ArrivalNode::new);
            End<Watcher> watcher = watcher(profile, 1)) {
            watcher.await("an association", watcher.node()::isUp);
            letItTalk();
            final long begin = peer.shard().call(() -> {
                peer.endpoint().mute(true);
                return System.nanoTime();
            });
            watcher.await("its loss", watcher.node()::isDown);
            if (watcher.node().undelivered() == 0) {
                throw new IllegalStateException("no messages were handed back");
            }
            return watcher.node().downNs() - begin;
        }
    }

    private static long switchOver(final String profile) throws Exception {
        try (End<ArrivalNode> peer = open(profile, PEER, 2, true, ArrivalNode::new);
            End<Watcher> watcher = watcher(profile, 2)) {
            watcher.await("two paths", () -> watcher.endpoint().paths(watcher.node().association()).stream()
                .filter(path -> path.state() == PathState.ACTIVE).count() == 2);
            letItTalk();
            final InetAddress first = InetAddress.getByName(PEER[0]);
            peer.run(() -> {
                peer.endpoint().mute(first, true);
                peer.node().reset();
            });
            Thread.sleep(200);
            final long before = peer.node().messages();
            peer.await("messages on the other path", () -> peer.node().messages() > before);
            Thread.sleep(50);
            if (watcher.node().isDown()) {
                throw new IllegalStateException("lost with a path left: " + watcher.node().cause());
            }
            return peer.node().longestNs();
        }
    }
}
