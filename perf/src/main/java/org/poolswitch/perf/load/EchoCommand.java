// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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

/** The far end of {@code bench rtt}: echoes plain UDP and user-space SCTP until its parent ends. */
@Command(name = "echo", hidden = true, description = "The far end of 'bench rtt'.")
public final class EchoCommand implements Callable<Integer> {
    private static final String READY = "echo ready";

    @Option(names = "--address", required = true)
    private String address;

    @Option(names = "--exit-with", required = true)
    private long parent;

    /** Starts it as a process and waits until it is ready. */
    public static Process start(final String address) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.poolswitch.perf.Main", "echo",
            "--address", address, "--exit-with", Long.toString(ProcessHandle.current().pid())));
        final Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        final BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream()));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.equals(READY)) {
                return process;
            }
        }
        throw new IOException("the echo process ended before it was ready");
    }

    @Override
    public Integer call() throws Exception {
        final InetAddress host = InetAddress.getByName(address);
        final EventLoopShard shard = EventLoopShard.open(ThreadLayout.EVENT_LOOP, ShardConfig.defaults(), "echo");
        final UdpSctpEndpoint endpoint = UdpSctpEndpoint.open(shard, UdpConfig.defaults(), SctpConfig.carrier(),
            SctpAddress.of(host, BenchRtt.SCTP_PORT, SctpAddress.DEFAULT_ENCAPSULATION_PORT), true, new SecureRandom(),
            PacketTap.NONE);
        shard.start(endpoint, new EchoNode(endpoint));
        UdpFloor.serve(new InetSocketAddress(host, BenchRtt.FLOOR_PORT));
        System.out.println(READY);
        ProcessHandle.of(parent).ifPresent(p -> p.onExit().join());
        return 0;
    }
}
