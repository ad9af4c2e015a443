// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.poolswitch.perf.load.BenchRtt;
import org.poolswitch.perf.load.EchoCaller;
import org.poolswitch.runtime.Inbox;
import org.poolswitch.runtime.InboxConfig;
import org.poolswitch.runtime.ThreadLayout;
import org.poolswitch.sctp.SctpAddress;

/**
 * Echo latency of an honest association while somebody else sends random packets to the same port, and of a plain UDP
 * echo while he sends the same to that one's port: three programs share the machine then, whatever they speak. None of
 * them spins, or whoever else has something to do would wait for a core, and that would be what is measured.
 */
final class RandomPackets {
    private static final String SINK = "127.0.9.66";
    private static final String CLIENT = "127.0.9.67";
    private static final String STRANGER = "127.0.9.68";
    private static final int PORT = 2906;
    /** Latency is measured here: a machine with other work may stop one end for longer than the profile waits. */
    private static final String PATIENCE = "Least.Silence=2000ms";
    private static final int OCTETS = 128;
    private static final int ECHOES_PER_SECOND = 1_000;
    /** Compilers want load before they make the code that a node runs on. */
    private static final int WARM_UP_PER_SECOND = 5_000;
    private static final int STRANGE_PER_SECOND = 20_000;
    private static final double P99_LIMIT = 2;
    private static final int LEAK_LIMIT = 1 << 20;

    private final BenchReport report;
    private final Plan plan;
    private final InetSocketAddress floor;
    private final InetSocketAddress port;
    private final Rounds overCalm = new Rounds();
    private final Rounds udpOverCalm = new Rounds();
    private final Rounds overUdp = new Rounds();
    private long sent;

    RandomPackets(final BenchReport report, final Plan plan) throws Exception {
        this.report = report;
        this.plan = plan;
        final InetAddress host = InetAddress.getByName(SINK);
        floor = new InetSocketAddress(host, BenchRtt.FLOOR_PORT);
        port = new InetSocketAddress(host, SctpAddress.DEFAULT_ENCAPSULATION_PORT);
    }

    void run() throws Exception {
        final int floodSeconds = Math.max(1, plan.packets() / STRANGE_PER_SECOND);
        final int rounds = Math.min(plan.rounds(), floodSeconds);
        final int seconds = floodSeconds / rounds;
        try (ChildProcess sink = ChildProcess.sink("--echo", "--address", SINK, "--settings", PATIENCE)) {
            // both sides' code for honest and for strange packets
            round(WARM_UP_PER_SECOND, plan.warmUps(), false);
            final long heap = sink.ask("heap");
            for (int i = 0; i < rounds; i++) {
                round(ECHOES_PER_SECOND, seconds, true);
            }
            tell(sink.ask("heap") - heap, rounds * seconds);
        }
    }

    /** Calm and flooded, UDP and SCTP, one after the other. */
    private void round(final int perSecond, final int seconds, final boolean counts) throws Exception {
        final Histogram calmUdp = udp(perSecond, seconds);
        final Histogram udp;
        try (Stranger stranger = new Stranger(STRANGER, floor)) {
            final Stranger.Flood flood = stranger.begin(STRANGE_PER_SECOND);
            udp = udp(perSecond, seconds);
            flood.stop();
        }
        try (End<EchoCaller> end = End.open(ThreadLayout.EVENT_LOOP, SinkCommand.config("carrier", PATIENCE),
            SctpAddress.of(InetAddress.getByName(CLIENT), PORT, SctpAddress.DEFAULT_ENCAPSULATION_PORT), false,
            endpoint -> new EchoCaller(endpoint, SinkCommand.address(SINK), OCTETS));
            Stranger stranger = new Stranger(STRANGER, port)) {
            end.await("an association with the echo", end.node()::isUp);
            final Histogram calm = sctp(end, perSecond, seconds);
            final Stranger.Flood flood = stranger.begin(STRANGE_PER_SECOND);
            final Histogram flooded = sctp(end, perSecond, seconds);
            final long strange = flood.stop();
            if (counts) {
                sent += strange;
                udpOverCalm.add(calmUdp, udp);
                overCalm.add(calm, flooded);
                overUdp.add(udp, flooded);
            }
        }
    }

    private Histogram udp(final int perSecond, final int seconds) throws Exception {
        final Histogram into = EchoLatency.histogram();
        UdpLoop.measure(floor, OCTETS, into, perSecond, seconds * Plan.SECOND_NS);
        return into;
    }

    private static Histogram sctp(final End<EchoCaller> end, final int perSecond, final int seconds) throws Exception {
        final Histogram into = EchoLatency.histogram();
        final Inbox inbox = new Inbox(InboxConfig.defaults(), end.shard()::wake);
        end.run(() -> end.node().serve(into, inbox));
        Pace.keep(perSecond, seconds * Plan.SECOND_NS, inbox);
        final long slots = InboxConfig.defaults().slots();
        end.await("the last echo", () -> inbox.remaining() == slots && end.node().isDone());
        return into;
    }

    private void tell(final long heap, final int seconds) {
        report.table("echo of " + OCTETS + " octets at " + BenchReport.number(ECHOES_PER_SECOND, 0)
            + "/s while strangers' packets arrive, microseconds", List.of("p50", "p99", "max", "echoes"));
        row("plain UDP, calm", udpOverCalm.floor());
        row("plain UDP, as many random packets a second", udpOverCalm.ours());
        row("SCTP, calm", overCalm.floor());
        row("SCTP, " + BenchReport.number(sent, 0) + " random packets in " + seconds + " s", overCalm.ours());
        ratio("ratio, UDP flooded over calm", udpOverCalm);
        ratio("ratio, SCTP flooded over calm", overCalm);
        ratio("ratio, SCTP over UDP, both flooded", overUdp);
        report.note("a third are random octets, a third random chunks under a right checksum, a third INITs with "
            + "random parameters; the peer's heap grew by " + BenchReport.number(heap, 0)
            + " octets, no association was lost");
        report.atMost("echo p99 under random packets over calm", overCalm.ratio(99), P99_LIMIT, "");
        report.atMost("echo p99 under random packets over UDP's", overUdp.ratio(99), P99_LIMIT, "");
        report.atMost("heap grown by random packets", heap, LEAK_LIMIT, " octets");
    }

    private void ratio(final String name, final Rounds rounds) {
        report.row(name, List.of(BenchReport.number(rounds.ratio(50), 2), BenchReport.number(rounds.ratio(99), 2),
            BenchReport.number(rounds.ratio(100), 2), ""));
    }

    private void row(final String name, final Histogram h) {
        report.row(name, List.of(EchoLatency.micros(h, 50), EchoLatency.micros(h, 99), EchoLatency.micros(h, 100),
            BenchReport.number(h.getTotalCount(), 0)));
    }
}
