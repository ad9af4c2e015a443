// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of others that judge our octets. Missing ones are skipped visibly, and a failure where CI is set. */
final class Tools {
    private Tools() {
    }

    /** Skips the test if a program is not installed. */
    static void require(final String... names) {
        for (final String name : names) {
            boolean found = false;
            for (final String folder : System.getenv("PATH").split(File.pathSeparator)) {
                found |= Files.isExecutable(Path.of(folder, name));
            }
            if (!found && "true".equals(System.getenv("CI"))) {
                throw new AssertionError(name + " must be installed where CI=true");
            } else if (!found) {
                abort(name + " is not installed");
            }
        }
    }

    /** Runs a program to its end. @return the lines that it printed */
    static List<String> run(final Path folder, final String... command) throws IOException, InterruptedException {
        final Path out = Files.createTempFile(folder, "out", ".txt");
        final Path errors = Files.createTempFile(folder, "err", ".txt");
        final Process process = new ProcessBuilder(command).directory(folder.toFile())
            .redirectOutput(out.toFile()).redirectError(errors.toFile()).start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(command[0] + " ended").isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(() -> command[0] + ": " + text(errors) + text(out)).isZero();
        return Files.readAllLines(out, StandardCharsets.UTF_8);
    }

    private static String text(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException e) {
            return e.toString();
        }
    }

    /** Copies a test resource into a folder. */
    static Path resource(final Path folder, final String name) throws IOException {
        final Path copy = folder.resolve(name);
        try (var in = Tools.class.getResourceAsStream("/ras/" + name)) {
            Files.copy(in, copy);
        }
        return copy;
    }
}
