// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
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
            List.of("ns in memory", "ratio", "CPU us, UDP", "ratio", "datagrams", "loop runs", "timers", "repeated"));
        // the first row must not pay for the compilers
        inMemory(COUNTS[1]);
        overUdp(COUNTS[1], false);
        double firstInMemory = 0;
        double firstUdp = 0;
        double last = 0;
        for (final int count : COUNTS) {
            final double inMemory = inMemory(count);
            final EndCost cost = overUdp(count, false);
            firstInMemory = firstInMemory == 0 ? inMemory : firstInMemory;
            firstUdp = firstUdp == 0 ? cost.cpuNs() : firstUdp;
            last = cost.cpuNs() / firstUdp;
            row(BenchReport.number(count, 0) + (count == 1 ? " association" : " associations"),
                BenchReport.number(inMemory, 0), BenchReport.number(inMemory / firstInMemory, 2), cost, firstUdp);
        }
        final EndCost shared = overUdp(1, true);
        row("1 association, messages due together share packets", "", "", shared, firstUdp);
        final double idle = idleOctets();
        report.note("in memory: both ends on one thread, no socket. UDP: CPU time of both ends' threads per message at "
            + BenchReport.number(RATE, 0) + " messages/s, and what both do for one message. " + SETTINGS);
        report.note("an idle association holds " + BenchReport.number(idle, 0) + " octets of heap at each end");
        final String what = "CPU per message, " + BenchReport.number(MOST, 0) + " associations over 1";
        report.atMost(what, last, RATIO_LIMIT, "");
        report.atMost(what + " that shares packets", last * firstUdp / shared.cpuNs(), RATIO_LIMIT, "");
        report.atMost("heap per idle association", idle, IDLE_LIMIT, " octets");
    }

    private void row(final String name, final String inMemory, final String inMemoryRatio, final EndCost cost,
        final double firstNs) {
        final double messages = (double) RATE * plan.seconds();
        report.row(name, List.of(inMemory, inMemoryRatio, BenchReport.number(cost.cpuNs() / 1e3 / messages, 2),
            BenchReport.number(cost.cpuNs() / firstNs, 2), BenchReport.number(cost.datagrams() / messages, 2),
            BenchReport.number(cost.runs() / messages, 2), BenchReport.number(cost.timers() / messages, 2),
            BenchReport.number(cost.repeated() / messages, 4)));
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

    /**
     * What both ends did in the round with the median cost.
     *
     * @param together whether messages that are due together may share a packet
     */
    private EndCost overUdp(final int count, final boolean together) throws Exception {
        try (ChildProcess sink = ChildProcess.sink("--address", SINK, "--settings", SETTINGS);
            End<PacedNode> end = End.open(ThreadLayout.EVENT_LOOP, config,
                SctpAddress.of(InetAddress.getByName(SOURCE), PORT, SctpAddress.DEFAULT_ENCAPSULATION_PORT), false,
                endpoint -> new PacedNode(endpoint, SinkCommand.address(SINK), count, OCTETS, together))) {
            end.await(count + " associations", () -> end.node().up() == count);
            // each association once, and the compilers
            paced(end, Math.max(plan.seconds(), plan.warmUps()));
            // one pause of a process has all its associations asked anew: the median round has none
            final List<EndCost> rounds = new ArrayList<>();
            for (int i = 0; i < plan.rounds(); i++) {
                final EndCost before = sink.cost().plus(cost(end));
                paced(end, plan.seconds());
                rounds.add(sink.cost().plus(cost(end)).minus(before));
            }
            rounds.sort(Comparator.comparingLong(EndCost::cpuNs));
            return rounds.get(rounds.size() / 2);
        }
    }

    private static EndCost cost(final End<PacedNode> end) throws Exception {
        return end.shard().call(() -> EndCost.of(end));
    }

    private static void paced(final End<PacedNode> end, final int seconds) throws Exception {
        end.run(() -> end.node().begin(RATE, seconds * Plan.SECOND_NS, System.nanoTime()));
        Thread.sleep(1_000L * seconds);
    }
}
