// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.udp;

import java.util.List;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.UndeliveredMessage;
import org.poolswitch.sctp.core.SctpEndpointCore;

/**
 * What the real and the simulated datagram driver have in common: they hand everything to the core, and give each
 * association that was opened from here a path with a local UDP port of its own.
 */
public abstract class EncapsulatedEndpoint implements SctpEndpoint, DialledPaths.Dialler {
    private final Tracker tracker = new Tracker();
    private SctpEndpointCore core;
    private DialledPaths paths;

    /** Sets what the subclass could only build after its own construction had begun. */
    protected final void attach(final SctpEndpointCore newCore, final DialledPaths newPaths) {
        core = newCore;
        paths = newPaths;
    }

    /** The protocol logic. */
    public final SctpEndpointCore core() {
        return core;
    }

    @Override
    public final SctpAddress localAddress() {
        return core.localAddress();
    }

    @Override
    public final int connect(final SctpAddress remote, final long nowNs) {
        if (!paths.acquire(remote, nowNs)) {
            return CONNECT_FULL;
        }
        final int association = core.connect(remote, nowNs);
        if (association > 0) {
            paths.bind(association, remote);
        } else {
            paths.release(remote, nowNs);
        }
        return association;
    }

    @Override
    public final SendStatus send(final int association, final int stream, final int ppid, final boolean unordered,
        final long lifetimeNs, final byte[] buffer, final int offset, final int length, final long nowNs) {
        return core.send(association, stream, ppid, unordered, lifetimeNs, buffer, offset, length, nowNs);
    }

    @Override
    public final void probe(final int association, final long nowNs) {
        core.probe(association, nowNs);
    }

    @Override
    public final void shutdown(final int association, final long nowNs) {
        core.shutdown(association, nowNs);
    }

    @Override
    public final void abort(final int association, final long nowNs) {
        core.abort(association, nowNs);
    }

    @Override
    public final long lastHeardNs(final int association) {
        return core.lastHeardNs(association);
    }

    @Override
    public final long probeAnsweredNs(final int association) {
        return core.probeAnsweredNs(association);
    }

    @Override
    public final long smoothedRttNs(final int association) {
        return core.smoothedRttNs(association);
    }

    @Override
    public final int poll(final SctpListener listener, final int limit, final long nowNs) {
        tracker.listener = listener;
        return core.poll(tracker, limit, nowNs);
    }

    @Override
    public final void onClockJump(final long pausedNs, final long nowNs) {
        core.onClockJump(pausedNs, nowNs);
    }

    @Override
    public void flush(final long nowNs) {
        core.flush(nowNs);
        paths.expire(nowNs);
    }

    @Override
    public void close(final long nowNs) {
        core.close(nowNs);
        core.flush(nowNs);
    }

    @Override
    public final long nextDeadlineNs() {
        return core.nextDeadlineNs();
    }

    @Override
    public final void onDeadline(final long nowNs) {
        core.onDeadline(nowNs);
    }

    /** Passes events on and notes which associations are gone. */
    private final class Tracker implements SctpListener {
        private SctpListener listener;

        @Override
        public void onAssociationUp(final int association, final SctpAddress remote, final boolean incoming,
            final int outStreams, final int inStreams, final long nowNs) {
            listener.onAssociationUp(association, remote, incoming, outStreams, inStreams, nowNs);
        }

        @Override
        public void onMessage(final int association, final int stream, final int ppid, final boolean unordered,
            final byte[] buffer, final int offset, final int length, final long nowNs) {
            listener.onMessage(association, stream, ppid, unordered, buffer, offset, length, nowNs);
        }

        @Override
        public void onAssociationSuspect(final int association, final boolean suspect, final long nowNs) {
            listener.onAssociationSuspect(association, suspect, nowNs);
        }

        @Override
        public void onSendable(final int association, final long nowNs) {
            listener.onSendable(association, nowNs);
        }

        @Override
        public void onAssociationDown(final int association, final DownCause cause,
            final List<UndeliveredMessage> undelivered, final long nowNs) {
            paths.unbind(association, nowNs);
            listener.onAssociationDown(association, cause, undelivered, nowNs);
        }
    }
}
