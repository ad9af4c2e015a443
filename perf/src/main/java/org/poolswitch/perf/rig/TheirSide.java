// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The peer's process, see {@code perf/rig/peer-main.h}, in the namespace "theirs". */
final class TheirSide implements AutoCloseable {
    static final int SCTP_PORT = 5001;

    private final Process process;
    private final List<String> lines = new ArrayList<>();

    private TheirSide(final List<String> command) throws IOException {
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        final Thread reader = new Thread(this::read, "their output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts it; a peer that listens is ready when this returns.
     *
     * @param programs folder of the built programs
     * @param paths    1 or 2
     * @param messages how many go each way
     */
    static TheirSide start(final Path programs, final InteropCase run, final int paths, final int messages,
        final int streams) throws IOException, InterruptedException {
        final TheirSide side = new TheirSide(command(programs, run, run.listening(), paths, messages, streams));
        if (!run.listening() && side.await("ready", 20) == null) {
            throw new IOException("the peer did not begin to listen: " + side.text());
        }
        return side;
    }

    /** Starts one that calls us from the port that it calls; it has not called yet when this returns. */
    static TheirSide callFromFixedPort(final Path programs, final InteropCase run, final int messages,
        final int streams) throws IOException {
        final List<String> command = command(programs, run, true, 1, messages, streams);
        command.addAll(List.of("--source-port", Integer.toString(SCTP_PORT)));
        return new TheirSide(command);
    }

    private static List<String> command(final Path programs, final InteropCase run, final boolean calls,
        final int paths, final int messages, final int streams) {
        // "ip netns exec" becomes the program: one process, which can be killed
        final List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", "theirs",
            programs.resolve(run.peer().program()).toString(), calls ? "connect" : "listen", "both",
            "--quick", "1", "--port", Integer.toString(SCTP_PORT), "--messages", Integer.toString(messages),
            "--streams", Integer.toString(streams), "--report", "1000",
            "--udp-local", run.peer().overUdp() ? "9899" : "0"));
        if (run.condition() == Condition.PATH_CUT) {
            command.addAll(List.of("--association-retrans", Integer.toString(InteropRun.PATIENT_RETRANS)));
        }
        for (int path = 0; path < paths; path++) {
            command.addAll(List.of("--local", RigNetwork.theirs(path)));
            if (calls) {
                command.addAll(List.of("--remote", RigNetwork.ours(path)));
            }
        }
        return command;
    }

    private void read() {
        try (BufferedReader in =
            new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                add(line);
            }
        } catch (final IOException e) {
            add(String.valueOf(e.getMessage()));
        }
        add("(end of output)");
    }

    private synchronized void add(final String line) {
        lines.add(line);
        notifyAll();
    }

    /** Waits for a line that begins like this; null if there is none within this time or before the end. */
    synchronized String await(final String beginning, final long seconds) throws InterruptedException {
        final long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (int i = 0;; i++) {
            while (i >= lines.size()) {
                final long left = until - System.nanoTime();
                if (left <= 0) {
                    return null;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            if (lines.get(i).startsWith(beginning)) {
                return lines.get(i);
            }
            if (lines.get(i).equals("(end of output)")) {
                return null;
            }
        }
    }

    /** Everything it said so far. */
    synchronized String text() {
        return String.join(" | ", lines.stream().filter(line -> !line.startsWith("received ")).toList());
    }

    /** A value of the summary. */
    static String value(final String summary, final String key) {
        for (final String word : summary.split(" ")) {
            if (word.startsWith(key + "=")) {
                return word.substring(key.length() + 1);
            }
        }
        throw new IllegalArgumentException("no " + key + " in '" + summary + "'");
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    /** SIGSTOP: its kernel goes on acknowledging what it does not read any more. */
    void stop() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
