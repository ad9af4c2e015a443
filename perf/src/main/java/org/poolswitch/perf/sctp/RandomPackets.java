// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.net.InetAddress;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.poolswitch.perf.load.EchoCaller;
import org.poolswitch.runtime.ThreadLayout;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;

/** Echo latency of an honest association while somebody else sends random packets to the same port. */
final class RandomPackets {
    private static final String SINK = "127.0.9.66";
    private static final String CLIENT = "127.0.9.67";
    private static final String STRANGER = "127.0.9.68";
    private static final int PORT = 2906;
    private static final int OCTETS = 128;
    private static final int ECHOES_PER_SECOND = 1_000;
    private static final int STRANGE_PER_SECOND = 20_000;
    private static final double P99_LIMIT = 2;
    private static final int LEAK_LIMIT = 1 << 20;

    private final BenchReport report;
    private final Plan plan;

    RandomPackets(final BenchReport report, final Plan plan) {
        this.report = report;
        this.plan = plan;
    }

    void run() throws Exception {
        final int floodSeconds = Math.max(1, plan.packets() / STRANGE_PER_SECOND);
        try (ChildProcess sink = ChildProcess.sink("--echo", "--address", SINK);
            End<EchoCaller> end = End.open(ThreadLayout.DEDICATED, SctpConfig.carrier(),
                SctpAddress.of(InetAddress.getByName(CLIENT), PORT, SctpAddress.DEFAULT_ENCAPSULATION_PORT), false,
                endpoint -> new EchoCaller(endpoint, SinkCommand.address(SINK), OCTETS));
            Stranger stranger = new Stranger(STRANGER, SINK)) {
            end.await("an association with the echo", end.node()::isUp);
            // both sides' code for honest and for strange packets
            flooded(end, stranger, new Histogram(60 * Plan.SECOND_NS, 3), plan.warmUps());
            final long heap = sink.ask("heap");
            final Histogram calm = new Histogram(60 * Plan.SECOND_NS, 3);
            final Histogram flooded = new Histogram(60 * Plan.SECOND_NS, 3);
            echoes(end, calm, Math.max(plan.seconds(), floodSeconds / 4));
            final long sent = flooded(end, stranger, flooded, floodSeconds);
            tell(calm, flooded, sent, sink.ask("heap") - heap, floodSeconds);
        }
    }

    private static long flooded(final End<EchoCaller> end, final Stranger stranger, final Histogram into,
        final int seconds) throws Exception {
        final Stranger.Flood flood = stranger.begin(STRANGE_PER_SECOND);
        echoes(end, into, seconds);
        return flood.stop();
    }

    private static void echoes(final End<EchoCaller> end, final Histogram into, final int seconds) throws Exception {
        end.run(() -> end.node().begin(into, ECHOES_PER_SECOND, seconds * Plan.SECOND_NS, System.nanoTime()));
        Thread.sleep(1000L * seconds);
        end.await("the last echo", end.node()::isDone);
    }

    private void tell(final Histogram calm, final Histogram flooded, final long sent, final long heap,
        final int seconds) {
        report.table("echo of " + OCTETS + " octets at " + BenchReport.number(ECHOES_PER_SECOND, 0)
            + "/s while strangers' packets arrive, microseconds", List.of("p50", "p99", "max", "echoes"));
        row("calm", calm);
        row(BenchReport.number(sent, 0) + " random packets in " + seconds + " s", flooded);
        report.note("a third are random octets, a third random chunks under a right checksum, a third INITs with "
            + "random parameters; the peer's heap grew by " + BenchReport.number(heap, 0)
            + " octets, no association was lost");
        report.atMost("echo p99 under random packets over calm", EchoLatency.ratio(flooded, calm, 99), P99_LIMIT, "");
        report.atMost("heap grown by random packets", heap, LEAK_LIMIT, " octets");
    }

    private void row(final String name, final Histogram h) {
        report.row(name, List.of(EchoLatency.micros(h, 50), EchoLatency.micros(h, 99), EchoLatency.micros(h, 100),
            BenchReport.number(h.getTotalCount(), 0)));
    }
}
