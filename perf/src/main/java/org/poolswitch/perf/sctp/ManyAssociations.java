// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.net.InetAddress;
import java.util.List;
import org.poolswitch.perf.micro.CorePair;
import org.poolswitch.runtime.ThreadLayout;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;

/** What a message costs, and an idle association holds, as associations grow. */
final class ManyAssociations {
    private static final int[] COUNTS = {1, 100, 10_000};
    private static final int MOST = COUNTS[COUNTS.length - 1];
    private static final int OCTETS = 128;
    private static final int RATE = 20_000;
    private static final int PORT = 2906;
    private static final String SINK = "127.0.9.64";
    private static final String SOURCE = "127.0.9.65";
    /** 10,000 associations that ask every 100 ms would measure HEARTBEATs. */
    private static final String SETTINGS = "HB.interval=30000ms,Least.Silence=2000ms";
    private static final long MOMENT_NS = 500;
    private static final int IN_MEMORY_MESSAGES = 300_000;
    private static final double RATIO_LIMIT = 1.5;
    private static final int IDLE_LIMIT = 4096;

    private final BenchReport report;
    private final Plan plan;
    private final SctpConfig config = SinkCommand.config("carrier", SETTINGS);

    ManyAssociations(final BenchReport report, final Plan plan) {
        this.report = report;
        this.plan = plan;
    }

    void run() throws Exception {
        report.table("as associations grow: one message of 128 octets a packet, each association in turn",
            List.of("ns in memory", "ratio", "CPU us, UDP", "ratio"));
        double firstInMemory = 0;
        double firstUdp = 0;
        double last = 0;
        // the first row must not pay for the compilers
        inMemory(COUNTS[1]);
        overUdp(COUNTS[1]);
        for (final int count : COUNTS) {
            final double inMemory = inMemory(count);
            final double udp = overUdp(count);
            firstInMemory = firstInMemory == 0 ? inMemory : firstInMemory;
            firstUdp = firstUdp == 0 ? udp : firstUdp;
            last = udp / firstUdp;
            report.row(BenchReport.number(count, 0) + (count == 1 ? " association" : " associations"),
                List.of(BenchReport.number(inMemory, 0), BenchReport.number(inMemory / firstInMemory, 2),
                    BenchReport.number(udp, 2), BenchReport.number(last, 2)));
        }
        final double idle = idleOctets();
        report.note("in memory: both ends on one thread, no socket. UDP: CPU time of both ends' threads per message at "
            + BenchReport.number(RATE, 0) + " messages/s. " + SETTINGS);
        report.note("an idle association holds " + BenchReport.number(idle, 0) + " octets of heap at each end");
        report.atMost("CPU per message, " + BenchReport.number(MOST, 0) + " associations over 1", last, RATIO_LIMIT,
            "");
        report.atMost("heap per idle association", idle, IDLE_LIMIT, " octets");
    }

    private double inMemory(final int count) {
        final CorePair pair = new CorePair(config, count, OCTETS);
        double best = Double.MAX_VALUE;
        for (int run = 0; run < 3; run++) {
            final long begin = SinkCommand.threadCpuNs();
            for (int i = 0; i < IN_MEMORY_MESSAGES; i++) {
                pair.send();
                pair.settle(MOMENT_NS);
            }
            best = Math.min(best, (SinkCommand.threadCpuNs() - begin) / (double) IN_MEMORY_MESSAGES);
        }
        return best;
    }

    /** What the first association needs is the endpoint's. */
    private double idleOctets() {
        return (pairOctets(MOST) - pairOctets(1)) / 2.0 / (MOST - 1);
    }

    private long pairOctets(final int count) {
        final long before = SinkCommand.usedHeap();
        final CorePair pair = new CorePair(config, count, OCTETS);
        final long after = SinkCommand.usedHeap();
        if (pair.received() != 0) {
            throw new IllegalStateException("idle associations do not talk");
        }
        return after - before;
    }

    /** CPU time of both ends per message, in microseconds. */
    private double overUdp(final int count) throws Exception {
        try (ChildProcess sink = ChildProcess.sink("--address", SINK, "--settings", SETTINGS);
            End<PacedNode> end = End.open(ThreadLayout.EVENT_LOOP, config,
                SctpAddress.of(InetAddress.getByName(SOURCE), PORT, SctpAddress.DEFAULT_ENCAPSULATION_PORT), false,
                endpoint -> new PacedNode(endpoint, SinkCommand.address(SINK), count, OCTETS))) {
            end.await(count + " associations", () -> end.node().up() == count);
            // each association once, and the compilers
            paced(end, Math.max(plan.seconds(), plan.warmUps()));
            final long before = sink.ask("cpu") + end.shard().call(SinkCommand::threadCpuNs);
            paced(end, plan.seconds());
            final long used = sink.ask("cpu") + end.shard().call(SinkCommand::threadCpuNs) - before;
            return used / 1e3 / ((double) RATE * plan.seconds());
        }
    }

    private static void paced(final End<PacedNode> end, final int seconds) throws Exception {
        end.run(() -> end.node().begin(RATE, seconds * Plan.SECOND_NS, System.nanoTime()));
        Thread.sleep(1_000L * seconds);
    }
}
