// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.util.ArrayList;
import java.util.List;
import org.poolswitch.rserpool.PoolHandle;

/** A pool with subscribers. It outlives the pool: who waits for the first element to come hears of it. */
final class SubscribedPool {
    final PoolHandle handle;
    final List<Subscription> subscribers = new ArrayList<>();
    /** Earliest time of the next answer, while {@link #resting}. */
    long allowedNs;
    boolean resting;
    boolean changed;

    SubscribedPool(final PoolHandle handle) {
        this.handle = handle;
    }
}
