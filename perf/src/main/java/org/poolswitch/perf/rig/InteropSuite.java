// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Plays cases in guests, one guest per peer and role and two at a time, and has tshark judge what was caught. What a
 * run came to is a future, so that a test can wait for its own.
 */
final class InteropSuite implements AutoCloseable {
    /** Messages each way at which a run counts as a proof: 100,000 in all. */
    static final int MESSAGES = 50_000;
    /** What a machine needs, as Debian names it. */
    static final String PACKAGES = Guest.PACKAGES + " tshark ethtool libusrsctp-dev gcc libc6-dev";
    /** Programs of those packages that are started by name. */
    static final List<String> PROGRAMS = List.of("linux.uml", "busybox", "ip", "tc", "ethtool", "tshark", "dumpcap",
        "gcc");

    private static final Path RIG = Path.of("perf", "rig");
    private static final Duration GUEST = Duration.ofMinutes(25);

    /**
     * What a run came to.
     *
     * @param wrong  what was wrong, empty if nothing was
     * @param values what was measured: words {@code key=value}
     */
    record Outcome(InteropCase run, String wrong, String values) {
        boolean isGood() {
            return wrong.isEmpty();
        }
    }

    private final Path out;
    private final int messages;
    private final Consumer<String> log;
    private final Map<InteropCase, CompletableFuture<Outcome>> outcomes = new LinkedHashMap<>();
    private final ExecutorService guests =
        Executors.newFixedThreadPool(Math.max(1, Math.min(2, Runtime.getRuntime().availableProcessors())));

    private InteropSuite(final List<InteropCase> cases, final Path out, final int messages,
        final Consumer<String> log) {
        this.out = out.toAbsolutePath();
        this.messages = messages;
        this.log = log;
        cases.forEach(c -> outcomes.put(c, new CompletableFuture<>()));
    }

    /**
     * Builds the peers and starts playing.
     *
     * @param out      where captures and logs go
     * @param messages how many go each way in a run
     * @param log      sees what the guests print
     * @throws IOException with a sentence if a peer cannot be built
     */
    static InteropSuite start(final List<InteropCase> cases, final Path out, final int messages,
        final Consumer<String> log) throws IOException, InterruptedException {
        Files.createDirectories(out);
        final InteropSuite suite = new InteropSuite(cases, out, messages, log);
        suite.build("usrsctp-peer", "-lusrsctp");
        suite.build("kernel-peer");
        final Map<String, List<InteropCase>> groups = new LinkedHashMap<>();
        cases.forEach(c -> groups.computeIfAbsent(c.group(), g -> new ArrayList<>()).add(c));
        groups.values().forEach(group -> suite.guests.execute(() -> suite.play(group)));
        return suite;
    }

    private void build(final String program, final String... libraries) throws IOException, InterruptedException {
        final List<String> gcc = new ArrayList<>(List.of("gcc", "-O2", "-o", out.resolve(program).toString(),
            Guest.home().resolve(RIG).resolve(program + ".c").toString()));
        gcc.addAll(List.of(libraries));
        gcc.add("-lpthread");
        final Process process = new ProcessBuilder(gcc).redirectErrorStream(true).start();
        final String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(program + " cannot be built (Debian: " + PACKAGES + "): " + said);
        }
    }

    private void play(final List<InteropCase> group) {
        final List<String> names = group.stream().map(InteropCase::name).toList();
        String ending;
        try {
            final Guest.Result result = new Guest().withJava().with("PROGRAMS", out.toString())
                .with("OUT", out.toString()).with("MESSAGES", Integer.toString(messages))
                .with("CASES", String.join(" ", names)).within(GUEST).watchedBy(this::onLine)
                .run(Guest.home().resolve(RIG).resolve("interop-guest"));
            Files.write(out.resolve(group.get(0).group() + ".log"), result.output());
            ending = "the guest ended (status " + result.status() + ") before this run: " + result.text();
        } catch (final IOException | RuntimeException e) {
            ending = "no guest: " + e;
        } catch (final InterruptedException e) {
            ending = "interrupted";
        }
        for (final InteropCase run : group) {
            outcomes.get(run).complete(new Outcome(run, ending, ""));
        }
    }

    /** {@code == ok|failed NAME KEY=VALUE... [WHY]}. */
    private void onLine(final String line) {
        log.accept(line);
        final String[] words = line.split(" ");
        if (!line.startsWith(InteropGuest.MARK) || words.length < 3 || words[1].equals("begin")) {
            return;
        }
        final InteropCase run = InteropCase.of(words[2]);
        final StringBuilder values = new StringBuilder();
        int next = 3;
        for (; next < words.length && words[next].matches("[a-zA-Z_]+=\\S*|"); next++) {
            values.append(words[next]).append(' ');
        }
        final StringBuilder wrong = new StringBuilder(words[1].equals("ok") ? "" : "failed: ");
        for (; next < words.length; next++) {
            wrong.append(words[next]).append(' ');
        }
        try {
            wrong.append(CaptureJudge.complaints(InteropRun.capture(out, run),
                run.condition() == Condition.OURS_KILLED));
        } catch (final IOException | InterruptedException e) {
            wrong.append("tshark does not run: ").append(e);
        }
        outcomes.get(run).complete(new Outcome(run, wrong.toString().trim(), values.toString().trim()));
    }

    /** What this run will come to. */
    CompletableFuture<Outcome> outcome(final InteropCase run) {
        return outcomes.get(run);
    }

    /** Ends what is still running. */
    @Override
    public void close() {
        guests.shutdownNow();
    }
}
