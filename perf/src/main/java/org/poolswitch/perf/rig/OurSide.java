// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.rig;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.poolswitch.observe.PcapTap;
import org.poolswitch.observe.PcapWriter;
import org.poolswitch.runtime.EventLoopShard;
import org.poolswitch.runtime.ShardConfig;
import org.poolswitch.runtime.ThreadLayout;
import org.poolswitch.sctp.PathState;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.kernel.KernelConfig;
import org.poolswitch.sctp.kernel.KernelSctpEndpoint;
import org.poolswitch.sctp.udp.UdpConfig;
import org.poolswitch.sctp.udp.UdpSctpEndpoint;

/** Our transport with a {@link PatternNode} on it, as a node's process has it, and its packets in a file. */
final class OurSide implements AutoCloseable {
    /** Octets of a capture: a whole run of 100,000 messages each way, with room for what is sent twice. */
    static final long CAPTURE_LIMIT = 128L << 20;

    private static final int OUR_PORT = 5001;

    private final EventLoopShard shard;
    private final PcapWriter pcap;
    private PatternNode node;

    private OurSide(final EventLoopShard shard, final PcapWriter pcap) {
        this.shard = shard;
        this.pcap = pcap;
    }

    /**
     * Opens the endpoint and, if we are not the listener, connects.
     *
     * @param paths   1 or 2
     * @param capture where packets go that travel over UDP; the kernel's are caught at the interface
     */
    static OurSide start(final InteropCase run, final int paths, final int messages, final int streams,
        final Path capture) throws Exception {
        final EventLoopShard shard = EventLoopShard.open(ThreadLayout.EVENT_LOOP, ShardConfig.defaults(), "ours");
        final boolean overUdp = run.peer().overUdp();
        final OurSide side = new OurSide(shard, overUdp ? PcapWriter.create(capture, CAPTURE_LIMIT) : null);
        try {
            final SctpAddress local = new SctpAddress(RigNetwork.hosts(true, paths), OUR_PORT, 0);
            final SctpEndpoint endpoint = open(shard, side.pcap, SctpConfig.carrier(), local, run.listening());
            final SctpAddress remote = run.listening() ? null : new SctpAddress(RigNetwork.hosts(false, paths),
                TheirSide.SCTP_PORT, overUdp ? SctpAddress.DEFAULT_ENCAPSULATION_PORT : 0);
            side.node = new PatternNode(endpoint, remote, messages, streams);
            if (run.condition() == Condition.PATH_CUT) {
                side.node.keepLast();
            }
            shard.start(endpoint, side.node);
            return side;
        } catch (final Exception e) {
            side.close();
            throw e;
        }
    }

    /** @param pcap where packets go that travel over UDP, or null for the kernel's SCTP */
    static SctpEndpoint open(final EventLoopShard shard, final PcapWriter pcap, final SctpConfig config,
        final SctpAddress local, final boolean listening) throws IOException {
        return pcap == null ? KernelSctpEndpoint.open(shard, KernelConfig.defaults(), config, local, listening)
            : UdpSctpEndpoint.open(shard, UdpConfig.defaults(), config, local, listening, new SecureRandom(),
                new PcapTap(pcap, true));
    }

    /** Waits until this path was not as good as it should be, or for so long: the kernel's timers are its own. */
    void awaitPathDown(final InetAddress host, final long seconds) throws InterruptedException {
        final long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (node.worstPathStates().getOrDefault(host, PathState.ACTIVE).compareTo(PathState.POTENTIALLY_FAILED) < 0
            && System.nanoTime() - until < 0) {
            Thread.sleep(20);
        }
    }

    /** What was kept back may go. */
    void letGo() throws Exception {
        shard.call(() -> {
            node.letGo(shard.beginInput());
            shard.endInput();
            return null;
        });
    }

    PatternNode node() {
        return node;
    }

    @Override
    public void close() throws IOException {
        shard.close();
        // a broken invariant throws here
        shard.termination().orTimeout(10, TimeUnit.SECONDS).join();
        if (pcap != null) {
            pcap.close();
        }
    }
}
