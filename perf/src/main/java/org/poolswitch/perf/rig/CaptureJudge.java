// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.rig;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** tshark's opinion of a capture: no malformed packet, no wrong checksum, nothing that it warns of. */
final class CaptureJudge {
    /** Whatever tshark warns of, but for a SACK that reports many TSNs: under loss it must. */
    private static final String FILTER = "_ws.malformed || _ws.expert.severity >= 0x800000"
        + " || _ws.expert.severity == 0x600000 && !(_ws.expert.message contains \"were gap-acknowledged\")";
    private static final int LINES = 10;
    /** What tshark says after it has read all packets but the last. */
    private static final String CUT_SHORT = "cut short in the middle of a packet";
    /** Shorter than this, a capture holds no association. */
    private static final int LEAST_OCTETS = 1_000;

    private CaptureJudge() {
    }

    /**
     * Reads all of it.
     *
     * @return what tshark complains of, empty if of nothing
     */
    static String complaints(final Path capture) throws IOException, InterruptedException {
        return complaints(capture, false);
    }

    /** @param killed whether its writer was killed, perhaps in the middle of its last packet */
    static String complaints(final Path capture, final boolean killed) throws IOException, InterruptedException {
        if (!Files.exists(capture) || Files.size(capture) < LEAST_OCTETS) {
            return "there is no capture " + capture.getFileName();
        }
        final Path said = Files.createTempFile("poolswitch-tshark", ".log");
        try {
            return complaints(capture, killed, said);
        } finally {
            Files.delete(said);
        }
    }

    private static String complaints(final Path capture, final boolean killed, final Path said)
        throws IOException, InterruptedException {
        // the analysis of TSNs warns of what repetition must look like under loss; it says nothing of a packet's form
        final Process tshark = new ProcessBuilder(List.of("tshark", "-n", "-r", capture.toString(), "-o",
            "sctp.checksum:CRC 32c", "-o", "sctp.tsn_analysis:FALSE", "-Y", FILTER))
            .redirectError(said.toFile()).start();
        final List<String> lines =
            new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        final int status = tshark.waitFor();
        final String errors = Files.readString(said);
        if (status != 0 && !(killed && errors.contains(CUT_SHORT))) {
            return "tshark cannot read " + capture.getFileName() + " (status " + status + "): " + errors.trim();
        }
        return lines.isEmpty() ? "" : "tshark complains of " + lines.size() + " packets of " + capture.getFileName()
            + ": " + String.join(" / ", lines.subList(0, Math.min(LINES, lines.size())));
    }
}
