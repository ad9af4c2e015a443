// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import java.net.InetAddress;
import java.util.List;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.PathState;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.UndeliveredMessage;

/** Something that waits for {@link org.poolswitch.sctp.SctpEndpoint#poll}. */
@FunctionalInterface
interface KernelEvent {
    void deliver(SctpListener listener, long nowNs);

    /** Payload that waits with it. */
    default int octets() {
        return 0;
    }

    /** A message. */
    record Message(int id, int stream, int ppid, boolean unordered, byte[] payload) implements KernelEvent {
        @Override
        public void deliver(final SctpListener listener, final long nowNs) {
            listener.onMessage(id, stream, ppid, unordered, payload, 0, payload.length, nowNs);
        }

        @Override
        public int octets() {
            return payload.length;
        }
    }

    static KernelEvent up(final int id, final SctpAddress remote, final boolean incoming, final int out,
        final int in) {
        return (listener, now) -> listener.onAssociationUp(id, remote, incoming, out, in, now);
    }

    static KernelEvent suspect(final int id, final boolean suspect) {
        return (listener, now) -> listener.onAssociationSuspect(id, suspect, now);
    }

    static KernelEvent path(final int id, final InetAddress host, final PathState state) {
        return (listener, now) -> listener.onPathState(id, host, state, now);
    }

    static KernelEvent abandoned(final int id, final UndeliveredMessage message) {
        return (listener, now) -> listener.onMessageAbandoned(id, message, now);
    }

    static KernelEvent sendable(final int id) {
        return (listener, now) -> listener.onSendable(id, now);
    }

    static KernelEvent down(final int id, final DownCause cause, final List<UndeliveredMessage> undelivered) {
        return (listener, now) -> listener.onAssociationDown(id, cause, undelivered, now);
    }
}
