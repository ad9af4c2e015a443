// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.poolswitch.observe.PacketTap;
import org.poolswitch.perf.load.BenchRtt;
import org.poolswitch.perf.load.EchoCaller;
import org.poolswitch.perf.load.EchoCommand;
import org.poolswitch.perf.load.UdpFloor;
import org.poolswitch.runtime.EventLoopShard;
import org.poolswitch.runtime.ShardConfig;
import org.poolswitch.runtime.ThreadLayout;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.udp.UdpConfig;
import org.poolswitch.sctp.udp.UdpSctpEndpoint;

/** (a) Echo of 128 octets through SCTP and through plain UDP, in turn, between the same two processes. */
final class EchoLatency {
    private static final String SERVER = "127.0.9.60";
    private static final String CLIENT = "127.0.9.61";
    private static final int OCTETS = 128;
    private static final int[] RATES = {0, 10_000, 100_000};
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int WARM_UP_ROUNDS = 3;

    private final BenchReport report;
    private final Path out;
    private final int rounds;

    EchoLatency(final BenchReport report, final Path out, final int rounds) {
        this.report = report;
        this.out = out;
        this.rounds = rounds;
    }

    void run() throws Exception {
        final Process server = EchoCommand.start(SERVER);
        try {
            report.table("(a) echo of " + OCTETS
                + " octets, microseconds; client spins, server sleeps between messages",
                List.of("p50", "p99", "p99.9", "max"));
            final Svg plot = new Svg("echo of " + OCTETS + " octets");
            for (final int rate : RATES) {
                measure(rate, plot);
            }
            plot.write(out.resolve("sctp-echo.svg"));
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    private void measure(final int rate, final Svg plot) throws Exception {
        final Histogram udp = new Histogram(60 * SECOND_NS, 3);
        final Histogram sctp = new Histogram(60 * SECOND_NS, 3);
        final InetAddress server = InetAddress.getByName(SERVER);
        long refused = 0;
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            if (round == 0) {
                udp.reset();
                sctp.reset();
                refused = 0;
            }
            // in turn, so that whatever else the machine does hits both
            UdpFloor.measure(new InetSocketAddress(server, BenchRtt.FLOOR_PORT), OCTETS, udp, rate, SECOND_NS);
            refused += sctpRound(server, rate, sctp);
        }
        final String load = rate == 0 ? "one at a time" : BenchReport.number(rate, 0) + "/s open loop";
        row("plain UDP, " + load, udp);
        row("SCTP, " + load, sctp);
        report.row("ratio, " + load, List.of(ratio(sctp, udp, 50), ratio(sctp, udp, 99), ratio(sctp, udp, 99.9),
            ratio(sctp, udp, 100)));
        if (refused > 0) {
            report.note(refused + " messages at " + load + " found the send buffer full");
        }
        plot.curve("UDP, " + load, udp);
        plot.curve("SCTP, " + load, sctp);
    }

    private void row(final String name, final Histogram h) {
        report.row(name, List.of(micros(h, 50), micros(h, 99), micros(h, 99.9), micros(h, 100)));
    }

    private static String micros(final Histogram h, final double percentile) {
        return BenchReport.number(h.getValueAtPercentile(percentile) / 1e3, 1);
    }

    private static String ratio(final Histogram ours, final Histogram floor, final double percentile) {
        return BenchReport.number((double) ours.getValueAtPercentile(percentile)
            / Math.max(1, floor.getValueAtPercentile(percentile)), 2);
    }

    /** A thread and an association for one round: while UDP is measured, nothing of SCTP spins beside it. */
    private static long sctpRound(final InetAddress server, final int rate, final Histogram into) throws Exception {
        final EventLoopShard shard = EventLoopShard.open(ThreadLayout.DEDICATED, ShardConfig.defaults(), "echo-caller");
        try {
            final UdpSctpEndpoint endpoint = UdpSctpEndpoint.open(shard, UdpConfig.defaults(), SctpConfig.carrier(),
                SctpAddress.of(InetAddress.getByName(CLIENT), BenchRtt.SCTP_PORT,
                    SctpAddress.DEFAULT_ENCAPSULATION_PORT), false, new SecureRandom(), PacketTap.NONE);
            final EchoCaller caller = new EchoCaller(endpoint,
                SctpAddress.of(server, BenchRtt.SCTP_PORT, SctpAddress.DEFAULT_ENCAPSULATION_PORT), OCTETS);
            shard.start(endpoint, caller);
            while (!shard.call(caller::isUp)) {
                Thread.sleep(1);
            }
            shard.call(() -> {
                caller.begin(into, rate, SECOND_NS, System.nanoTime());
                shard.wake();
                return null;
            });
            while (!shard.call(caller::isDone)) {
                Thread.sleep(20);
            }
            return shard.call(caller::refused);
        } finally {
            shard.close();
            shard.termination().join();
        }
    }
}
