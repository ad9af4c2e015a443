// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap;

import org.poolswitch.sctp.SendStatus;

/** The pool user side of ASAP (RFC 5352): resolves handles, opens sessions, fails over. Owned by one thread. */
public interface PoolUser {
    /** {@link #open(byte[], int, PoolSessionListener, Object, long)} without a wish for an element. */
    default PoolSession open(final byte[] poolHandle, final PoolSessionListener listener, final Object attachment,
        final long nowNs) {
        return open(poolHandle, 0, listener, attachment, nowNs);
    }

    /**
     * Opens a session. Nothing is sent before the first message; the element is chosen then, by the pool's policy.
     *
     * @param poolHandle      1 to 1,024 octets name the pool; RSPLIB takes 32
     * @param preferredElement PE identifier to take if the pool has it, or 0
     * @return the session, or null if as many as the configuration allows are open
     */
    PoolSession open(byte[] poolHandle, int preferredElement, PoolSessionListener listener, Object attachment,
        long nowNs);

    /**
     * Asks a registrar about a pool once, without a session: what is in it and by which policy, whatever its transport.
     *
     * @return false if too many such questions wait, or the user knows as many pools as it may
     */
    default boolean resolve(final byte[] poolHandle, final ResolutionListener listener, final long nowNs) {
        return false;
    }

    /** Who hears of the associations with elements themselves, beside all sessions. The last one given counts. */
    default void observe(final ElementObserver observer) {
    }

    /**
     * Sends on stream 0 of an association with an element, beside all sessions: an answer to what
     * {@link ElementObserver#onElementMessage} heard.
     */
    default SendStatus sendAside(final int association, final int ppid, final byte[] buffer, final int offset,
        final int length, final long nowNs) {
        return SendStatus.CLOSED;
    }
}
