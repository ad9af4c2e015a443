// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * usrsctp, the user-space SCTP of FreeBSD's authors: a small program of ours on its library, built here without its
 * debug trace, that sends and receives as usrsctp's own {@code tsctp} does.
 */
final class UsrsctpPeer {
    private static final String SOURCE = "perf/rig/usrsctp-peer.c";
    private static final String UDP_SINK = "19001";
    private static final String UDP_SOURCE = "19002";

    private final Path program;

    private UsrsctpPeer(final Path program) {
        this.program = program;
    }

    /** Builds it; null, with a sentence in the report, if that cannot be done here. */
    static UsrsctpPeer build(final Path out, final BenchReport report) throws IOException, InterruptedException {
        final Path source = Path.of(System.getProperty("poolswitch.home", "."), SOURCE);
        if (!Files.exists(source)) {
            report.note("usrsctp is not compared: " + source + " is not there (run ./poolswitch bench sctp)");
            return null;
        }
        final Path program = out.resolve("usrsctp-peer").toAbsolutePath();
        Files.createDirectories(program.getParent());
        try {
            final Process gcc = new ProcessBuilder("gcc", "-O2", "-o", program.toString(),
                source.toString(), "-lusrsctp", "-lpthread").redirectErrorStream(true).start();
            gcc.getInputStream().readAllBytes();
            if (gcc.waitFor() == 0) {
                return new UsrsctpPeer(program);
            }
        } catch (final IOException e) {
            // no compiler: the note says what is missing
        }
        report.note("usrsctp is not compared: its peer cannot be built (Debian: apt-get install gcc libc6-dev "
            + "libusrsctp-dev)");
        return null;
    }

    /** Messages per second, as the receiver saw them. */
    double throughput(final int length, final long messages) throws IOException, InterruptedException {
        final List<String> size = List.of("--messages", Long.toString(messages), "--length", Integer.toString(length));
        try (ChildProcess sink = ChildProcess.start(command(List.of("listen", "sink", "--udp-local", UDP_SINK), size),
            "ready");
            ChildProcess source = ChildProcess.start(command(List.of("connect", "source", "--udp-local", UDP_SOURCE,
                "--udp-remote", UDP_SINK, "--remote", "127.0.0.1"), size), "up")) {
            source.line("summary");
            for (final String word : sink.line("summary").split(" ")) {
                if (word.startsWith("receive_rate=")) {
                    return Double.parseDouble(word.substring("receive_rate=".length()));
                }
            }
        }
        throw new IOException("usrsctp's peer did not say how fast it was");
    }

    private List<String> command(final List<String> role, final List<String> size) {
        final List<String> command = new java.util.ArrayList<>(List.of(program.toString()));
        command.addAll(role);
        command.addAll(size);
        return command;
    }
}
