// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import org.poolswitch.asap.Failover;

/** One session's move, from the loss of its element until everything has been sent to the next. */
final class FailoverInProgress {
    private final int from;
    private final Failover.Cause cause;
    private final long lastHeardNs;
    private final long detectedNs;
    boolean hadCookie;
    int resent;

    FailoverInProgress(final int from, final Failover.Cause cause, final long lastHeardNs, final long detectedNs) {
        this.from = from;
        this.cause = cause;
        this.lastHeardNs = lastHeardNs;
        this.detectedNs = detectedNs;
    }

    /** The next one was lost too before the move was complete. */
    void restart() {
        hadCookie = false;
        resent = 0;
    }

    Failover complete(final int to) {
        return new Failover(from, to, cause, lastHeardNs, detectedNs, hadCookie, resent);
    }
}
