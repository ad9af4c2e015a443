// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Our side in a process of its own, to be killed. */
final class OurProcess implements AutoCloseable {
    private final Process process;

    private OurProcess(final List<String> command) throws IOException {
        process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /** Starts it; it listens, or it has begun to connect, when this returns. */
    static OurProcess start(final InteropCase run, final Path out, final int messages) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), OurProcess.class.getName(), run.name(),
            out.toString(), Integer.toString(messages)));
        final OurProcess ours = new OurProcess(command);
        final BufferedReader lines =
            new BufferedReader(new InputStreamReader(ours.process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.equals("ready")) {
                return ours;
            }
        }
        throw new IOException("our process ended before it was ready");
    }

    /** The process: name of the case, folder, messages. */
    public static void main(final String[] args) throws Exception {
        final InteropCase run = InteropCase.of(args[0]);
        final OurSide side = OurSide.start(run, 1, Integer.parseInt(args[2]), InteropRun.STREAMS,
            InteropRun.capture(Path.of(args[1]), run));
        System.out.println("ready");
        System.out.flush();
        side.node().end().join();
        // not reached in a run that goes well: this process is killed before
        System.exit(1);
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
