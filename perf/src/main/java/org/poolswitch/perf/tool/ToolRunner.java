// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.tool;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.poolswitch.launch.CaptureFile;
import org.poolswitch.launch.ConfigException;
import org.poolswitch.launch.LogOutput;
import org.poolswitch.observe.PacketTap;
import org.poolswitch.observe.PcapTap;
import org.poolswitch.observe.PcapWriter;
import org.poolswitch.runtime.EventLoopShard;
import org.poolswitch.runtime.NodeMachine;
import org.poolswitch.runtime.ShardConfig;
import org.poolswitch.runtime.ThreadLayout;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.kernel.KernelConfig;
import org.poolswitch.sctp.kernel.KernelSctpEndpoint;
import org.poolswitch.sctp.udp.UdpConfig;
import org.poolswitch.sctp.udp.UdpSctpEndpoint;

/** Runs a machine that only calls others until it says that it is done. */
final class ToolRunner {
    /** Ports for clients (RFC 6335 section 6). */
    private static final int FIRST_DYNAMIC_PORT = 49152;

    private ToolRunner() {
    }

    /**
     * Runs it.
     *
     * @param first the peer that decides from which own address
     * @param make  makes the machine on its endpoint; the given action ends the run, from the machine's own thread
     */
    static void run(final ToolOptions options, final SctpAddress first, final Maker make) throws Exception {
        LogOutput.level(options.logLevel);
        final PcapWriter pcap = options.pcap == null ? null : CaptureFile.create(options.pcap);
        final CountDownLatch over = new CountDownLatch(1);
        final EventLoopShard shard = EventLoopShard.open(ThreadLayout.EVENT_LOOP, ShardConfig.defaults(), "tool");
        try {
            final SctpEndpoint endpoint = open(options, first, shard, pcap);
            shard.start(endpoint, make.apply(endpoint).apply(over::countDown));
            shard.termination().whenComplete((nothing, error) -> over.countDown());
            over.await();
        } finally {
            shard.close();
            shard.termination().handle((nothing, error) -> null).join();
            if (pcap != null) {
                pcap.close();
            }
        }
    }

    /** Makes a machine on an endpoint, then with what ends its run. */
    interface Maker extends Function<SctpEndpoint, Function<Runnable, NodeMachine>> {
    }

    private static SctpEndpoint open(final ToolOptions options, final SctpAddress first, final EventLoopShard shard,
        final PcapWriter pcap) throws ConfigException {
        final SecureRandom random = new SecureRandom();
        // two tools on one host must not look like one that started again: same address, same port
        final int port = FIRST_DYNAMIC_PORT + random.nextInt(65536 - FIRST_DYNAMIC_PORT);
        final SctpAddress local = new SctpAddress(options.hosts(first), port,
            options.kernel() ? 0 : options.encapsulationPort);
        final PacketTap tap = pcap == null ? PacketTap.NONE : new PcapTap(pcap, false);
        try {
            return options.kernel()
                ? KernelSctpEndpoint.open(shard, KernelConfig.defaults(), SctpConfig.carrier(), local, false)
                : UdpSctpEndpoint.open(shard, UdpConfig.withPort(options.encapsulationPort), SctpConfig.carrier(),
                    local, false, random, tap);
        } catch (final IOException e) {
            throw new ConfigException(e.getMessage());
        }
    }
}
