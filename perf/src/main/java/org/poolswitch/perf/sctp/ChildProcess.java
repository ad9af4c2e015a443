// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that this benchmark started and ends. */
final class ChildProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private ChildProcess(final List<String> command) throws IOException {
        process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        output = new BufferedReader(new InputStreamReader(process.getInputStream()));
    }

    /** Any program; waits for a line that begins like this. */
    static ChildProcess start(final List<String> command, final String ready) throws IOException {
        final ChildProcess child = new ChildProcess(command);
        child.line(ready);
        return child;
    }

    /** One of this program's own commands, in a JVM like this one. */
    static ChildProcess java(final String ready, final String... arguments) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.poolswitch.perf.Main"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--exit-with", Long.toString(ProcessHandle.current().pid())));
        return start(command, ready);
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

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends a signal by its name, for example STOP. */
    void signal(final String name) throws IOException, InterruptedException {
        if (new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor() != 0) {
            throw new IOException("kill -" + name + " failed");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
