// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sg.core;

import org.poolswitch.asap.Failover;
import org.poolswitch.isup.IsupType;

/** Who wants to know what happens on the circuits: logs, ladders, tests. */
public interface SgObserver {
    /** Hears nothing. */
    SgObserver NONE = new SgObserver() {
    };

    /** A message went out or came in. */
    default void onMessage(final int cic, final boolean forward, final IsupType type, final int element,
        final long nowNs) {
    }

    /** The first message of the element that took over. */
    default void onRecovered(final int cic, final Failover failover, final long pendingSinceNs, final long nowNs) {
    }

    /** A call is over. */
    default void onEnd(final CallRecord record) {
    }
}
