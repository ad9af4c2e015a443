// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.launch;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A table that grows while its node runs. A full disk ends the file, not the calls. */
public final class CsvFile {
    private static final Logger LOG = LoggerFactory.getLogger(CsvFile.class);
    private final Path file;
    private BufferedWriter out;

    private CsvFile(final Path file, final BufferedWriter out) {
        this.file = file;
        this.out = out;
    }

    /**
     * Begins the file.
     *
     * @param option  the option that names it, for the complaint
     * @param file    where, or null for a table that nobody wants
     * @param heading its first line
     * @throws ConfigException with a sentence if it cannot be written
     */
    public static CsvFile create(final String option, final Path file, final String heading) throws ConfigException {
        if (file == null) {
            return new CsvFile(null, null);
        }
        try {
            final BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII);
            out.write(heading);
            out.newLine();
            out.flush();
            return new CsvFile(file, out);
        } catch (final IOException e) {
            throw new ConfigException(option + ": cannot write " + file + ": " + IoReason.of(e));
        }
    }

    /** True if lines go anywhere. */
    public boolean isOpen() {
        return out != null;
    }

    /** Adds a line; it may stay in memory until {@link #flush}. */
    public void line(final String text) {
        if (isOpen()) {
            try {
                out.write(text);
                out.newLine();
            } catch (final IOException e) {
                giveUp(e);
            }
        }
    }

    /** Writes out what is buffered. */
    public void flush() {
        if (isOpen()) {
            try {
                out.flush();
            } catch (final IOException e) {
                giveUp(e);
            }
        }
    }

    private void giveUp(final IOException e) {
        LOG.error("no more lines are written to {}: {}", file, e.toString());
        out = null;
    }
}
