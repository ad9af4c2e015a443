// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolswitch.perf.Peers;

/**
 * RFC 9260 section 5.2 with usrsctp and the Linux kernel, which call from the port that we call. A peer is killed so
 * that we do not hear of it, and its next process calls while our association stands: that one ends with
 * PEER_RESTARTED, what it had not delivered comes back, and the new one carries messages. And a peer whose INIT meets
 * ours: one association comes of both.
 */
class FixedPortInteropTest {
    private static final Path OUT = Path.of("target", "interop").toAbsolutePath();
    private static final int MESSAGES = 500;

    private static void build(final String program, final String... libraries) throws Exception {
        final List<String> gcc = new ArrayList<>(List.of("gcc", "-O2", "-o", OUT.resolve(program).toString(),
            Guest.home().resolve("perf/rig").resolve(program + ".c").toString()));
        gcc.addAll(List.of(libraries));
        final Process process = new ProcessBuilder(gcc).redirectErrorStream(true).start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("gcc: %s", said).isZero();
    }

    @Test
    void peersRestartAndCollide() throws Exception {
        Peers.needGuest();
        Peers.need("ethtool", "ethtool");
        Peers.need("tshark", "tshark");
        Peers.need("gcc", "gcc libc6-dev libusrsctp-dev");
        Files.createDirectories(OUT);
        build("usrsctp-peer", "-lusrsctp", "-lpthread");
        build("kernel-peer", "-lpthread");
        final Guest.Result result = new Guest().withJava().with("OUT", OUT.toString())
            .with("PROGRAMS", OUT.toString()).with("MESSAGES", Integer.toString(MESSAGES))
            .within(Duration.ofMinutes(4)).run(Guest.home().resolve("perf/rig/fixed-port-guest"));
        for (final String kind : List.of("usrsctp", "kernel-udp", "kernel")) {
            assertThat(said(result, kind + " restart: ")).as("%s", result.text()).containsExactly("ready",
                "up, its port is 5000", "PEER_RESTARTED, what came is good, the rest came back",
                "up, its port is 5000", "SHUTDOWN, what came is good, nothing came back", "theirs: good");
            assertThat(said(result, kind + " collision: ")).as("%s", result.text()).containsExactly("ready",
                "up, its port is 5000", "SHUTDOWN, what came is good, nothing came back", "theirs: good");
        }
        for (final String kind : List.of("usrsctp", "kernel-udp")) {
            for (final String part : List.of("restart", "collision")) {
                assertThat(CaptureJudge.complaints(OUT.resolve("fixed-port-" + kind + "-" + part + ".pcap")))
                    .as("%s %s", kind, part).isEmpty();
            }
        }
    }

    /** Without the lines of our log, which begin with the time. */
    private static List<String> said(final Guest.Result result, final String begin) {
        return result.output().stream().filter(line -> line.startsWith(begin))
            .map(line -> line.substring(begin.length())).filter(line -> !Character.isDigit(line.charAt(0))).toList();
    }
}
