// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.node;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.poolswitch.launch.ConfigException;
import org.poolswitch.mg.core.Seizure;
import org.poolswitch.mg.core.SeizureBook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway's seizures as a CSV file that grows while the gateway runs. A full disk ends the file, not the calls. */
final class SeizureFile {
    private static final Logger LOG = LoggerFactory.getLogger(SeizureFile.class);
    private final Path file;
    private final BufferedWriter out;
    private boolean broken;
    private long written;

    SeizureFile(final Path file) throws ConfigException {
        this.file = file;
        try {
            out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII);
            out.write(Seizure.CSV_HEADING);
            out.newLine();
            out.flush();
        } catch (final IOException e) {
            throw new ConfigException("--seizures: cannot write " + file + ": " + e);
        }
    }

    /** Writes what is new. */
    void update(final SeizureBook book) {
        if (broken || book.total() == written) {
            return;
        }
        try {
            written = book.forEachAfter(written, this::line);
            out.flush();
        } catch (final IOException | UncheckedIOException e) {
            broken = true;
            LOG.error("no more seizures are written to {}: {}", file, e.toString());
        }
    }

    private void line(final Seizure seizure) {
        try {
            out.write(seizure.toCsv());
            out.newLine();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
