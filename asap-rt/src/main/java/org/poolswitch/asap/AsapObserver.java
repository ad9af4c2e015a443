// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap;

import java.util.List;
import org.poolswitch.rserpool.OperationError;
import org.poolswitch.sctp.SctpAddress;

/** What an operator wants to hear of a stack: registrars, registrations, and what others complain about. */
public interface AsapObserver {
    /** Hears nothing. */
    AsapObserver NONE = new AsapObserver() {
    };

    /** Our element is in a pool, for the first time or again after it was not. */
    default void onRegistered(final byte[] poolHandle, final int identifier, final long nowNs) {
    }

    /**
     * The registrar refused our element (REGISTRATION_RESPONSE with the R bit). It is asked again after
     * T4-reregistration; at once, with another identifier, if the cause is a PE identifier that is not unique.
     *
     * @param cause see {@link org.poolswitch.rserpool.ErrorCause}
     */
    default void onRegistrationRefused(final byte[] poolHandle, final int cause, final long nowNs) {
    }

    /** The registrar accepted our element and has something to say all the same. */
    default void onRegistrationWarning(final byte[] poolHandle, final int cause, final long nowNs) {
    }

    /** Another registrar made itself our home (H bit). */
    default void onHomeChanged(final int serverId, final SctpAddress registrar, final long nowNs) {
    }

    /** ERROR: the peer did not understand something of ours, or rejects it. */
    default void onErrorReport(final List<OperationError.Cause> causes, final long nowNs) {
    }

    /** A pool has elements, and none of them is reached by SCTP: sessions with it are not possible. */
    default void onUnusableTransport(final byte[] poolHandle, final int transportType, final long nowNs) {
    }
}
