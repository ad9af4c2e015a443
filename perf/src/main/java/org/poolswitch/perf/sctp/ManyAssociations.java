// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.poolswitch.perf.micro.CorePair;
import org.poolswitch.runtime.Inbox;
import org.poolswitch.runtime.InboxConfig;
import org.poolswitch.runtime.ThreadLayout;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;

/** What a message costs, and an idle association holds, as associations grow. */
final class ManyAssociations {
    private static final int[] COUNTS = {1, 100, 10_000};
    private static final int MOST = COUNTS[COUNTS.length - 1];
    private static final int OCTETS = 128;
    private static final int PORT = 2906;
    private static final String SINK = "127.0.9.64";
    private static final String SOURCE = "127.0.9.65";
    /** 10,000 associations that ask every 100 ms would measure HEARTBEATs. */
    private static final String SETTINGS = "HB.interval=30000ms,Least.Silence=2000ms";
    private static final long MOMENT_NS = 500;
    private static final int IN_MEMORY_MESSAGES = 300_000;
    private static final double RATIO_LIMIT = 1.5;
    private static final int IDLE_LIMIT = 4096;

    /** What messages cost on one association, and on the most. */
    private record Growth(EndCost one, EndCost most) {
        double ratio() {
            return (double) most.cpuNs() / one.cpuNs();
        }
    }

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
        overUdp(COUNTS[1], Load.DUE_TOGETHER);
        final Growth bundled = rows(Load.DUE_TOGETHER, "");
        final Growth oneByOne = rows(Load.ONE_BY_ONE, ", one by one");
        final Growth answered = rows(Load.ANSWERED, ", one by one and answered");
        final EndCost shared = overUdp(1, Load.SHARING);
        row("1 association, messages due together share packets", Load.SHARING, "", "", shared,
            bundled.one().cpuNs());
        final double idle = idleOctets();
        report.note("in memory: both ends on one thread, no socket. UDP: CPU time of both ends' threads per message at "
            + BenchReport.number(Load.DUE_TOGETHER.perSecond, 0) + " messages/s, one by one at "
            + BenchReport.number(Load.ONE_BY_ONE.perSecond, 0) + ", and what both do for one message (answered: for it "
            + "and its answer). " + SETTINGS);
        report.note("an idle association holds " + BenchReport.number(idle, 0) + " octets of heap at each end");
        final String what = "CPU per message, " + BenchReport.number(MOST, 0) + " associations over 1";
        report.atMost(what + ", one by one", oneByOne.ratio(), RATIO_LIMIT, "");
        report.atMost(what + ", one by one and answered", answered.ratio(), RATIO_LIMIT, "");
        report.atMost(what + ", twenty due together", bundled.ratio(), RATIO_LIMIT, "");
        report.atMost(what + " that shares packets", new Growth(shared, bundled.most()).ratio(), RATIO_LIMIT, "");
        report.atMost("heap per idle association", idle, IDLE_LIMIT, " octets");
    }

    /** A row for each number of associations. */
    private Growth rows(final Load load, final String suffix) throws Exception {
        double firstInMemory = 0;
        EndCost first = null;
        EndCost cost = null;
        for (final int count : COUNTS) {
            final double inMemory = load == Load.DUE_TOGETHER ? inMemory(count) : 0;
            cost = overUdp(count, load);
            first = first == null ? cost : first;
            firstInMemory = firstInMemory == 0 ? inMemory : firstInMemory;
            row(BenchReport.number(count, 0) + (count == 1 ? " association" : " associations") + suffix, load,
                inMemory == 0 ? "" : BenchReport.number(inMemory, 0),
                inMemory == 0 ? "" : BenchReport.number(inMemory / firstInMemory, 2), cost, first.cpuNs());
        }
        return new Growth(first, cost);
    }

    private void row(final String name, final Load load, final String inMemory, final String inMemoryRatio,
        final EndCost cost, final double firstNs) {
        final double messages = (double) load.perSecond * plan.seconds();
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

    /** What both ends did in the round with the median cost. */
    private EndCost overUdp(final int count, final Load load) throws Exception {
        final List<String> arguments = new ArrayList<>(List.of("--address", SINK, "--settings", SETTINGS));
        if (load == Load.ANSWERED) {
            arguments.add("--echo");
        }
        try (ChildProcess sink = ChildProcess.sink(arguments.toArray(String[]::new));
            End<PacedNode> end = End.open(ThreadLayout.EVENT_LOOP, config,
                SctpAddress.of(InetAddress.getByName(SOURCE), PORT, SctpAddress.DEFAULT_ENCAPSULATION_PORT), false,
                endpoint -> new PacedNode(endpoint, SinkCommand.address(SINK), count, OCTETS,
                    load == Load.SHARING))) {
            end.await(count + " associations", () -> end.node().up() == count);
            final Inbox inbox = new Inbox(InboxConfig.defaults(), end.shard()::wake);
            end.run(() -> end.node().serve(inbox));
            // each association once, and the compilers
            paced(end, load, inbox, Math.max(plan.seconds(), plan.warmUps()));
            // one pause of a process has all its associations asked anew: the median round has none
            final List<EndCost> rounds = new ArrayList<>();
            for (int i = 0; i < plan.rounds(); i++) {
                final EndCost before = sink.cost().plus(cost(end));
                paced(end, load, inbox, plan.seconds());
                rounds.add(sink.cost().plus(cost(end)).minus(before));
            }
            rounds.sort(Comparator.comparingLong(EndCost::cpuNs));
            return rounds.get(rounds.size() / 2);
        }
    }

    private static EndCost cost(final End<PacedNode> end) throws Exception {
        return end.shard().call(() -> EndCost.of(end));
    }

    private static void paced(final End<PacedNode> end, final Load load, final Inbox inbox, final int seconds)
        throws Exception {
        if (load.fromOutside) {
            load.handIn(inbox, seconds * Plan.SECOND_NS);
            return;
        }
        end.run(() -> end.node().begin(load.perSecond, seconds * Plan.SECOND_NS, System.nanoTime()));
        Thread.sleep(1_000L * seconds);
    }
}
