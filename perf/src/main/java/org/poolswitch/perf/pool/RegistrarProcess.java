// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.pool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Our registrar as a process of its own. */
final class RegistrarProcess implements AutoCloseable {
    private final Process process;

    private RegistrarProcess(final Process process) {
        this.process = process;
    }

    /** @param heap for example 2g: it must hold the elements, and the collector must not stop the world for them */
    static RegistrarProcess start(final String heap, final String address, final String... options)
        throws IOException {
        final List<String> command = new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseG1GC",
            "-XX:MaxGCPauseMillis=20", "-Xms" + heap, "-Xmx" + heap, "-XX:+UseTransparentHugePages", "-cp",
            System.getProperty("java.class.path"),
            "org.poolswitch.perf.Main", "registrar", "--address", address, "--log-level", "warn", "--exit-with",
            Long.toString(ProcessHandle.current().pid())));
        command.addAll(List.of(options));
        final Process process = new ProcessBuilder(command).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new RegistrarProcess(process);
    }

    /** What it has used so far. */
    ProcessCpu cpu() {
        return new ProcessCpu(process.pid());
    }

    /** Fails if it ended by itself. */
    void mustLive() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the registrar ended with status " + process.exitValue());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
