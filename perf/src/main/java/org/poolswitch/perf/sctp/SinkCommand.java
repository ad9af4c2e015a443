// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.poolswitch.perf.load.BenchRtt;
import org.poolswitch.perf.load.UdpFloor;
import org.poolswitch.runtime.ThreadLayout;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The far end of {@code bench sctp}: counts what it is sent, or sends it back (then plain UDP too), until its standard
 * input ends. A line there asks for something: {@code cost}, see {@link EndCost}; {@code heap}, octets in use after a
 * collection.
 */
@Command(name = "sctp-sink", hidden = true, description = "The far end of 'bench sctp'.")
public final class SinkCommand implements Callable<Integer> {
    static final String READY = "sink ready";
    static final int PORT = 2905;

    @Option(names = "--address", required = true, split = ",")
    private String[] addresses;

    @Option(names = "--settings", defaultValue = "")
    private String settings;

    @Option(names = "--profile", defaultValue = "carrier")
    private String profile;

    @Option(names = "--echo")
    private boolean echo;

    /** The settings that both ends use. */
    static SctpConfig config(final String profile, final String settings) {
        return SctpSettings.apply(profile.equals("rfc") ? SctpConfig.rfc() : SctpConfig.carrier(), settings);
    }

    static SctpAddress address(final String... hosts) throws Exception {
        final List<InetAddress> list = new ArrayList<>();
        for (final String host : hosts) {
            list.add(InetAddress.getByName(host));
        }
        return new SctpAddress(list, PORT, SctpAddress.DEFAULT_ENCAPSULATION_PORT);
    }

    /** Octets of the heap in use, after a collection. */
    static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** CPU time of the calling thread. */
    static long threadCpuNs() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    @Override
    public Integer call() throws Exception {
        try (End<SinkNode> end = End.open(ThreadLayout.EVENT_LOOP, config(profile, settings), address(addresses), true,
            endpoint -> new SinkNode(endpoint, echo))) {
            if (echo) {
                UdpFloor.serve(new InetSocketAddress(InetAddress.getByName(addresses[0]), BenchRtt.FLOOR_PORT));
            }
            System.out.println(READY);
            final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(line + " " + switch (line) {
                    case "cost" -> end.shard().call(() -> EndCost.of(end).text());
                    case "heap" -> usedHeap();
                    default -> 0;
                });
            }
            return 0;
        }
    }
}
