// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.List;
import org.poolswitch.observe.PacketTap;
import org.poolswitch.perf.micro.CorePair;
import org.poolswitch.runtime.EventLoopShard;
import org.poolswitch.runtime.ShardConfig;
import org.poolswitch.runtime.ThreadLayout;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.udp.UdpConfig;
import org.poolswitch.sctp.udp.UdpSctpEndpoint;

/** (d) What a message costs, and an idle association holds, as associations grow. */
final class ManyAssociations {
    private static final int[] COUNTS = {1, 100, 10_000};
    private static final int OCTETS = 128;
    private static final int RATE = 20_000;
    private static final String SINK = "127.0.9.64";
    private static final String SOURCE = "127.0.9.65";

    private final BenchReport report;
    private final int seconds;

    ManyAssociations(final BenchReport report, final int seconds) {
        this.report = report;
        this.seconds = seconds;
    }

    void run() throws Exception {
        report.table("(d) as associations grow: one message of 128 octets a packet, each association in turn",
            List.of("ns in memory", "CPU us, UDP", "ratio, UDP", "octets idle"));
        double first = 0;
        for (final int count : COUNTS) {
            final double inMemory = inMemory(count);
            final double udp = overUdp(count);
            first = first == 0 ? udp : first;
            report.row(BenchReport.number(count, 0) + " associations", List.of(BenchReport.number(inMemory, 0),
                BenchReport.number(udp, 2), BenchReport.number(udp / first, 2),
                count == 1 ? "" : BenchReport.number(idleOctets(count), 0)));
        }
        report.note("in memory: both ends on one thread, no socket. UDP: CPU time of both processes at "
            + BenchReport.number(RATE, 0) + " messages/s, less what they use while idle (10,000 idle associations "
            + "ask each other every HB.interval)");
        report.note("idle: heap per association and end, all of its records included");
    }

    private double inMemory(final int count) {
        final CorePair pair = new CorePair(count, OCTETS);
        final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double best = Double.MAX_VALUE;
        for (int run = 0; run < 3; run++) {
            final int messages = 300_000;
            final long begin = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < messages; i++) {
                pair.send();
                pair.settle(500);
            }
            best = Math.min(best, (threads.getCurrentThreadCpuTime() - begin) / (double) messages);
        }
        return best;
    }

    private static double idleOctets(final int count) {
        final long before = usedHeap();
        final CorePair pair = new CorePair(count, OCTETS);
        final long after = usedHeap();
        if (pair.received() != 0) {
            throw new IllegalStateException("idle associations do not talk");
        }
        return (after - before) / 2.0 / count;
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** CPU time of both ends per message, in microseconds. */
    private double overUdp(final int count) throws Exception {
        try (ChildProcess sink = ChildProcess.java(SinkCommand.READY, "sctp-sink", "--address", SINK)) {
            final EventLoopShard shard = EventLoopShard.open(ThreadLayout.EVENT_LOOP, ShardConfig.defaults(), "many");
            try {
                final UdpSctpEndpoint endpoint = UdpSctpEndpoint.open(shard, UdpConfig.defaults(),
                    SinkCommand.config("carrier", ""), SctpAddress.of(InetAddress.getByName(SOURCE), 2906,
                        SctpAddress.DEFAULT_ENCAPSULATION_PORT), false, new SecureRandom(), PacketTap.NONE);
                final PacedNode node = new PacedNode(endpoint, SinkCommand.address(SINK), count, OCTETS);
                shard.start(endpoint, node);
                while (shard.call(node::up) < count) {
                    Thread.sleep(5);
                }
                final CpuClock clock = new CpuClock(sink.pid());
                paced(shard, node, seconds);
                final double idle = clock.during(() -> Thread.sleep(1_000L * seconds));
                final double busy = clock.during(() -> paced(shard, node, seconds));
                return Math.max(0, busy - idle) * 1e6 / ((double) RATE * seconds);
            } finally {
                shard.close();
                shard.termination().join();
            }
        }
    }

    private static void paced(final EventLoopShard shard, final PacedNode node, final int seconds) throws Exception {
        shard.call(() -> {
            node.begin(RATE, 1_000_000_000L * seconds, System.nanoTime());
            shard.wake();
            return null;
        });
        Thread.sleep(1_000L * seconds);
    }
}
