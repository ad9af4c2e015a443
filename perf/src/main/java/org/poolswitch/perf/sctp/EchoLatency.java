// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.poolswitch.perf.load.BenchRtt;
import org.poolswitch.perf.load.EchoCaller;
import org.poolswitch.perf.load.EchoCommand;
import org.poolswitch.perf.load.UdpFloor;
import org.poolswitch.runtime.ThreadLayout;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;

/** Echo of 128 octets through SCTP and through plain UDP, in turn, between the same two processes. */
final class EchoLatency {
    private static final String SERVER = "127.0.9.60";
    private static final String CLIENT = "127.0.9.61";
    private static final int OCTETS = 128;
    private static final int[] RATES = {0, 10_000, 100_000};
    /** Compilers want load before they make the code that a node runs on. */
    private static final int WARM_UP_RATE = 20_000;
    /** A spinning client is never late itself, so it cannot know that a peer which starves beside it is alive. */
    private static final SctpConfig PATIENT = SinkCommand.config("carrier", "Least.Silence=2000ms");
    private static final double P50_LIMIT = 1.5;
    private static final double P99_LIMIT = 2;

    private final BenchReport report;
    private final Plan plan;
    private final SctpAddress server;
    private final InetSocketAddress floor;

    EchoLatency(final BenchReport report, final Plan plan) throws Exception {
        this.report = report;
        this.plan = plan;
        final InetAddress host = InetAddress.getByName(SERVER);
        server = SctpAddress.of(host, BenchRtt.SCTP_PORT, SctpAddress.DEFAULT_ENCAPSULATION_PORT);
        floor = new InetSocketAddress(host, BenchRtt.FLOOR_PORT);
    }

    void run() throws Exception {
        final Process echo = EchoCommand.start(SERVER);
        try {
            report.table("echo of " + OCTETS + " octets, microseconds; client spins, server sleeps between messages",
                List.of("p50", "p99", "p99.9", "max", "lost"));
            final Svg plot = new Svg("echo of " + OCTETS + " octets");
            for (int i = 0; i < plan.warmUps(); i++) {
                sctpRound(WARM_UP_RATE, histogram());
                UdpFloor.measure(floor, OCTETS, histogram(), WARM_UP_RATE, Plan.SECOND_NS);
            }
            for (final int rate : RATES) {
                measure(rate, plot);
            }
            plot.write(plan.out().resolve("sctp-echo.svg"));
        } finally {
            echo.destroyForcibly().waitFor();
        }
    }

    static Histogram histogram() {
        return new Histogram(60 * Plan.SECOND_NS, 3);
    }

    private void measure(final int rate, final Svg plot) throws Exception {
        final Rounds rounds = new Rounds();
        long refused = 0;
        long udpLost = 0;
        long sctpLost = 0;
        for (int round = plan.firstRound(); round < plan.rounds(); round++) {
            final Histogram udp = histogram();
            final Histogram sctp = histogram();
            // in turn, so that whatever else the machine does hits both
            UdpFloor.measure(floor, OCTETS, udp, rate, plan.roundNs());
            final long full = sctpRound(rate, sctp);
            if (round >= 0) {
                udpLost += countLost(udp, rate);
                sctpLost += countLost(sctp, rate);
                rounds.add(udp, sctp);
                refused += full;
            }
        }
        final String load = rate == 0 ? "one at a time" : BenchReport.number(rate, 0) + "/s open loop";
        row("plain UDP, " + load, rounds.floor(), rate, udpLost);
        row("SCTP, " + load, rounds.ours(), rate, sctpLost);
        report.row("ratio, median of the rounds, " + load, List.of(number(rounds.ratio(50)), number(rounds.ratio(99)),
            number(rounds.ratio(99.9)), number(rounds.ratio(100)), ""));
        report.atMost("echo p50 over UDP's, " + load, rounds.ratio(50), P50_LIMIT, "");
        report.atMost("echo p99 over UDP's, " + load, rounds.ratio(99), P99_LIMIT, "");
        if (refused > 0) {
            report.note(refused + " messages at " + load + " found the send buffer full");
        }
        plot.curve("UDP, " + load, rounds.floor());
        plot.curve("SCTP, " + load, rounds.ours());
    }

    /**
     * A message that was sent and never answered is at least as late as the latest answer: left out, those that a full
     * socket drops would make its percentiles better.
     */
    private long countLost(final Histogram round, final int rate) {
        final long lost = Math.max(0, (long) rate * plan.seconds() - round.getTotalCount());
        if (lost > 0) {
            round.recordValueWithCount(round.getMaxValue(), lost);
        }
        return lost;
    }

    private void row(final String name, final Histogram h, final int rate, final long lost) {
        report.row(name, List.of(micros(h, 50), micros(h, 99), micros(h, 99.9), micros(h, 100),
            rate == 0 ? "" : BenchReport.number(lost, 0)));
    }

    static String micros(final Histogram h, final double percentile) {
        return BenchReport.number(h.getValueAtPercentile(percentile) / 1e3, 1);
    }

    private static String number(final double ratio) {
        return BenchReport.number(ratio, 2);
    }

    /** A thread and an association for one round: while UDP is measured, nothing of SCTP spins beside it. */
    private long sctpRound(final int rate, final Histogram into) throws Exception {
        try (End<EchoCaller> end = End.open(ThreadLayout.DEDICATED, PATIENT,
            SctpAddress.of(InetAddress.getByName(CLIENT), BenchRtt.SCTP_PORT,
                SctpAddress.DEFAULT_ENCAPSULATION_PORT), false,
            endpoint -> new EchoCaller(endpoint, server, OCTETS))) {
            final EchoCaller caller = end.node();
            end.await("an association with the echo server", caller::isUp);
            end.run(() -> caller.begin(into, rate, plan.roundNs(), System.nanoTime()));
            Thread.sleep(plan.roundNs() / 1_000_000);
            end.await("the last echo", caller::isDone);
            return end.shard().call(caller::refused);
        }
    }
}
