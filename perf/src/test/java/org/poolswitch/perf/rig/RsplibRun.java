// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.rig;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.poolswitch.perf.ClassPathJars;

/**
 * Guests with the script {@code perf/rig/rsplib/guest}, side by side, and what all their programs said. The class path
 * is put into jars and those into an archive of class data first: each guest has dozens of virtual machines to start on
 * its one slow processor.
 */
final class RsplibRun {
    private static final String MAIN = "org.poolswitch.perf.Main";
    private static final int SHOWN = 25;
    /** Guests with timers of the carrier profile in them need a processor each. */
    private static final int AT_A_TIME = 2;
    /** What the launcher gives to a registrar, for the sake of its journal. */
    private static final String JOURNAL_OPTIONS = "-Dchronicle.analytics.disable=true "
        + "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED --add-exports=java.base/sun.nio.ch=ALL-UNNAMED "
        + "--add-exports=jdk.unsupported/sun.misc=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED "
        + "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED --add-opens=java.base/java.io=ALL-UNNAMED "
        + "--add-opens=java.base/java.util=ALL-UNNAMED";

    private final Path folder;
    private final List<Guest.Result> results;

    private RsplibRun(final Path folder, final List<Guest.Result> results) {
        this.folder = folder;
        this.results = results;
    }

    /**
     * Boots and waits for the end; logs are in {@code target/rsplib} afterwards.
     *
     * @param parts scripts, a list of them for each guest
     */
    static RsplibRun boot(final String... parts) throws Exception {
        final Path folder = Guest.home().resolve("perf/target/rsplib");
        if (Files.exists(folder)) {
            try (Stream<Path> old = Files.walk(folder)) {
                for (final Path each : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
        Files.createDirectories(folder.resolve("lib"));
        final String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        final String jars = ClassPathJars.make(folder.resolve("lib")).stream().map(Path::toString)
            .collect(Collectors.joining(":"));
        final Path archive = folder.resolve("lib/classes.jsa");
        final Process dump = new ProcessBuilder(java, "-XX:ArchiveClassesAtExit=" + archive, "-XX:+UseSerialGC", "-cp",
            jars, MAIN, "warm-up").redirectErrorStream(true).redirectOutput(folder.resolve("archive.log").toFile())
            .start();
        final String share = dump.waitFor() == 0 ? " -XX:SharedArchiveFile=" + archive + " -Xshare:auto" : "";
        final Path rig = Guest.home().resolve("perf/rig/rsplib");
        final ExecutorService guests = Executors.newFixedThreadPool(Math.min(AT_A_TIME, parts.length));
        try {
            final List<Future<Guest.Result>> running = new ArrayList<>();
            for (final String each : parts) {
                final Guest guest = new Guest().with("LOGS", folder.toString()).with("RIG", rig.toString())
                    .with("JAVA", java).with("JARS", jars).with("PARTS", each).with("JOURNAL_OPTIONS", JOURNAL_OPTIONS)
                    .with("OPTIONS", "-XX:+UseSerialGC -Xmx128m -XX:TieredStopAtLevel=1 -XX:-UsePerfData" + share)
                    .within(Duration.ofMinutes(20));
                running.add(guests.submit(() -> guest.run(rig.resolve("guest"))));
            }
            final List<Guest.Result> results = new ArrayList<>();
            for (final Future<Guest.Result> each : running) {
                results.add(each.get());
            }
            return new RsplibRun(folder, results);
        } finally {
            guests.shutdownNow();
        }
    }

    /** The guests' exit statuses. */
    List<Integer> statuses() {
        return results.stream().map(Guest.Result::status).toList();
    }

    Path file(final String name) {
        return folder.resolve(name);
    }

    /** All that a program said, or "" if it was never started. */
    String log(final String name) {
        try {
            final Path file = folder.resolve(name + ".log");
            return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        } catch (final IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How often a program said something. */
    long count(final String name, final String expression) {
        return Pattern.compile(expression).matcher(log(name)).results().count();
    }

    /** The first group of each place where a program said something. */
    List<String> all(final String name, final String expression) {
        return Pattern.compile(expression).matcher(log(name)).results().map((MatchResult m) -> m.group(1)).toList();
    }

    /** What tshark makes of a capture: a line for each packet that fits, with fields separated by tabulators. */
    List<String> fields(final String capture, final String filter, final String... fields)
        throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", file(capture + ".pcapng").toString(),
            "-Y", filter, "-T", "fields", "-E", "occurrence=f"));
        for (final String field : fields) {
            command.addAll(List.of("-e", field));
        }
        final Process tshark = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        final List<String> lines =
            new String(tshark.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1).lines().toList();
        if (tshark.waitFor() != 0) {
            throw new IOException("tshark cannot read " + capture + ".pcapng");
        }
        return lines;
    }

    /** The identifier of one of our elements or registrars, as its events say it. */
    String identifier(final String name) {
        final List<String> found = all(name, "(?m)^event up (?:element|server)=([0-9a-f]+)$");
        // an identifier has eight digits in the logs of others
        return found.isEmpty() ? "nobody" : "0".repeat(8 - found.get(0).length()) + found.get(0);
    }

    /** The guests' own words and the ends of some programs' logs, for a failure's message. */
    String story(final String... names) {
        final StringBuilder text = new StringBuilder();
        results.forEach(result -> text.append("a guest said:\n").append(result.text()).append('\n'));
        for (final String name : names) {
            final List<String> lines = log(name).lines().toList();
            text.append("\n---- ").append(name).append(", the last of ").append(lines.size()).append(" lines\n");
            lines.subList(Math.max(0, lines.size() - SHOWN), lines.size()).forEach(l -> text.append(l).append('\n'));
        }
        return text.toString();
    }
}
