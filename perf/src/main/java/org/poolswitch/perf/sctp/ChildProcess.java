// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that this benchmark started and ends. */
final class ChildProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private ChildProcess(final List<String> command) throws IOException {
        process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Any program; waits for a line that begins like this. */
    static ChildProcess start(final List<String> command, final String ready) throws IOException {
        final ChildProcess child = new ChildProcess(command);
        child.line(ready);
        return child;
    }

    /** A peer in a JVM like this one: it ends when its standard input does, so never later than we. */
    static ChildProcess sink(final String... arguments) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(option -> !option.startsWith("-agentlib") && !option.startsWith("-javaagent"))
            .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.poolswitch.perf.Main", "sctp-sink"));
        command.addAll(List.of(arguments));
        return start(command, SinkCommand.READY);
    }

    /** Asks a sink for a number, see {@link SinkCommand}. */
    long ask(final String what) throws IOException {
        return Long.parseLong(answer(what));
    }

    /** Asks a sink what its end did so far. */
    EndCost cost() throws IOException {
        return EndCost.parse(answer("cost"));
    }

    private String answer(final String what) throws IOException {
        process.getOutputStream().write((what + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        return line(what + " ").substring(what.length() + 1);
    }

    /** The next line that begins like this. */
    String line(final String beginning) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(beginning)) {
                return line;
            }
        }
        throw new IOException("a process of the benchmark ended before it said '" + beginning + "'");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends a signal by its name, for example STOP. */
    void signal(final String name) throws IOException, InterruptedException {
        if (new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor() != 0) {
            throw new IOException("kill -" + name + " failed");
        }
    }

    /** SIGKILL, without the detour over another program. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
