// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.rig;

import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.poolswitch.observe.PcapTap;
import org.poolswitch.observe.PcapWriter;
import org.poolswitch.perf.load.EchoNode;
import org.poolswitch.runtime.EventLoopShard;
import org.poolswitch.runtime.ShardConfig;
import org.poolswitch.runtime.ThreadLayout;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.UndeliveredMessage;
import org.poolswitch.sctp.kernel.KernelConfig;
import org.poolswitch.sctp.kernel.KernelSctpEndpoint;
import org.poolswitch.sctp.udp.UdpConfig;
import org.poolswitch.sctp.udp.UdpSctpEndpoint;

/**
 * Our side of {@link GenSctpInteropTest}, inside the guest: calls the peer once, is called twice, echoes, and tells how
 * each association ended.
 */
public final class GenSctpSide extends EchoNode {
    private static final int ASSOCIATIONS = 3;
    private static final long SECONDS = 150;

    private final SctpAddress remote;
    private final String name;
    private final Map<Integer, Integer> echoed = new HashMap<>();
    private final CountDownLatch ends = new CountDownLatch(ASSOCIATIONS);

    private GenSctpSide(final SctpEndpoint endpoint, final SctpAddress remote, final String name) {
        super(endpoint);
        this.remote = remote;
        this.name = name;
    }

    @Override
    public void onStart(final long nowNs) {
        endpoint().connect(remote, nowNs);
    }

    @Override
    public void onMessage(final int association, final int stream, final int ppid, final boolean unordered,
        final byte[] buffer, final int offset, final int length, final long nowNs) {
        echoed.merge(association, 1, Integer::sum);
        super.onMessage(association, stream, ppid, unordered, buffer, offset, length, nowNs);
    }

    @Override
    public void onAssociationDown(final int association, final DownCause cause,
        final List<UndeliveredMessage> undelivered, final long nowNs) {
        System.out.println(name + ": " + cause + " after " + echoed.getOrDefault(association, 0));
        ends.countDown();
    }

    /** {@code user} or {@code kernel}, and the file for what travels over UDP. */
    public static void main(final String[] args) throws Exception {
        final boolean user = args[0].equals("user");
        final int udpPort = user ? SctpAddress.DEFAULT_ENCAPSULATION_PORT : 0;
        final SctpAddress local = SctpAddress.of(InetAddress.getByName("10.72.0.1"), 5000, udpPort);
        final SctpAddress remote = SctpAddress.of(InetAddress.getByName("10.72.0.2"), 6000, udpPort);
        final EventLoopShard shard = EventLoopShard.open(ThreadLayout.EVENT_LOOP, ShardConfig.defaults(), "ours");
        try (PcapWriter pcap = PcapWriter.create(Path.of(args[1]), OurSide.CAPTURE_LIMIT)) {
            final SctpEndpoint endpoint = user
                ? UdpSctpEndpoint.open(shard, UdpConfig.defaults(), SctpConfig.carrier(), local, true,
                    new SecureRandom(), new PcapTap(pcap, true))
                : KernelSctpEndpoint.open(shard, KernelConfig.defaults(), local, true);
            final GenSctpSide node = new GenSctpSide(endpoint, remote, args[0]);
            shard.start(endpoint, node);
            if (!node.ends.await(SECONDS, TimeUnit.SECONDS)) {
                System.out.println(args[0] + ": not all associations ended");
            }
            shard.close();
            shard.termination().orTimeout(10, TimeUnit.SECONDS).join();
        }
    }
}
