// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A registrar's journal whose disk fills up. It is mapped memory, where a full disk is no error of a write but a
 * SIGBUS; so it is tried on a disk that is really full, a small tmpfs in a mount namespace of its own, and in a process
 * of its own, which must live.
 */
class JournalOnAFullDiskTest {
    @TempDir
    private Path disk;

    private record Ended(int status, String said) {
    }

    private static Ended run(final List<String> command) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }

    /** The command with a tmpfs of that size at {@link #disk}. */
    private Ended onDisk(final String size, final List<String> command) throws IOException, InterruptedException {
        final boolean root = Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        final List<String> all = new ArrayList<>(List.of("unshare", root ? "-m" : "-rm", "sh", "-c",
            "mount -t tmpfs -o size=" + size + " tmpfs \"$0\" && exec \"$@\"", disk.toString()));
        all.addAll(command);
        return run(all);
    }

    private Ended fill(final String size, final int elements, final int moreRecords) throws Exception {
        final List<String> command = new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:+UseSerialGC",
            "-XX:-UsePerfData"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(option -> option.startsWith("--add-"))
            .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("surefire.test.class.path",
            System.getProperty("java.class.path")), JournalFiller.class.getName(), disk.resolve("journal").toString(),
            Integer.toString(elements), Integer.toString(1 << 20), Integer.toString(moreRecords)));
        return onDisk(size, command);
    }

    private void needsMounts() {
        try {
            final Ended tried = onDisk("1m", List.of("true"));
            Assumptions.assumeTrue(tried.status == 0, () -> "nothing can be mounted here: " + tried.said);
        } catch (final IOException | InterruptedException e) {
            Assumptions.abort("nothing can be mounted here: " + e.getMessage());
        }
    }

    /** What runs full: the first generation, or the next one beside it. */
    @ParameterizedTest
    @CsvSource({"1500k,100000", "4m,100000", "2m,500", "4m,5000"})
    void theJournalIsLostWithASentenceAndTheRegistrarServesOn(final String size, final int moreRecords)
        throws Exception {
        needsMounts();
        final Ended filled = fill(size, 60_000, moreRecords);
        assertThat(filled.said).contains("the journal is no longer written").containsPattern("lost after [0-9]+ rec")
            .containsPattern("the disk has [0-9]+ kB left, and 1024 kB are to stay free")
            .contains("served on with 60000 elements");
        assertThat(filled.status).isZero();
    }

    @Test
    void aJournalIsNotOpenedOnADiskThatIsFullAlready() throws Exception {
        needsMounts();
        final Ended refused = fill("1000k", 1, 100_000);
        assertThat(refused.said).containsPattern("--journal: .*/journal cannot be used: the disk has [0-9]+ kB left, "
            + "and 1024 kB are to stay free \\(--journal-min-free\\)\n$");
        assertThat(refused.status).isEqualTo(2);
    }
}
