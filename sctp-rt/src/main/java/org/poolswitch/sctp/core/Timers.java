// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.DownCause;

/**
 * When an association has to do something by itself, and what; and what the outside says about time and paths. One for
 * all of an endpoint.
 */
final class Timers {
    private final Shared shared;

    Timers(final Shared shared) {
        this.shared = shared;
    }

    static long nextDeadlineNs(final Association a) {
        if (a.isClosed()) {
            return Machine.NO_DEADLINE;
        }
        long next = Math.min(a.paths().nextDeadlineNs(), a.outbound().queue().nextExpiryNs());
        if (a.state() != Association.State.ESTABLISHED) {
            // their timers run in other states only: not looking there spares the usual packet two cache misses
            next = Math.min(next, Math.min(a.setup().deadlineNs(), a.shutdown().deadlineNs()));
        }
        if (a.inbound() != null) {
            next = Math.min(next, a.inbound().deadlineNs());
        }
        return a.reset() == null ? next : Math.min(next, a.reset().deadlineNs());
    }

    void onDeadline(final Association a, final long nowNs) {
        if (a.inbound() != null) {
            a.inbound().onDeadline(nowNs);
        }
        if (a.outbound().queue().nextExpiryNs() <= nowNs) {
            for (final OutMessage message : a.outbound().abandonment().expire(nowNs)) {
                shared.events().abandoned(a, message.undelivered());
            }
            a.outbound().queue().trim();
            a.shutdown().progress(nowNs);
        }
        if (a.state() != Association.State.ESTABLISHED) {
            a.setup().onDeadline(nowNs);
            a.shutdown().onDeadline(nowNs);
        }
        if (a.reset() != null) {
            a.reset().onDeadline(nowNs);
        }
        for (final Path path : a.paths().all()) {
            onPathDeadline(a, path, nowNs);
        }
        if (!a.isClosed()) {
            a.heartbeats().onDeadline(nowNs);
        }
    }

    private static void onPathDeadline(final Association a, final Path path, final long nowNs) {
        if (path.t3Ns <= nowNs && !a.isClosed()) {
            if (a.outbound().onT3(path)) {
                a.paths().error(path, nowNs);
            }
        } else if (path.tailNs <= nowNs && !a.isClosed()) {
            path.tailNs = Machine.NO_DEADLINE;
            a.outbound().onTailLoss(path, a.paths().activeBeside(path));
            path.doubtful = true;
            a.heartbeats().ask(path);
        }
    }

    /** Our process was away: what was due meanwhile says nothing about the peer, who is asked after a delay. */
    void onClockJump(final Association a, final long delayNs, final long nowNs) {
        if (a.isClosed()) {
            return;
        }
        a.paths().forgiveAll();
        a.setup().onClockJump(nowNs);
        a.shutdown().onClockJump(nowNs);
        if (a.reset() != null) {
            a.reset().onClockJump(nowNs);
        }
        for (final Path path : a.paths().all()) {
            if (path.t3Ns != Machine.NO_DEADLINE) {
                path.restartTimers(shared.config().tailLossProbeNs() != 0, nowNs);
            }
        }
        if (a.wasUp()) {
            a.heartbeats().restart(delayNs, nowNs);
        }
    }

    /**
     * ICMP says that nobody listens there. It may be forged or old, so it only starts a probe; a second one for that
     * probe, with nothing heard between, is believed (RFC 9260 section 10 leaves it to the implementation).
     */
    static void onPortUnreachable(final Association a, final Path path, final long nowNs) {
        if (a.isSettingUp()) {
            onNobodyToSetUpWith(a, path, nowNs);
        } else if (path.hintNs == Machine.NO_DEADLINE) {
            path.hintNs = nowNs;
            path.doubtful = true;
            // if its process is gone, all its addresses are
            a.heartbeats().askAll();
        } else if (!path.heartbeatDue) {
            a.paths().unreachable(path);
            if (a.paths().allUnreachable()) {
                a.down(DownCause.PEER_UNREACHABLE);
            }
        }
    }

    private static void onNobodyToSetUpWith(final Association a, final Path path, final long nowNs) {
        final boolean first = path.hintNs == Machine.NO_DEADLINE;
        path.hintNs = nowNs;
        if (a.paths().allHinted()) {
            a.down(DownCause.CONNECT_FAILED);
        } else if (first && path == a.setup().path()) {
            a.setup().tryNextAddress();
        }
    }
}
