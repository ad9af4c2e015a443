// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.poolswitch.observe.PcapTap;
import org.poolswitch.observe.PcapWriter;
import org.poolswitch.perf.Peers;
import org.poolswitch.perf.load.EchoNode;
import org.poolswitch.runtime.EventLoopShard;
import org.poolswitch.runtime.ShardConfig;
import org.poolswitch.runtime.ThreadLayout;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.UndeliveredMessage;
import org.poolswitch.sctp.udp.UdpConfig;
import org.poolswitch.sctp.udp.UdpSctpEndpoint;

/**
 * pion/sctp, the SCTP of a WebRTC stack in Go, over UDP on loopback, both ways round: it sends, we echo, it judges
 * every echo and says SHUTDOWN; tshark judges the packets.
 */
class PionInteropTest {
    private static final Path OUT = Path.of("target", "interop");
    private static final String HOST = "127.73.0.";
    /** pion/sctp knows no other. */
    private static final int SCTP_PORT = 5000;
    private static final int UDP_PORT = SctpAddress.DEFAULT_ENCAPSULATION_PORT;
    private static final int MESSAGES = 20_000;

    /** Echoes, and tells how the association ended. */
    private static final class Echo extends EchoNode {
        private final SctpAddress remote;
        private final CompletableFuture<DownCause> down = new CompletableFuture<>();

        Echo(final SctpEndpoint endpoint, final SctpAddress remote) {
            super(endpoint);
            this.remote = remote;
        }

        @Override
        public void onStart(final long nowNs) {
            if (remote != null) {
                endpoint().connect(remote, nowNs);
            }
        }

        @Override
        public void onAssociationDown(final int association, final DownCause cause,
            final List<UndeliveredMessage> undelivered, final long nowNs) {
            down.complete(cause);
        }
    }

    @BeforeAll
    static void build() throws Exception {
        Peers.need("go", "golang-go golang-github-pion-sctp-dev");
        Peers.need("tshark", "tshark");
        Files.createDirectories(OUT);
        final ProcessBuilder go = new ProcessBuilder("go", "build", "-o", program(),
            Path.of("rig", "pion-peer.go").toAbsolutePath().toString()).redirectErrorStream(true);
        go.environment().put("GO111MODULE", "off");
        go.environment().put("GOPATH", "/usr/share/gocode");
        final Process build = go.start();
        final String said = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(build.waitFor()).as("go build: %s", said).isZero();
    }

    private static String program() {
        return OUT.resolve("pion-peer").toAbsolutePath().toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "listen"})
    void agreesWithPion(final String role) throws Exception {
        final boolean weListen = role.equals("connect");
        final int base = weListen ? 1 : 3;
        final Path capture = OUT.resolve("pion-" + role + ".pcap");
        final EventLoopShard shard = EventLoopShard.open(ThreadLayout.EVENT_LOOP, ShardConfig.defaults(), "ours");
        try (PcapWriter pcap = PcapWriter.create(capture, OurSide.CAPTURE_LIMIT)) {
            final SctpEndpoint endpoint = UdpSctpEndpoint.open(shard, UdpConfig.defaults(), SctpConfig.carrier(),
                address(base), weListen, new SecureRandom(), new PcapTap(pcap, true));
            final Echo echo = new Echo(endpoint, weListen ? null : address(base + 1));
            final Process peer = new ProcessBuilder(program(), role, HOST + (base + 1) + ":" + UDP_PORT,
                HOST + base + ":" + UDP_PORT, Integer.toString(MESSAGES)).redirectErrorStream(true).start();
            try (BufferedReader said = peer.inputReader()) {
                assertThat(said.readLine()).isEqualTo("ready");
                shard.start(endpoint, echo);
                assertThat(said.readLine()).isEqualTo("good " + MESSAGES);
                assertThat(peer.waitFor()).isZero();
                assertThat(echo.down.get(60, TimeUnit.SECONDS)).isEqualTo(DownCause.SHUTDOWN);
            } finally {
                peer.destroyForcibly();
                shard.close();
                shard.termination().orTimeout(10, TimeUnit.SECONDS).join();
            }
        }
        assertThat(CaptureJudge.complaints(capture)).isEmpty();
    }

    private static SctpAddress address(final int host) throws Exception {
        return SctpAddress.of(InetAddress.getByName(HOST + host), SCTP_PORT, UDP_PORT);
    }
}
