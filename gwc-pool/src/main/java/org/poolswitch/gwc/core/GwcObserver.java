// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import org.poolswitch.asap.Failover;

/** Who wants to know of takeovers: event logs, tests. */
public interface GwcObserver {
    /** Hears nothing. */
    GwcObserver NONE = new GwcObserver() {
    };

    /** A call was rebuilt here from its cookie. @param stage how far it was */
    default void onTakeover(final int cic, final String stage, final long nowNs) {
    }

    /** A signaling gateway brought a cookie whose seal is not ours: another key, or it was changed. */
    default void onBadCookie(final long nowNs) {
    }

    /** The call machine threw; the call is released. */
    default void onMachineFault(final int cic, final Throwable fault) {
    }

    /**
     * A call's conversation with a gatekeeper or media gateway went on with another one.
     *
     * @param pool           gk or mg
     * @param pendingSinceNs since when a question had waited for its answer, or 0
     */
    default void onRecovered(final int cic, final String pool, final Failover failover, final long pendingSinceNs,
        final long nowNs) {
    }
}
