// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.SctpConfig;

/**
 * How long verdicts wait for input that had arrived before and is unread in our own socket: then we are late, not the
 * peer. {@link SctpConfig#mostPutOffNs} at most, from the first one put off until the peer proves that it is there, so
 * that whoever floods the socket does not keep a dead peer alive.
 */
final class UnreadInput {
    /** Until the first look; later ones come after half of what was waited: a dozen in all, for there may be many. */
    private static final long SOON_NS = 1_000_000;

    private final long mostNs;
    private long sinceNs = Machine.NO_DEADLINE;

    UnreadInput(final SctpConfig config) {
        this.mostNs = config.mostPutOffNs();
    }

    /** Whether a verdict may still be put off. */
    boolean mayWait(final long nowNs) {
        return sinceNs == Machine.NO_DEADLINE ? mostNs > 0 : nowNs - sinceNs < mostNs;
    }

    /** One is put off. @return when to look again */
    long putOff(final long nowNs) {
        sinceNs = Math.min(sinceNs, nowNs);
        return Math.min(sinceNs + mostNs, nowNs + Math.max(SOON_NS, (nowNs - sinceNs) / 2));
    }

    /** Whether one was, and the peer has not proved since that it is there. */
    boolean putsOff() {
        return sinceNs != Machine.NO_DEADLINE;
    }

    /** The peer is there. */
    void forget() {
        sinceNs = Machine.NO_DEADLINE;
    }
}
