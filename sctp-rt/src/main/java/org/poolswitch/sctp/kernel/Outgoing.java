// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.UndeliveredMessage;

/**
 * One message that waits for room in the kernel.
 *
 * @param expiresNs when its lifetime ends, or {@link SctpEndpoint#NO_LIFETIME}
 */
record Outgoing(int stream, int ppid, boolean unordered, long expiresNs, byte[] payload) {
    boolean isMortal() {
        return expiresNs != SctpEndpoint.NO_LIFETIME;
    }

    boolean isExpired(final long nowNs) {
        return isMortal() && expiresNs - nowNs <= 0;
    }

    /** What the kernel is told, in milliseconds rounded up; 0 is for ever (RFC 6458 section 5.3.2). */
    long lifetimeMillis(final long nowNs) {
        return isMortal() ? Math.max(1, (expiresNs - nowNs + 999_999) / 1_000_000) : 0;
    }

    UndeliveredMessage undelivered(final boolean sent) {
        return new UndeliveredMessage(stream, ppid, unordered, sent, payload);
    }
}
