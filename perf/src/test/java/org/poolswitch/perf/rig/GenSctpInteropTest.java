// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolswitch.perf.Peers;

/**
 * Erlang's gen_sctp, on the guest's kernel: an association that was taken out of a one-to-many socket (peeloff), one
 * that is aborted, and one that says goodbye while messages are on the way; messages of up to 64 KiB on 16 streams.
 */
class GenSctpInteropTest {
    private static final Path OUT = Path.of("target", "interop").toAbsolutePath();
    private static final int MESSAGES = 600;
    /** What the peer still sends before its last goodbye. */
    private static final int LAST = 40;

    @Test
    void agreesWithGenSctp() throws Exception {
        Peers.needGuest();
        Peers.need("erl", "erlang-base");
        Peers.need("ethtool", "ethtool");
        Peers.need("tshark", "tshark");
        Files.createDirectories(OUT);
        final Path rig = Guest.home().resolve("perf/rig");
        final Process build = new ProcessBuilder("erlc", "-o", OUT.toString(),
            rig.resolve("gen-sctp-peer.erl").toString()).redirectErrorStream(true).start();
        final String said = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(build.waitFor()).as("erlc: %s", said).isZero();
        final Guest.Result result = new Guest().withJava().with("OUT", OUT.toString())
            .with("MESSAGES", Integer.toString(MESSAGES)).within(Duration.ofMinutes(8))
            .run(rig.resolve("gen-sctp-guest"));
        for (final String transport : List.of("user", "kernel")) {
            assertThat(result.output().stream().filter(line -> line.startsWith(transport + ": ")))
                .as("%s", result.text()).containsExactly(transport + ": SHUTDOWN after " + MESSAGES,
                    transport + ": PEER_ABORTED after " + MESSAGES,
                    transport + ": SHUTDOWN after " + (MESSAGES + LAST), transport + ": theirs: good");
        }
        assertThat(CaptureJudge.complaints(OUT.resolve("gen-sctp-user.pcap"))).isEmpty();
    }
}
