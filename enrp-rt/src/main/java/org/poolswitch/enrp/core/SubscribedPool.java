// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.util.LinkedHashSet;
import java.util.Set;
import org.poolswitch.rserpool.PoolHandle;

/** A pool with subscribers. It outlives the pool: who waits for the first element to come hears of it. */
final class SubscribedPool {
    final PoolHandle handle;
    /** In order, and without a search when one goes: tens of thousands may go at once. */
    final Set<Subscription> subscribers = new LinkedHashSet<>();
    /** Earliest time of the next answer, while {@link #resting}. */
    long allowedNs;
    boolean resting;
    boolean changed;

    SubscribedPool(final PoolHandle handle) {
        this.handle = handle;
    }
}
