// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import org.poolswitch.rserpool.PoolElementEntry;

/**
 * What the ASAP half of a registrar tells the others: who is to hear of elements that this registrar owns (its peers,
 * its journal). Called inside the change; the entry is valid during the call.
 */
public interface HandlespaceListener {
    /** An element registered here for the first time, or came to us from another registrar. */
    void onOwnedAdded(PoolElementEntry element, long nowNs);

    /** An element registered again, perhaps with other values. */
    void onOwnedUpdated(PoolElementEntry element, long nowNs);

    /** An element registered again, and nothing about it is new but that it goes on. */
    default void onOwnedRenewed(final PoolElementEntry element, final long nowNs) {
        onOwnedUpdated(element, nowNs);
    }

    /** An element of ours is about to be removed. */
    void onOwnedRemoved(PoolElementEntry element, long nowNs);

    /** An element of another registrar, reported by users, does not answer us. */
    default void onForeignUnreachable(final PoolElementEntry element, final long nowNs) {
    }

    /** Any element, ours or another registrar's, is about to be removed. */
    default void onRemoved(final PoolElementEntry element, final long nowNs) {
    }
}
