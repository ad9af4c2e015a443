// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.poolswitch.launch.ConfigException;

/** What {@code --out} may remove. */
class FoldersTest {
    @TempDir
    private Path temp;

    @Test
    void aFolderOfOursIsEmptiedForTheNextRun() throws Exception {
        final Path out = temp.resolve("a/b");
        Folders.empty("--out", out);
        Files.writeString(out.resolve("report.md"), "old");
        Files.createDirectory(out.resolve("kept"));
        Folders.empty("--out", out);
        assertThat(out.resolve("report.md")).doesNotExist();
        assertThat(out.resolve("kept")).exists();
        Folders.empty("--out", out);
    }

    @Test
    void whatARunOfAnEarlierVersionLeftInABuildsFolderGoes() throws Exception {
        final Path out = Files.createDirectories(temp.resolve("target/demo"));
        Files.writeString(out.resolve("report.md"), "old");
        Folders.empty("--out", out);
        assertThat(out.resolve("report.md")).doesNotExist();
        Folders.empty("--out", out);
    }

    @Test
    void nobodyElsesFilesAreRemoved() throws Exception {
        final Path precious = Files.writeString(temp.resolve("thesis.tex"), "ten years");
        assertThatThrownBy(() -> Folders.empty("--out", temp)).isInstanceOf(ConfigException.class)
            .hasMessage("--out: " + temp + " has files that are not of an earlier run, such as thesis.tex; name a "
                + "folder of its own, or remove them");
        assertThat(precious).hasContent("ten years");
    }
}
