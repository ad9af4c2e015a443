// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.poolswitch.observe.PacketTap;
import org.poolswitch.runtime.EventLoopShard;
import org.poolswitch.runtime.NodeMachine;
import org.poolswitch.runtime.ShardConfig;
import org.poolswitch.runtime.ThreadLayout;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.PathState;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.udp.UdpConfig;
import org.poolswitch.sctp.udp.UdpSctpEndpoint;

/** (e) How soon a death is noticed on an association that sends every millisecond, and how often without a death. */
final class Detection {
    private static final String[] PEER = {"127.0.7.1", "127.0.8.1"};
    private static final String[] OWN = {"127.0.7.2", "127.0.8.2"};
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int WARM_UP = 3;
    private static final long PATIENCE_NS = 20 * SECOND_NS;

    /** One end on a thread of its own. */
    private record End<N extends NodeMachine>(EventLoopShard shard, UdpSctpEndpoint endpoint, N node)
        implements AutoCloseable {
        @Override
        public void close() {
            shard.close();
            shard.termination().handle((nothing, error) -> null).join();
        }
    }

    /** Makes a node for an endpoint. */
    @FunctionalInterface
    private interface Factory<N> {
        N make(UdpSctpEndpoint endpoint) throws Exception;
    }

    private final BenchReport report;
    private final int rounds;
    private final int stressSeconds;

    Detection(final BenchReport report, final int rounds, final int stressSeconds) {
        this.report = report;
        this.rounds = rounds;
        this.stressSeconds = stressSeconds;
    }

    void run() throws Exception {
        report.table("(e) noticed after, milliseconds; a message every millisecond, " + rounds + " rounds",
            List.of("p50", "p99", "max"));
        row("carrier: peer's process killed (SIGKILL)", rounds, () -> process("KILL"));
        row("carrier: peer's sockets closed", rounds, () -> inside(1, true));
        row("carrier: cut off, one path: lost", rounds, () -> inside(1, false));
        row("carrier: cut off, one path of two: other path", rounds, () -> switchOver("carrier"));
        row("carrier: peer's process stopped (SIGSTOP)", rounds, () -> process("STOP"));
        row("rfc: cut off, one path of two: other path", 3, () -> switchOver("rfc"));
        report.note("rfc: a single path that is cut off is given up after " + rfcSilence() / SECOND_NS
            + " s (computed from its settings)");
        report.note("a killed JVM keeps its ports open until the kernel has taken it apart, some 8 ms");
        stress();
    }

    /** One measurement, in nanoseconds. */
    @FunctionalInterface
    private interface Measurement {
        long take() throws Exception;
    }

    private void row(final String name, final int times, final Measurement measurement) throws Exception {
        final Histogram h = new Histogram(120 * SECOND_NS, 3);
        for (int i = -Math.min(WARM_UP, times - 1); i < times; i++) {
            final long ns = measurement.take();
            if (i >= 0) {
                h.recordValue(ns);
            }
        }
        report.row(name, List.of(millis(h, 50), millis(h, 99), millis(h, 100)));
    }

    private static String millis(final Histogram h, final double percentile) {
        return BenchReport.number(h.getValueAtPercentile(percentile) / 1e6, 1);
    }

    private static <N extends NodeMachine> End<N> open(final String profile, final String[] hosts, final int count,
        final boolean listening, final Factory<N> factory) throws Exception {
        final EventLoopShard shard = EventLoopShard.open(ThreadLayout.EVENT_LOOP, ShardConfig.defaults(),
            listening ? "peer" : "watcher");
        final UdpSctpEndpoint endpoint = UdpSctpEndpoint.open(shard, UdpConfig.defaults(),
            SinkCommand.config(profile, ""), SinkCommand.address(java.util.Arrays.copyOf(hosts, count)), listening,
            new SecureRandom(), PacketTap.NONE);
        final N node = factory.make(endpoint);
        shard.start(endpoint, node);
        return new End<>(shard, endpoint, node);
    }

    private static End<Watcher> watcher(final String profile, final int paths) throws Exception {
        return open(profile, OWN, paths, false,
            endpoint -> new Watcher(endpoint, SinkCommand.address(java.util.Arrays.copyOf(PEER, paths))));
    }

    private static void await(final String what, final BooleanSupplier condition) throws Exception {
        final long giveUp = System.nanoTime() + PATIENCE_NS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > giveUp) {
                throw new IllegalStateException("this did not happen: " + what);
            }
            Thread.sleep(1);
        }
    }

    /** Time of traffic, not always the same against the peer's timers. */
    private static void letItTalk() throws InterruptedException {
        Thread.sleep(150 + System.nanoTime() % 50);
    }

    private static long process(final String signal) throws Exception {
        try (ChildProcess peer = ChildProcess.java(SinkCommand.READY, "sctp-sink", "--echo", "--address", PEER[0]);
            End<Watcher> watcher = watcher("carrier", 1)) {
            await("up", watcher.node()::isUp);
            // a cold JVM is late with everything
            Thread.sleep(700);
            letItTalk();
            final long begin = System.nanoTime();
            peer.signal(signal);
            await("lost", () -> watcher.node().downNs() != 0);
            return watcher.node().downNs() - begin;
        }
    }

    private static long inside(final int paths, final boolean crash) throws Exception {
        try (End<ArrivalNode> peer = open("carrier", PEER, paths, true, ArrivalNode::new);
            End<Watcher> watcher = watcher("carrier", paths)) {
            await("up", watcher.node()::isUp);
            letItTalk();
            final long begin = peer.shard().call(() -> {
                final long now = System.nanoTime();
                if (crash) {
                    peer.endpoint().crash();
                } else {
                    peer.endpoint().mute(true);
                }
                return now;
            });
            await("lost", () -> watcher.node().downNs() != 0);
            return watcher.node().downNs() - begin;
        }
    }

    private static long switchOver(final String profile) throws Exception {
        try (End<ArrivalNode> peer = open(profile, PEER, 2, true, ArrivalNode::new);
            End<Watcher> watcher = watcher(profile, 2)) {
            await("up", watcher.node()::isUp);
            await("two paths", () -> bothActive(watcher));
            letItTalk();
            final InetAddress first = InetAddress.getByName(PEER[0]);
            peer.shard().call(() -> {
                peer.endpoint().mute(first, true);
                peer.node().reset();
                return null;
            });
            Thread.sleep(200);
            final long before = peer.node().messages();
            await("messages on the other path", () -> peer.node().messages() > before);
            Thread.sleep(50);
            if (watcher.node().downNs() != 0) {
                throw new IllegalStateException("lost with a path left: " + watcher.node().cause());
            }
            return peer.node().longestNs();
        }
    }

    private static boolean bothActive(final End<Watcher> watcher) {
        try {
            return watcher.shard().call(() -> watcher.endpoint().paths(1).stream()
                .filter(path -> path.state() == PathState.ACTIVE).count() == 2);
        } catch (final Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static long rfcSilence() {
        final SctpConfig rfc = SctpConfig.rfc();
        long sum = 0;
        for (int i = 0; i <= rfc.associationMaxRetrans(); i++) {
            sum += Math.min(rfc.rtoMaxNs(), rfc.rtoMinNs() << i);
        }
        return sum;
    }

    /** Every core busy: whoever is given up now was alive. */
    private void stress() throws Exception {
        final int cores = Runtime.getRuntime().availableProcessors();
        final long until = System.nanoTime() + stressSeconds * SECOND_NS;
        final List<Thread> busy = new ArrayList<>();
        for (int i = 0; i < cores; i++) {
            final Thread thread = new Thread(() -> {
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
            }, "busy");
            thread.setDaemon(true);
            thread.start();
            busy.add(thread);
        }
        int alarms = 0;
        try (ChildProcess peer = ChildProcess.java(SinkCommand.READY, "sctp-sink", "--echo", "--address", PEER[0])) {
            while (System.nanoTime() < until && peer.isAlive()) {
                try (End<Watcher> watcher = watcher("carrier", 1)) {
                    while (System.nanoTime() < until && watcher.node().downNs() == 0) {
                        Thread.sleep(20);
                    }
                    if (watcher.node().downNs() != 0 && watcher.node().cause() != DownCause.CONNECT_FAILED) {
                        alarms++;
                    }
                }
            }
        }
        for (final Thread thread : busy) {
            thread.join();
        }
        report.table("(e) false alarms of the carrier profile with " + cores + " cores busy",
            List.of("seconds", "false alarms"));
        report.row("healthy peers given up", List.of(Integer.toString(stressSeconds), Integer.toString(alarms)));
    }
}
