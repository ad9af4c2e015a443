// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sg.node;

import java.nio.file.Path;
import org.poolswitch.asap.Failover;
import org.poolswitch.launch.ConfigException;
import org.poolswitch.launch.CsvFile;
import org.poolswitch.launch.EventLog;
import org.poolswitch.sg.core.CallRecord;
import org.poolswitch.sg.core.SgObserver;

/** Calls that ended as lines of a CSV file, failovers as events. */
final class CallRecords implements SgObserver {
    private final CsvFile table;
    private EventLog events = EventLog.off();

    /** @param file or null for events only */
    CallRecords(final Path file) throws ConfigException {
        table = CsvFile.create("--records", file, CallRecord.csvHeader());
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
        if (table.isOpen()) {
            table.line(record.csv());
        }
    }

    /** Writes out what is buffered. */
    void flush() {
        table.flush();
    }
}
