// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Catches the kernel's SCTP packets at both of our interfaces, until it is closed. */
final class Sniffer {
    private static final String LIMIT_KB = Long.toString(OurSide.CAPTURE_LIMIT >> 10);

    private final Process process;

    private Sniffer(final Process process) {
        this.process = process;
    }

    /** Starts dumpcap (Debian: tshark); it catches when this returns. */
    static Sniffer start(final Path file) throws IOException {
        final Process process = new ProcessBuilder(List.of("dumpcap", "-q", "-B", "32", "-i", "a0", "-i", "a1", "-f",
            "sctp", "-a", "filesize:" + LIMIT_KB, "-w", file.toString())).redirectErrorStream(true).start();
        final BufferedReader lines =
            new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        final StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append(' ');
            if (line.startsWith("File:")) {
                return new Sniffer(process);
            }
        }
        throw new IOException("dumpcap does not catch: " + said);
    }

    /** Ends it; the file is whole. */
    void close() {
        process.destroy();
        process.onExit().join();
    }
}
