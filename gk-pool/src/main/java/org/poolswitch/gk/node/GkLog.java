// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gk.node;

import org.poolswitch.gk.core.GkObserver;
import org.poolswitch.observe.ErrorLog;
import org.poolswitch.runtime.PlugIns;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator reads of a gatekeeper. */
final class GkLog implements GkObserver {
    private static final Logger LOG = LoggerFactory.getLogger(GkLog.class);
    private final ErrorLog errors = new ErrorLog(LOG::warn);

    @Override
    public void onPolicyFault(final Throwable fault) {
        errors.report("the admission policy failed", PlugIns.fault(fault), System.nanoTime());
    }

    @Override
    public void onBadCookie(final long nowNs) {
        errors.report("a cookie cannot be opened, so its admission is not taken over",
            "its gatekeeper has another --cookie-key", nowNs);
    }
}
