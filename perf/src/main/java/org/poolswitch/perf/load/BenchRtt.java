// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.poolswitch.launch.ConfigException;
import org.poolswitch.observe.PacketTap;
import org.poolswitch.runtime.EventLoopShard;
import org.poolswitch.runtime.ShardConfig;
import org.poolswitch.runtime.ThreadLayout;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.udp.UdpConfig;
import org.poolswitch.sctp.udp.UdpSctpEndpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code poolswitch bench rtt}: an echo through user-space SCTP beside a plain UDP echo, same two processes, same
 * run.
 */
@Command(name = "rtt", mixinStandardHelpOptions = true,
    description = "Round trip of an echo through user-space SCTP, next to a plain UDP echo between the same processes.")
public final class BenchRtt implements Callable<Integer> {
    private static final String SERVER = "127.0.9.50";
    private static final String CLIENT = "127.0.9.51";
    /** SCTP port of the echo. */
    public static final int SCTP_PORT = 7;
    /** UDP port of the floor. */
    public static final int FLOOR_PORT = 9898;
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};
    private static final int WARM_UP_RATE = 15_000;
    private static final int WARM_UP_ROUNDS = 4;
    private static final long SECOND_NS = 1_000_000_000L;

    @Option(names = "--octets", paramLabel = "N", defaultValue = "128",
        description = "Message size (default: ${DEFAULT-VALUE}).")
    private int octets;

    @Option(names = "--rate", paramLabel = "PER_SECOND", defaultValue = "2000",
        description = "Messages a second, open loop (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5",
        description = "Rounds of one second each way, after four at a higher rate to warm up (default: "
            + "${DEFAULT-VALUE}).")
    private int rounds;

    @Override
    public Integer call() throws Exception {
        if (octets < 8 || octets > 1300 || rate < 1 || rate > 100_000 || rounds < 1) {
            throw new ConfigException("--octets is 8 to 1300, --rate 1 to 100000, --rounds 1 or more");
        }
        final InetAddress server = InetAddress.getByName(SERVER);
        final Process child = EchoCommand.start(SERVER);
        try {
            measure(server);
            return 0;
        } finally {
            child.destroyForcibly();
        }
    }

    private void measure(final InetAddress server) throws Exception {
        final Histogram udp = new Histogram(SECOND_NS * 60, 3);
        final Histogram sctp = new Histogram(SECOND_NS * 60, 3);
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            if (round == 0) {
                udp.reset();
                sctp.reset();
            }
            // compilers need some tens of thousands of messages before they have made the code that a node runs on
            final int perSecond = round < 0 ? Math.max(rate, WARM_UP_RATE) : rate;
            UdpFloor.measure(new InetSocketAddress(server, FLOOR_PORT), octets, udp, perSecond, SECOND_NS);
            measureSctp(server, perSecond, sctp);
        }
        print(udp, sctp);
    }

    /** A thread and an association for one round: while UDP is measured, nothing of SCTP spins beside it. */
    private void measureSctp(final InetAddress server, final int perSecond, final Histogram into) throws Exception {
        final EventLoopShard shard = EventLoopShard.open(ThreadLayout.DEDICATED, ShardConfig.defaults(), "rtt");
        try {
            final UdpSctpEndpoint endpoint = UdpSctpEndpoint.open(shard, UdpConfig.defaults(), SctpConfig.carrier(),
                SctpAddress.of(InetAddress.getByName(CLIENT), SCTP_PORT, SctpAddress.DEFAULT_ENCAPSULATION_PORT),
                false, new SecureRandom(), PacketTap.NONE);
            final EchoCaller caller = new EchoCaller(endpoint,
                SctpAddress.of(server, SCTP_PORT, SctpAddress.DEFAULT_ENCAPSULATION_PORT), octets);
            shard.start(endpoint, caller);
            while (!shard.call(caller::isUp)) {
                Thread.sleep(1);
            }
            shard.call(() -> {
                caller.begin(into, perSecond, SECOND_NS, System.nanoTime());
                shard.wake();
                return null;
            });
            while (!shard.call(caller::isDone)) {
                Thread.sleep(20);
            }
        } finally {
            shard.close();
            shard.termination().join();
        }
    }

    private void print(final Histogram udp, final Histogram sctp) {
        System.out.printf(Locale.ROOT, "echo of %d octets, %d per second, open loop, microseconds%n", octets, rate);
        System.out.printf("%-28s %10s %10s %10s%n", "", "plain UDP", "SCTP", "ratio");
        for (final double p : PERCENTILES) {
            final double floor = udp.getValueAtPercentile(p) / 1e3;
            final double ours = sctp.getValueAtPercentile(p) / 1e3;
            System.out.printf(Locale.ROOT, "%-28s %10.1f %10.1f %10.2f%n", p == 100 ? "max" : "p" + trim(p), floor,
                ours,
                ours / floor);
        }
        System.out.printf(Locale.ROOT, "%-28s %10d %10d%n", "echoes", udp.getTotalCount(), sctp.getTotalCount());
        System.out.println("client spins, server sleeps between messages, in both");
    }

    private static String trim(final double p) {
        return p == Math.rint(p) ? Long.toString((long) p) : Double.toString(p);
    }
}
