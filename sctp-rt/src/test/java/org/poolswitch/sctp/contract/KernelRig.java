// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.kernel.KernelConfig;
import org.poolswitch.sctp.kernel.KernelSctpEndpoint;

/**
 * Peers on the kernel's SCTP. With one address they talk over the loopback interface; with two over two pairs of veth
 * interfaces, a0-z0 and a1-z1, that {@code perf/rig/kernel-contract-guest} makes and lays routes over.
 */
final class KernelRig extends LoopRig {
    /** Set inside the guest, where a test may break the network. */
    static final String IN_GUEST = "POOLSWITCH_IN_GUEST";

    private static final AtomicInteger NEXT_PORT = new AtomicInteger(20_000);

    private final InetAddress host = InetAddress.getLoopbackAddress();
    private final TreeSet<String> broken = new TreeSet<>();

    static boolean inGuest() {
        return System.getenv(IN_GUEST) != null;
    }

    /** The address at one end of a path: a is the client's, z the listener's. */
    static InetAddress host(final char end, final int path) throws IOException {
        return InetAddress.getByName("10." + (path + 1) + ".0." + (end == 'a' ? 1 : 2));
    }

    /** A peer with these addresses. */
    TestPeer open(final String name, final boolean listening, final List<InetAddress> hosts) throws Exception {
        return start(name, shard -> KernelSctpEndpoint.open(shard, KernelConfig.defaults(),
            new SctpAddress(hosts, nextPort(), 0), listening));
    }

    /** A port that no other test of this process has used. */
    static int nextPort() {
        return NEXT_PORT.getAndIncrement();
    }

    @Override
    public TestPeer listener() throws Exception {
        return open("listener", true, List.of(host));
    }

    @Override
    public TestPeer client() throws Exception {
        return open("client", false, List.of(host));
    }

    @Override
    public SctpAddress nobody() {
        return SctpAddress.of(host, nextPort(), 0);
    }

    @Override
    public boolean canKill() {
        return inGuest();
    }

    /** A process that dies says goodbye through its kernel; only a silent network does not. */
    @Override
    public void kill(final TestPeer peer) throws Exception {
        lose("lo");
    }

    @Override
    public boolean canMultiHome() {
        return inGuest();
    }

    @Override
    public TestPeer pathListener() throws Exception {
        return open("listener", true, List.of(host('z', 0), host('z', 1)));
    }

    @Override
    public TestPeer pathClient() throws Exception {
        return open("client", false, List.of(host('a', 0), host('a', 1)));
    }

    @Override
    public boolean canCutPath() {
        return inGuest();
    }

    @Override
    public void cutPath(final int path) throws Exception {
        lose("a" + path, "z" + path);
    }

    @Override
    public void healPath(final int path) throws Exception {
        carry("a" + path, "z" + path);
    }

    @Override
    public long carriedOctets(final int path) throws IOException {
        long sum = 0;
        for (final String file : List.of("tx_bytes", "rx_bytes")) {
            sum += Long.parseLong(Files.readString(Path.of("/sys/class/net/a" + path + "/statistics", file)).trim());
        }
        return sum;
    }

    /** Everything that leaves through these interfaces is lost. */
    void lose(final String... devices) throws IOException, InterruptedException {
        tc("qdisc add dev %s root netem loss 100%%%n", devices);
        broken.addAll(List.of(devices));
    }

    /** The interfaces carry packets again. */
    void carry(final String... devices) throws IOException, InterruptedException {
        broken.removeAll(List.of(devices));
        tc("qdisc del dev %s root%n", devices);
    }

    private static void tc(final String line, final String... devices) throws IOException, InterruptedException {
        final Process tc = new ProcessBuilder("tc", "-batch", "-").redirectErrorStream(true).start();
        try (var in = tc.getOutputStream()) {
            for (final String device : devices) {
                in.write(String.format(line, device).getBytes(StandardCharsets.US_ASCII));
            }
        }
        final String said = new String(tc.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        if (!tc.waitFor(10, TimeUnit.SECONDS) || tc.exitValue() != 0) {
            throw new IOException("tc: " + said);
        }
    }

    @Override
    public void close() throws Exception {
        if (!broken.isEmpty()) {
            carry(broken.toArray(String[]::new));
        }
        super.close();
    }
}
