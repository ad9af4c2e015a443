// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.failover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds calls that were made twice, from the far end's point of view: the SG dials every number once, so a number that
 * the media gateway's lines saw seized twice was called twice.
 */
final class Doubles {
    private Doubles() {
    }

    /**
     * @param seizures the media gateway's CSV: a header, then lines that begin with the called number
     * @return called numbers seized more than once, with how often
     */
    static Map<String, Integer> in(final Path seizures) throws IOException {
        final Map<String, Integer> seen = new HashMap<>();
        if (Files.exists(seizures)) {
            final List<String> lines = Files.readAllLines(seizures);
            for (final String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
                seen.merge(line.substring(0, (line + ",").indexOf(',')), 1, Integer::sum);
            }
        }
        seen.values().removeIf(times -> times == 1);
        return seen;
    }
}
