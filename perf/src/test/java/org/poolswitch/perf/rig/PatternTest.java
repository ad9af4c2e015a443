// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.poolswitch.perf.Peers;

/** The suite's messages are the same in C and in Java, and what is wrong with one is seen. */
class PatternTest {
    private static final int NUMBERS = 2_000;

    private final Pattern pattern = new Pattern(true, 8);
    private final Verdict verdict = new Verdict(pattern, NUMBERS);

    private void receive(final int number) {
        verdict.judge(pattern.stream(number), Pattern.PPID_BASE + number, pattern.unordered(number),
            Pattern.content(), pattern.offset(number), pattern.length(number));
    }

    @Test
    void isTheSameInC(@TempDir final Path folder) throws Exception {
        Peers.need("gcc", "gcc libc6-dev");
        final Path source = Files.writeString(folder.resolve("print.c"), """
            #include "peer-pattern.h"
            int main(void) {
                make_noise();
                for (uint32_t i = 0; i < 2000; i++) {
                    const struct message m = message_of(i, 1, 8);
                    printf("%u %d %u %u %u\\n", m.stream, m.unordered, m.length, m.offset, noise[m.offset]);
                }
                return 0;
            }
            """);
        final Path program = folder.resolve("print");
        assertThat(new ProcessBuilder("gcc", "-I", Guest.home().resolve("perf/rig").toString(), "-o",
            program.toString(), source.toString()).inheritIO().start().waitFor()).isZero();
        final Process print = new ProcessBuilder(program.toString()).start();
        final List<String> lines =
            new String(print.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(NUMBERS);
        for (int i = 0; i < NUMBERS; i++) {
            assertThat(pattern.stream(i) + " " + (pattern.unordered(i) ? 1 : 0) + " " + pattern.length(i) + " "
                + pattern.offset(i) + " " + (Pattern.content()[pattern.offset(i)] & 0xff)).isEqualTo(lines.get(i));
        }
    }

    @Test
    void hasAllSizesUpTo64KiB() {
        final int[] lengths = new int[100_000];
        Arrays.setAll(lengths, pattern::length);
        assertThat(Arrays.stream(lengths).min()).hasValue(1);
        assertThat(Arrays.stream(lengths).max()).hasValue(Pattern.LONGEST);
        assertThat(Arrays.stream(lengths).average().orElseThrow()).isBetween(250.0, 400.0);
    }

    @Test
    void rightMessagesAreClean() {
        for (int i = 0; i < NUMBERS; i++) {
            receive(i);
        }
        assertThat(verdict.isClean()).as("%s", verdict).isTrue();
        assertThat(verdict.messages()).isEqualTo(NUMBERS);
    }

    @Test
    void aChangedOctetIsSeen() {
        final int length = pattern.length(5);
        final byte[] changed = Arrays.copyOfRange(Pattern.content(), pattern.offset(5), pattern.offset(5) + length);
        changed[length - 1] ^= 1;
        verdict.judge(pattern.stream(5), Pattern.PPID_BASE + 5, pattern.unordered(5), changed, 0, length);
        assertThat(verdict.isClean()).isFalse();
    }

    @Test
    void aDoubledMessageIsSeen() {
        receive(7);
        receive(7);
        assertThat(verdict.toString()).contains("1 doubled");
    }

    @Test
    void twoMessagesOfOneStreamInTheWrongOrderAreSeen() {
        int first = 0;
        while (pattern.unordered(first)) {
            first++;
        }
        int second = first + 1;
        while (pattern.unordered(second) || pattern.stream(second) != pattern.stream(first)) {
            second++;
        }
        receive(second);
        receive(first);
        assertThat(verdict.toString()).contains("1 out of order");
    }

    @Test
    void aNumberBeyondTheLastIsWrong() {
        receive(NUMBERS);
        assertThat(verdict.toString()).contains("1 wrong");
    }
}
