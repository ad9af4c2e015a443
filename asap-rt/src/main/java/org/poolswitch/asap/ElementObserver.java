// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap;

/**
 * What a pool user's application hears of the associations with elements themselves, beside all sessions: stream 0
 * carries what concerns the whole element, for example a media gateway's ServiceChange.
 */
public interface ElementObserver {
    /** Hears nothing. */
    ElementObserver NONE = new ElementObserver() {
    };

    /**
     * An association with an element came up, the first one or one after a loss. Told once for each pool that it is a
     * member of; sessions of it that had nothing at stake when it was lost are on no element until they send.
     */
    default void onElementUp(final int association, final int element, final byte[] poolHandle, final long nowNs) {
    }

    /** A message on stream 0. */
    default void onElementMessage(final int association, final int ppid, final byte[] buffer, final int offset,
        final int length, final long nowNs) {
    }

    /** It is gone; its sessions have moved already. */
    default void onElementDown(final int association, final long nowNs) {
    }
}
