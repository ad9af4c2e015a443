// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Inputs that led a fuzzer to code which others did not reach, and those that once broke something. */
class CorpusTest {
    private static final Path CORPUS = Path.of(System.getProperty("basedir", ""), "src/test/resources/fuzz");
    private static final int LONGEST = 1600;

    @Test
    void everyInputOfTheCorpusIsSurvived() throws Exception {
        final List<Path> files;
        try (Stream<Path> list = Files.list(CORPUS)) {
            files = list.sorted().toList();
        }
        assertThat(files).hasSizeGreaterThan(50);
        for (final Path file : files) {
            final byte[] input = Files.readAllBytes(file);
            assertThat(input.length).as(file.toString()).isBetween(1, LONGEST);
            try {
                FuzzTarget.fuzzerTestOneInput(input);
            } catch (final RuntimeException e) {
                throw new AssertionError(file + ": " + e.getMessage(), e);
            }
        }
    }
}
