// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.List;
import org.poolswitch.observe.PacketTap;
import org.poolswitch.runtime.EventLoopShard;
import org.poolswitch.runtime.ShardConfig;
import org.poolswitch.runtime.ThreadLayout;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.udp.UdpConfig;
import org.poolswitch.sctp.udp.UdpSctpEndpoint;

/** (b) One-way throughput on one association, two processes, in turn with usrsctp. */
final class Throughput {
    private static final String SINK = "127.0.9.62";
    private static final String SOURCE = "127.0.9.63";
    private static final int[] LENGTHS = {128, 1_000};
    private static final long[] MESSAGES = {1_000_000, 300_000};

    /** What a run came to. */
    private record Result(double perSecond, double allocatedPerMessage, double cpuMicros) {
    }

    private final BenchReport report;
    private final UsrsctpPeer usrsctp;
    private final String settings;
    private final int rounds;

    /** @param usrsctp the program to compare with, or null if it cannot be built here */
    Throughput(final BenchReport report, final UsrsctpPeer usrsctp, final String settings, final int rounds) {
        this.report = report;
        this.usrsctp = usrsctp;
        this.settings = settings;
        this.rounds = rounds;
    }

    void run() throws Exception {
        report.table("(b) one-way throughput, one association, median of " + rounds + " rounds in turn",
            List.of("messages/s", "MB/s", "octets alloc.", "CPU us/message"));
        for (int i = 0; i < LENGTHS.length; i++) {
            compare(LENGTHS[i], MESSAGES[i]);
        }
        report.note("allocation and CPU are the receiving process's; sender and receiver are processes of their own");
    }

    private void compare(final int length, final long messages) throws Exception {
        final double[] ours = new double[rounds];
        final double[] theirs = new double[rounds];
        Result last = null;
        try (ChildProcess sink = ChildProcess.java(SinkCommand.READY, "sctp-sink", "--address", SINK, "--settings",
            settings)) {
            for (int round = -1; round < rounds; round++) {
                final Result result = ours(sink, length, messages);
                final double other = usrsctp == null ? 0 : usrsctp.throughput(length, messages / 2);
                if (round >= 0) {
                    ours[round] = result.perSecond();
                    theirs[round] = other;
                    last = result;
                }
            }
        }
        final double us = median(ours);
        report.row("Poolswitch, " + length + " octets", List.of(BenchReport.number(us, 0),
            BenchReport.number(us * length / 1e6, 1), BenchReport.number(last.allocatedPerMessage(), 2),
            BenchReport.number(last.cpuMicros(), 2)));
        if (usrsctp != null) {
            final double them = median(theirs);
            report.row("usrsctp, " + length + " octets", List.of(BenchReport.number(them, 0),
                BenchReport.number(them * length / 1e6, 1), "", ""));
            report.row("ratio, " + length + " octets", List.of(BenchReport.number(us / them, 2), "", "", ""));
        }
    }

    private Result ours(final ChildProcess sink, final int length, final long messages) throws Exception {
        final EventLoopShard shard = EventLoopShard.open(ThreadLayout.EVENT_LOOP, ShardConfig.defaults(), "source");
        try {
            final UdpSctpEndpoint endpoint = UdpSctpEndpoint.open(shard, UdpConfig.defaults(),
                SinkCommand.config("carrier", settings), SctpAddress.of(InetAddress.getByName(SOURCE), 2906,
                    SctpAddress.DEFAULT_ENCAPSULATION_PORT), false, new SecureRandom(), PacketTap.NONE);
            final SourceNode source = new SourceNode(endpoint, SinkCommand.address(SINK), length);
            shard.start(endpoint, source);
            while (!source.isUp() && !source.isLost()) {
                Thread.sleep(1);
            }
            shard.call(() -> {
                source.begin(messages, shard.beginInput());
                shard.wake();
                return null;
            });
            final String[] words = sink.line("sink ").split(" ");
            final long counted = Long.parseLong(words[1]);
            if (counted != messages) {
                throw new IOException(counted + " messages arrived of " + messages);
            }
            return new Result(messages / Double.parseDouble(words[2]), Double.parseDouble(words[3]) / messages,
                Double.parseDouble(words[4]) * 1e6 / messages);
        } finally {
            shard.close();
            shard.termination().join();
        }
    }

    private static double median(final double[] values) {
        final double[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
