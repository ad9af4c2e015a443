// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.failover;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One node as an operating-system process: started, listened to, stopped by signals that it cannot dodge. */
final class NodeProcess implements AutoCloseable {
    private final String name;
    private final Process process;
    private final CountDownLatch up = new CountDownLatch(1);
    private final Thread reader;

    /**
     * Starts the node.
     *
     * @param options  JVM options before the class path
     * @param args     sub-command and its options
     * @param log      file that gets everything the node prints
     * @param listener called on this process's reader thread for every event line
     */
    NodeProcess(final String name, final List<String> options, final List<String> args, final Path log,
        final Consumer<NodeEvent> listener) throws IOException {
        this.name = name;
        final List<String> command = new ArrayList<>(priority());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.poolswitch.perf.Main"));
        command.addAll(args);
        command.addAll(List.of("--events", "--exit-with", Long.toString(ProcessHandle.current().pid())));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        reader = new Thread(() -> read(log, listener), "read-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    /** Signaling goes before batch work, as a service manager would have it (Nice=-10), where we may say so. */
    private static List<String> priority() {
        try {
            final boolean root = Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
            return root ? List.of("nice", "-n", "-10") : List.of();
        } catch (final IOException | UnsupportedOperationException e) {
            return List.of();
        }
    }

    private void read(final Path log, final Consumer<NodeEvent> listener) {
        try (BufferedReader in = new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            var out = Files.newBufferedWriter(log)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.write(line);
                out.newLine();
                out.flush();
                final NodeEvent event = NodeEvent.parse(name, line);
                if (event != null) {
                    if (event.kind().equals("up")) {
                        up.countDown();
                    }
                    listener.accept(event);
                }
            }
        } catch (final IOException e) {
            // the pipe is torn when the process is killed; its end is known from its exit status
            up.countDown();
        } finally {
            up.countDown();
        }
    }

    long pid() {
        return process.pid();
    }

    /** Waits until the node says that it is in service. */
    boolean awaitUp(final long seconds) throws InterruptedException {
        return up.await(seconds, TimeUnit.SECONDS) && process.isAlive();
    }

    /** SIGKILL. @return when, on the monotonic clock, just before */
    long kill() {
        final long now = System.nanoTime();
        process.destroyForcibly();
        return now;
    }

    /** SIGSTOP: the process is there, and silent. @return when */
    long pause() throws IOException, InterruptedException {
        return signal("STOP");
    }

    /** SIGCONT. @return when */
    long resume() throws IOException, InterruptedException {
        return signal("CONT");
    }

    /** SIGTERM: the graceful stop. */
    void terminate() {
        process.destroy();
    }

    private long signal(final String signal) throws IOException, InterruptedException {
        final long now = System.nanoTime();
        final int status = new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IOException("kill -" + signal + " " + pid() + " (" + name + ") ended with " + status);
        }
        return now;
    }

    /** Exit status, or -1 if it still runs after the given time. */
    int awaitExit(final long seconds) throws InterruptedException {
        final boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
        if (ended) {
            reader.join(TimeUnit.SECONDS.toMillis(seconds));
        }
        return ended ? process.exitValue() : -1;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
