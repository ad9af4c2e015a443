// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IoReasonTest {
    @TempDir
    private Path directory;

    /** The JDK's own message is the name and no more, so that a sentence would name the file twice. */
    @Test
    void aFileThatIsMissingIsSaidToBe() {
        final Path file = directory.resolve("missing").resolve("table.csv");
        assertThatThrownBy(() -> CsvFile.create("--cdr", file, "a,b"))
            .isInstanceOf(ConfigException.class)
            .hasMessage("--cdr: cannot write " + file + ": there is no such file or directory");
    }

    @Test
    void whatStandsInTheWayIsNamed() throws IOException {
        final Path file = Files.writeString(directory.resolve("file"), "no directory");
        assertThatThrownBy(() -> CsvFile.create("--cdr", file.resolve("table.csv"), "a,b"))
            .hasMessageEndingWith(": Not a directory");
    }

    @Test
    void anErrorWithoutWordsIsNamedAtLeast() {
        assertThat(IoReason.of(new IOException())).isEqualTo("java.io.IOException");
        assertThat(IoReason.of(new IOException("disk full"))).isEqualTo("disk full");
    }
}
