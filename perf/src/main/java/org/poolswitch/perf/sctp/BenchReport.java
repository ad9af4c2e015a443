// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The tables of a benchmark: on standard output as they come, and in a Markdown file. */
final class BenchReport {
    private static final int FIRST_WIDTH = 52;
    private static final int WIDTH = 14;

    private final Path file;
    private final StringBuilder markdown = new StringBuilder();

    BenchReport(final Path file) {
        this.file = file;
    }

    /** A new table. */
    void table(final String title, final List<String> columns) {
        System.out.println();
        System.out.println(title);
        line("", columns);
        markdown.append("\n## ").append(title).append("\n\n| |");
        columns.forEach(column -> markdown.append(' ').append(column).append(" |"));
        markdown.append("\n|---|").append("---|".repeat(columns.size())).append('\n');
    }

    /** One row of it. */
    void row(final String name, final List<String> values) {
        line(name, values);
        markdown.append("| ").append(name).append(" |");
        values.forEach(value -> markdown.append(' ').append(value).append(" |"));
        markdown.append('\n');
    }

    private static void line(final String name, final List<String> values) {
        final StringBuilder line = new StringBuilder(String.format("%-" + FIRST_WIDTH + "s", name));
        values.forEach(value -> line.append(String.format("%" + WIDTH + "s", value)));
        System.out.println(line);
    }

    /** A sentence below the table. */
    void note(final String sentence) {
        System.out.println("  " + sentence);
        markdown.append('\n').append(sentence).append('\n');
    }

    /** Writes the file. */
    void write() throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, "# bench sctp\n" + markdown, StandardCharsets.UTF_8);
    }

    /** A number with so many digits behind the point. */
    static String number(final double value, final int digits) {
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
