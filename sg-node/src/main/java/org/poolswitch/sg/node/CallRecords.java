// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sg.node;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.poolswitch.asap.Failover;
import org.poolswitch.launch.ConfigException;
import org.poolswitch.launch.EventLog;
import org.poolswitch.sg.core.CallRecord;
import org.poolswitch.sg.core.SgObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls that ended as lines of a CSV file, failovers as events. A full disk ends the file, not the calls. */
final class CallRecords implements SgObserver {
    private static final Logger LOG = LoggerFactory.getLogger(CallRecords.class);
    private final Path file;
    private BufferedWriter out;
    private EventLog events = EventLog.off();

    /** @param file or null for events only */
    CallRecords(final Path file) throws ConfigException {
        this.file = file;
        if (file == null) {
            return;
        }
        try {
            out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII);
            out.write(CallRecord.csvHeader());
            out.newLine();
        } catch (final IOException e) {
            throw new ConfigException("--records: cannot write " + file + ": " + e);
        }
    }

    void to(final EventLog log) {
        events = log;
    }

    @Override
    public void onRecovered(final int cic, final Failover failover, final long pendingSinceNs, final long nowNs) {
        events.failover("gwc", cic, failover, pendingSinceNs, nowNs);
    }

    @Override
    public void onEnd(final CallRecord record) {
        if (out == null) {
            return;
        }
        try {
            out.write(record.csv());
            out.newLine();
        } catch (final IOException e) {
            broken(e);
        }
    }

    /** Writes out what is buffered. */
    void flush() {
        try {
            if (out != null) {
                out.flush();
            }
        } catch (final IOException e) {
            broken(e);
        }
    }

    private void broken(final IOException e) {
        LOG.error("no more calls are written to {}: {}", file, e.toString());
        out = null;
    }
}
