// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.launch;

import java.io.IOException;
import java.nio.file.Path;
import org.poolswitch.observe.PcapWriter;

/** The file of {@code --pcap}. */
public final class CaptureFile {
    private CaptureFile() {
    }

    /** Creates or overwrites it. @throws ConfigException with a sentence if it cannot be written */
    public static PcapWriter create(final Path file) throws ConfigException {
        try {
            return PcapWriter.create(file, PcapWriter.DEFAULT_LIMIT_OCTETS);
        } catch (final IOException e) {
            throw new ConfigException("--pcap: cannot write " + file + ": " + IoReason.of(e));
        }
    }
}
