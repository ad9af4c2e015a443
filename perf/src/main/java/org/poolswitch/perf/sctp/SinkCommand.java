// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.poolswitch.observe.PacketTap;
import org.poolswitch.runtime.EventLoopShard;
import org.poolswitch.runtime.ShardConfig;
import org.poolswitch.runtime.ThreadLayout;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpSettings;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.udp.UdpConfig;
import org.poolswitch.sctp.udp.UdpSctpEndpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The far end of {@code bench sctp}: counts what it is sent, or sends it back, until its parent ends. */
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

    @Option(names = "--exit-with", required = true)
    private long parent;

    /** The settings that both ends use. */
    static SctpConfig config(final String profile, final String settings) {
        return SctpSettings.apply(profile.equals("rfc") ? SctpConfig.rfc() : SctpConfig.carrier(), settings);
    }

    static SctpAddress address(final String... hosts) throws Exception {
        final java.util.List<InetAddress> list = new java.util.ArrayList<>();
        for (final String host : hosts) {
            list.add(InetAddress.getByName(host));
        }
        return new SctpAddress(list, PORT, SctpAddress.DEFAULT_ENCAPSULATION_PORT);
    }

    @Override
    public Integer call() throws Exception {
        final EventLoopShard shard = EventLoopShard.open(ThreadLayout.EVENT_LOOP, ShardConfig.defaults(), "sink");
        final UdpSctpEndpoint endpoint = UdpSctpEndpoint.open(shard, UdpConfig.defaults(), config(profile, settings),
            address(addresses), true, new SecureRandom(), PacketTap.NONE);
        shard.start(endpoint, new SinkNode(endpoint, echo));
        System.out.println(READY);
        ProcessHandle.of(parent).ifPresent(p -> p.onExit().join());
        return 0;
    }
}
