// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.poolswitch.runtime.ThreadLayout;
import org.poolswitch.sctp.SctpAddress;

/** One-way throughput on one association, two processes, in turn with usrsctp. */
final class Throughput {
    private static final String SINK = "127.0.9.62";
    private static final String SOURCE = "127.0.9.63";
    private static final int PORT = 2906;
    private static final int[] LENGTHS = {128, 1_000};
    /** For each second that a round is to last, roughly. */
    private static final long[] MESSAGES = {1_000_000, 250_000};
    /** usrsctp is slower: less for it to do in about the same time. */
    private static final int THEIR_SHARE = 4;

    /** What a run came to. */
    private record Result(double perSecond, double allocatedPerMessage, double cpuMicros) {
    }

    private final BenchReport report;
    private final Plan plan;
    private final UsrsctpPeer usrsctp;

    /** @param usrsctp the program to compare with, or null if it cannot be built here */
    Throughput(final BenchReport report, final Plan plan, final UsrsctpPeer usrsctp) {
        this.report = report;
        this.plan = plan;
        this.usrsctp = usrsctp;
    }

    void run() throws Exception {
        report.table("one-way throughput, one association, median of " + plan.rounds() + " rounds in turn",
            List.of("messages/s", "MB/s", "octets alloc.", "CPU us/message"));
        for (int i = 0; i < LENGTHS.length; i++) {
            compare(LENGTHS[i], MESSAGES[i] * plan.seconds());
        }
        report.note("allocation and CPU are the receiving thread's; sender and receiver are processes of their own");
    }

    private void compare(final int length, final long messages) throws Exception {
        final double[] ours = new double[plan.rounds()];
        final double[] theirs = new double[plan.rounds()];
        Result last = null;
        try (ChildProcess sink = ChildProcess.sink("--address", SINK, "--settings", plan.settings())) {
            for (int round = plan.firstRound(); round < plan.rounds(); round++) {
                final Result result = ours(sink, length, messages);
                final double other = usrsctp == null ? 0 : usrsctp.throughput(length, messages / THEIR_SHARE);
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
            report.atLeast("throughput over usrsctp's, " + length + " octets", us / them, 1, "");
        }
        report.atMost("octets allocated per message received, " + length + " octets", last.allocatedPerMessage(), 1,
            "");
    }

    private Result ours(final ChildProcess sink, final int length, final long messages) throws Exception {
        try (End<SourceNode> end = End.open(ThreadLayout.EVENT_LOOP, SinkCommand.config("carrier", plan.settings()),
            SctpAddress.of(InetAddress.getByName(SOURCE), PORT, SctpAddress.DEFAULT_ENCAPSULATION_PORT), false,
            endpoint -> new SourceNode(endpoint, SinkCommand.address(SINK), length))) {
            end.await("an association with the sink", end.node()::isUp);
            end.run(() -> end.node().begin(messages, System.nanoTime()));
            final String[] words = sink.line("sink ").split(" ");
            if (Long.parseLong(words[1]) != messages) {
                throw new IOException(words[1] + " messages arrived of " + messages);
            }
            return new Result(messages / (Double.parseDouble(words[2]) / Plan.SECOND_NS),
                Double.parseDouble(words[3]) / messages, Double.parseDouble(words[4]) / 1e3 / messages);
        }
    }

    private static double median(final double[] values) {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
