// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap;

/** What a pool user's application hears of its sessions. */
public interface PoolSessionListener {
    /** A data message from the element now in charge; those of a deposed element never come here. */
    void onMessage(PoolSession session, int ppid, byte[] buffer, int offset, int length, long nowNs);

    /** The session moved: cookie and retained messages are already on their way to the new element. */
    void onFailover(PoolSession session, Failover failover, long nowNs);

    /**
     * The element that took over was heard for the first time: here the gap ends that the loss made.
     *
     * @param pendingSinceNs since when a message waited for the lost element's answer, or 0 if none did
     */
    default void onRecovered(final PoolSession session, final Failover failover, final long pendingSinceNs,
        final long nowNs) {
    }

    /**
     * A {@link PoolSession#PERISHABLE} message was given up by the transport. If it is retained it still is: whoever
     * may still speak sends it again.
     */
    default void onExpired(final PoolSession session, final long nowNs) {
    }

    /** No element can be had (unknown or empty pool, queue overflow by age, no alternate). The session is closed. */
    void onFailed(PoolSession session, SessionFailure reason, long nowNs);
}
