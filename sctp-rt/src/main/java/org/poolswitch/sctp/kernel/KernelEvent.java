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

    static KernelEvent up(final int id, final SctpAddress remote, final boolean incoming, final int out,
        final int in) {
        return (listener, now) -> listener.onAssociationUp(id, remote, incoming, out, in, now);
    }

    static KernelEvent message(final int id, final int stream, final int ppid, final boolean unordered,
        final byte[] payload) {
        return (listener, now) -> listener.onMessage(id, stream, ppid, unordered, payload, 0, payload.length, now);
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
