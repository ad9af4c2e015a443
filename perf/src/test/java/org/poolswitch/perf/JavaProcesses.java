// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Java processes that a test starts, each with a log file of its own; they end with it. */
public final class JavaProcesses implements AutoCloseable {
    /** The class path of the tests. */
    public static final String LIBRARY = System.getProperty("surefire.test.class.path",
        System.getProperty("java.class.path"));

    private final Path logs;
    private final String classPath;
    private final List<Process> running = new ArrayList<>();

    /** @param classPath what they find */
    public JavaProcesses(final Path logs, final String classPath) {
        this.logs = logs;
        this.classPath = classPath;
    }

    /** Starts one: the name of its log, then its main class and arguments. */
    public Process start(final String log, final String... arguments) throws IOException {
        final List<String> command = new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1", "-Xmx128m", "-cp", classPath));
        command.addAll(List.of(arguments));
        final Process process = new ProcessBuilder(command).redirectErrorStream(true)
            .redirectOutput(logs.resolve(log + ".log").toFile()).start();
        running.add(process);
        return process;
    }

    /** What was said so far under this name. */
    public String log(final String name) throws IOException {
        return Files.readString(logs.resolve(name + ".log"));
    }

    @Override
    public void close() {
        running.forEach(Process::destroyForcibly);
        running.forEach(process -> process.onExit().join());
    }
}
