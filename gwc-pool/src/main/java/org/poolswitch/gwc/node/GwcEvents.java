// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.node;

import org.poolswitch.asap.Failover;
import org.poolswitch.gwc.core.GwcObserver;
import org.poolswitch.launch.EventLog;
import org.poolswitch.observe.ErrorLog;
import org.poolswitch.runtime.PlugIns;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takeovers and failovers as lines of the event log. */
final class GwcEvents implements GwcObserver {
    private static final Logger LOG = LoggerFactory.getLogger(GwcEvents.class);
    private final ErrorLog errors = new ErrorLog(LOG::warn);
    private EventLog events = EventLog.off();

    void to(final EventLog log) {
        events = log;
    }

    @Override
    public void onBadCookie(final long nowNs) {
        errors.report("a cookie cannot be opened, so its call is not taken over",
            "its controller has another --cookie-key", nowNs);
    }

    @Override
    public void onMachineFault(final int cic, final Throwable fault) {
        errors.report("the call machine failed", "circuit " + cic + ": " + PlugIns.fault(fault),
            System.nanoTime());
    }

    @Override
    public void onTakeover(final int cic, final String stage, final long nowNs) {
        events.event("takeover", "cic", cic, "stage", stage, "at", nowNs);
    }

    @Override
    public void onRecovered(final int cic, final String pool, final Failover failover, final long pendingSinceNs,
        final long nowNs) {
        events.failover(pool, cic, failover, pendingSinceNs, nowNs);
    }
}
