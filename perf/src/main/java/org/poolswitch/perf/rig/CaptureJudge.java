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
        if (!Files.exists(capture) || Files.size(capture) < LEAST_OCTETS) {
            return "there is no capture " + capture.getFileName();
        }
        // the analysis of TSNs warns of what repetition must look like under loss; it says nothing of a packet's form
        final Process tshark = new ProcessBuilder(List.of("tshark", "-n", "-r", capture.toString(), "-o",
            "sctp.checksum:CRC 32c", "-o", "sctp.tsn_analysis:FALSE", "-Y", FILTER))
            .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        final List<String> lines =
            new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        final int status = tshark.waitFor();
        if (status != 0) {
            return "tshark cannot read " + capture.getFileName() + " (status " + status + ")";
        }
        return lines.isEmpty() ? "" : "tshark complains of " + lines.size() + " packets of " + capture.getFileName()
            + ": " + String.join(" / ", lines.subList(0, Math.min(LINES, lines.size())));
    }
}
