// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The tables of a benchmark: on standard output as they come, and in a Markdown file. */
public final class BenchReport {
    private static final int FIRST_WIDTH = 58;
    private static final int WIDTH = 14;

    /** A number that this software promises. */
    private record Limit(String what, double measured, boolean atMost, double limit, String unit) {
        private boolean isHeld() {
            return atMost ? measured <= limit : measured >= limit;
        }
    }

    private final String title;
    private final Path file;
    private final StringBuilder markdown = new StringBuilder();
    private final List<Limit> limits = new ArrayList<>();

    /** @param title first line of the file */
    public BenchReport(final String title, final Path file) {
        this.title = title;
        this.file = file;
    }

    /** What it was measured on. */
    void machine() {
        note(String.format(Locale.ROOT, "Java %s (%s), %s %s, %d cores", Runtime.version(),
            System.getProperty("java.vm.vendor"), System.getProperty("os.name"), System.getProperty("os.version"),
            Runtime.getRuntime().availableProcessors()));
    }

    /** A new table. */
    public void table(final String name, final List<String> columns) {
        System.out.println();
        System.out.println(name);
        line("", columns);
        markdown.append("\n## ").append(name).append("\n\n| |");
        columns.forEach(column -> markdown.append(' ').append(column).append(" |"));
        markdown.append("\n|---|").append("---|".repeat(columns.size())).append('\n');
    }

    /** One row of it. */
    public void row(final String name, final List<String> values) {
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
    public void note(final String sentence) {
        System.out.println("  " + sentence);
        markdown.append('\n').append(sentence).append('\n');
    }

    /** A measured number that must not be above this. */
    public void atMost(final String what, final double measured, final double limit, final String unit) {
        limits.add(new Limit(what, measured, true, limit, unit));
    }

    /** A measured number that must not be below this. */
    public void atLeast(final String what, final double measured, final double limit, final String unit) {
        limits.add(new Limit(what, measured, false, limit, unit));
    }

    /** The last table: every promised number. @return whether all were held */
    public boolean limits() {
        if (limits.isEmpty()) {
            return true;
        }
        table("limits", List.of("measured", "limit", "held"));
        boolean all = true;
        for (final Limit l : limits) {
            all &= l.isHeld();
            row(l.what(), List.of(short3(l.measured()) + l.unit(), (l.atMost() ? "<= " : ">= ") + short3(l.limit())
                + l.unit(), l.isHeld() ? "yes" : "NO"));
        }
        return all;
    }

    private static String short3(final double value) {
        return value == Math.rint(value) ? number(value, 0) : number(value, value < 10 ? 2 : 1);
    }

    /** Writes the file. */
    public void write() throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, "# " + title + "\n" + markdown, StandardCharsets.UTF_8);
    }

    /** A number with so many digits behind the point. */
    public static String number(final double value, final int digits) {
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
