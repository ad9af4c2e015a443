// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.util.LinkedHashSet;
import java.util.Set;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.SendStatus;

/**
 * Takes messages from the user (the SEND primitive, RFC 9260 section 11.1.5), as long as there is room: in the
 * association's own Send.Buffer, and in the Send.Total of all together. One for all of an endpoint.
 */
final class MessageIntake {
    private final Shared shared;
    private final SctpConfig config;
    /** Associations whose user was told FULL and waits for {@link SctpListener#onSendable}. */
    private final Set<Association> refused = new LinkedHashSet<>();
    /** All associations together hold more than half of Send.Total, or did when somebody was told FULL. */
    private boolean crowded;
    /** What they held, half or less, when a message did not fit that needs more than the other half; or 0. */
    private long heldOctets;

    MessageIntake(final Shared shared) {
        this.shared = shared;
        this.config = shared.config();
    }

    SendStatus send(final Association a, final int stream, final int ppid, final boolean unordered,
        final long lifetimeNs, final byte[] buffer, final int offset, final int length, final long nowNs) {
        if (length < 1 || length > config.maxMessageOctets() || stream < 0 || stream >= a.outbound().streams()
            || lifetimeNs < 1) {
            return SendStatus.INVALID;
        }
        // one that would end beyond the clock's range never ends
        final long expiresNs = lifetimeNs >= SctpEndpoint.NO_LIFETIME - Math.max(0, nowNs) ? SctpEndpoint.NO_LIFETIME
            : nowNs + lifetimeNs;
        if (!a.outbound().queue().offer(stream, ppid, unordered, expiresNs, buffer, offset, length)) {
            refuse(a, length);
            return SendStatus.FULL;
        }
        shared.counters().increment(SctpCounter.MESSAGES_SENT);
        shared.agenda().touch(a);
        return SendStatus.ACCEPTED;
    }

    private void refuse(final Association a, final int length) {
        refused.add(a);
        if (shared.totals().isCrowded(config)) {
            // and perhaps no more when the next flush looks
            crowded = true;
        } else if (shared.totals().sendOctets + length > config.totalSendOctets()) {
            heldOctets = Math.max(heldOctets, shared.totals().sendOctets);
        }
    }

    /** What others held of Send.Total may be free again: whoever has nothing under way hears of it from nobody else. */
    void lookAtRefused() {
        final boolean somebodyWaited = crowded || shared.totals().sendOctets < heldOctets;
        crowded = shared.totals().isCrowded(config);
        if (somebodyWaited && !crowded) {
            heldOctets = 0;
            refused.removeIf(a -> !a.outbound().queue().hasRefused());
            refused.forEach(shared.agenda()::touch);
        }
    }

    void forget(final Association a) {
        refused.remove(a);
    }

    /** Those whose users are to hear of room, and some that they know of already. */
    Set<Association> refused() {
        return refused;
    }
}
