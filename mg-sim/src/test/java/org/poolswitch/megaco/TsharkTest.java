// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wireshark's dissector judges every sample in both styles, wrapped into SCTP with H.248's payload protocol. */
class TsharkTest {
    @TempDir
    Path folder;

    @Test
    void everySampleIsMegacoAndNothingIsMalformed() throws Exception {
        Peers.require("text2pcap");
        Peers.require("tshark");
        final StringBuilder dump = new StringBuilder();
        int packets = 0;
        final Map<String, MegacoMessage> samples = MegacoSamples.all();
        samples.keySet().removeAll(MegacoSamples.UNKNOWN_TO_TSHARK);
        for (final MegacoMessage message : samples.values()) {
            for (final TextStyle style : TextStyle.values()) {
                dump(dump, new MegacoEncoder(style).encode(message));
                packets++;
            }
        }
        Files.writeString(folder.resolve("samples.txt"), dump);
        run("text2pcap.log", "text2pcap", "-q", "-S", "2944,2944,7", "samples.txt", "samples.pcap");
        final List<String> transactions = run("all.log", "tshark", "-r", "samples.pcap", "-Y", "megaco.version == 1",
            "-T", "fields", "-e", "frame.number");
        assertThat(transactions).hasSize(packets);
        assertThat(run("bad.log", "tshark", "-r", "samples.pcap", "-Y",
            "_ws.malformed || _ws.expert.severity >= 0x600000 || megaco.parse_error")).isEmpty();
    }

    private static void dump(final StringBuilder out, final byte[] octets) {
        for (int i = 0; i < octets.length; i++) {
            if (i % 16 == 0) {
                out.append(String.format("%s%06x", i == 0 ? "" : "\n", i));
            }
            out.append(String.format(" %02x", octets[i]));
        }
        out.append("\n\n");
    }

    private List<String> run(final String log, final String... command) throws Exception {
        final Process process = new ProcessBuilder(command).directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD).redirectOutput(folder.resolve(log).toFile()).start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(command[0] + " ends within a minute").isTrue();
            assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(folder.resolve(log));
    }
}
