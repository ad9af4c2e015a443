// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Erlang/OTP's megaco as an independent peer: it reads each of our samples in both styles, and we read what it writes
 * of them. One {@code erl} for all. Skipped visibly where there is none; in CI that is a failure.
 */
class ErlangInteropTest {
    @TempDir
    Path folder;

    @Test
    void everySampleThroughErlangAndBack() throws Exception {
        Peers.require("erl");
        for (final Map.Entry<String, MegacoMessage> sample : MegacoSamples.all().entrySet()) {
            for (final TextStyle style : TextStyle.values()) {
                Files.write(file(sample.getKey(), style, ".in"), new MegacoEncoder(style).encode(sample.getValue()));
            }
        }
        runErlang();
        for (final Map.Entry<String, MegacoMessage> sample : MegacoSamples.all().entrySet()) {
            for (final TextStyle style : TextStyle.values()) {
                final Path refused = file(sample.getKey(), style, ".error");
                assertThat(Files.exists(refused) ? Files.readString(refused) : "").as(sample.getKey() + " " + style)
                    .isEmpty();
                assertThat(read(file(sample.getKey(), style, ".pretty"))).as(sample.getKey() + " pretty")
                    .isEqualTo(sample.getValue());
                assertThat(read(file(sample.getKey(), style, ".compact"))).as(sample.getKey() + " compact")
                    .isEqualTo(sample.getValue());
            }
        }
    }

    private Path file(final String name, final TextStyle style, final String suffix) {
        return folder.resolve(name + "-" + style + suffix);
    }

    private static MegacoMessage read(final Path file) throws Exception {
        final byte[] octets = Files.readAllBytes(file);
        return new MegacoDecoder().decode(octets, 0, octets.length);
    }

    private void runErlang() throws IOException, InterruptedException {
        final Path source = folder.resolve("interop.erl");
        try (InputStream in = ErlangInteropTest.class.getResourceAsStream("/megaco/interop.erl")) {
            Files.copy(in, source);
        }
        final Process erl = new ProcessBuilder("erl", "-noshell", "-eval", "{ok, interop} = compile:file(\"interop\"), "
            + "interop:main([\".\"])").directory(folder.toFile()).redirectErrorStream(true)
            .redirectOutput(folder.resolve("erl.log").toFile()).start();
        try {
            assertThat(erl.waitFor(60, TimeUnit.SECONDS)).as("erl ends within a minute").isTrue();
            assertThat(erl.exitValue()).as(Files.readString(folder.resolve("erl.log"))).isZero();
        } finally {
            erl.destroyForcibly();
        }
    }
}
