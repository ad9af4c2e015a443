// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import org.poolswitch.runtime.Machine;

/**
 * When an association has to do something by itself, and what; and what a pause of our own process means for its
 * timers. One for all of an endpoint.
 */
final class Timers {
    private final Shared shared;
    private final Retransmission retransmission;

    Timers(final Shared shared) {
        this.shared = shared;
        this.retransmission = new Retransmission(shared.counters());
    }

    static long nextDeadlineNs(final Association a) {
        if (a.isClosed()) {
            return Machine.NO_DEADLINE;
        }
        long next = Math.min(a.paths().nextDeadlineNs(), a.outbound().queue().nextExpiryNs());
        if (a.state() != AssociationState.ESTABLISHED) {
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
            a.outbound().queue().dropAbandoned();
            a.shutdown().progress(nowNs);
        }
        if (a.state() != AssociationState.ESTABLISHED) {
            a.setup().onDeadline(nowNs);
            a.shutdown().onDeadline(nowNs);
        }
        if (a.reset() != null) {
            a.reset().onDeadline(nowNs);
        }
        a.paths().silence().onDeadline(nowNs);
        for (final Path path : a.paths().all()) {
            onPathDeadline(a, path, nowNs);
        }
        if (!a.isClosed()) {
            a.heartbeats().onDeadline(nowNs);
        }
    }

    private void onPathDeadline(final Association a, final Path path, final long nowNs) {
        if (path.countNs <= nowNs) {
            a.paths().count(path, nowNs);
        }
        if (path.t3Ns <= nowNs && !a.isClosed()) {
            retransmission.onT3(a, path, nowNs);
        } else if (path.tailNs <= nowNs && !a.isClosed()) {
            retransmission.onTailLoss(a, path, nowNs);
        }
    }

    /**
     * To be called before anything that happens to an association counts: our process may have been away since the last
     * time.
     *
     * @return whether it was
     */
    boolean catchUp(final Association a, final long nowNs) {
        if (a.pausesSeen == shared.pauses().count()) {
            return false;
        }
        // its turn to be asked comes later
        onClockJump(a, Math.max(1, shared.pauses().leftNs()), nowNs);
        return true;
    }

    /** Our process was away, and it is this association's turn to be asked. */
    void askAfterPause(final Association a, final long nowNs) {
        if (a.pausesSeen != shared.pauses().count()) {
            onClockJump(a, 0, nowNs);
        } else if (a.establishment().wasUp()) {
            a.heartbeats().restart(0, nowNs);
        }
    }

    /** What was due meanwhile says nothing about the peer, who is asked now or after a delay. */
    private void onClockJump(final Association a, final long delayNs, final long nowNs) {
        a.pausesSeen = shared.pauses().count();
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
                // what was probed once is not probed again after each of our pauses: T3-rtx is there for that
                path.restartTimers(path.tailNs != Machine.NO_DEADLINE, nowNs);
            }
        }
        if (a.establishment().wasUp()) {
            a.heartbeats().restart(delayNs, nowNs);
        }
    }
}
