// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.rig;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A Linux whose kernel has SCTP, netem and network namespaces, where everybody is root and nothing that is broken
 * outlives the run: user-mode Linux, see {@code perf/rig/uml-run}. It has one processor and sees this machine's files
 * under the same names. Two may run side by side.
 */
public final class Guest {
    /** What a machine needs to run one, as Debian names it. */
    public static final String PACKAGES = "user-mode-linux busybox-static iproute2 libsctp1";

    private static final List<String> PROGRAMS = List.of("linux.uml", "busybox", "ip");

    private final Map<String, String> environment = new TreeMap<>();
    private String memory = "1G";
    private Duration most = Duration.ofMinutes(5);
    private Consumer<String> watcher = line -> { };

    /**
     * What a run came to.
     *
     * @param status the script's exit status; 124: it did not end in time; 125: a program is missing
     * @param output its standard output and error, line by line
     */
    public record Result(int status, List<String> output) {
        /** All of it, for a failure's message. */
        public String text() {
            return String.join("\n", output);
        }
    }

    /** True if {@link #PACKAGES} are installed. */
    public static boolean isInstalled() {
        return PROGRAMS.stream().allMatch(Guest::isInstalled);
    }

    /** True if a program of this name is in the PATH. */
    public static boolean isInstalled(final String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** The project's top folder, from the launcher, from Maven's tests or from the current folder. */
    public static Path home() {
        final String launcher = System.getProperty("poolswitch.home");
        final String module = System.getProperty("basedir");
        return (launcher != null ? Path.of(launcher) : module != null ? Path.of(module).resolve("..") : Path.of(""))
            .toAbsolutePath().normalize();
    }

    /** A variable that the script sees. */
    public Guest with(final String name, final String value) {
        environment.put(name, value);
        return this;
    }

    /** {@code JAVA} and {@code CLASS_PATH} of this process, for a script that runs Java. */
    public Guest withJava() {
        return with("JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString()).with("CLASS_PATH",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    }

    /** How much memory, for example 512M; by default 1G. */
    public Guest withMemory(final String size) {
        memory = size;
        return this;
    }

    /** How long a run may take, by default five minutes. */
    public Guest within(final Duration time) {
        most = time;
        return this;
    }

    /** Who sees each line of output as it is written. */
    public Guest watchedBy(final Consumer<String> observer) {
        watcher = observer;
        return this;
    }

    /** Boots, runs a bash script as root in the current folder, and halts. */
    public Result run(final Path script) throws IOException, InterruptedException {
        final ProcessBuilder builder = new ProcessBuilder(home().resolve("perf/rig/uml-run").toString(),
            script.toAbsolutePath().toString(), memory).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put("UML_PASS", String.join(" ", environment.keySet()));
        builder.environment().put("UML_TIMEOUT", Long.toString(most.toSeconds()));
        final Process process = builder.start();
        final Thread end = new Thread(() -> kill(process));
        Runtime.getRuntime().addShutdownHook(end);
        final List<String> output = new ArrayList<>();
        try (BufferedReader lines =
            new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                watcher.accept(line);
            }
            return new Result(process.waitFor(), output);
        } finally {
            kill(process);
            Runtime.getRuntime().removeShutdownHook(end);
        }
    }

    /** The guest is a process below the script's, and does not end with it. */
    private static void kill(final Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
