// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.SctpConfig;

/**
 * Whether the peer is given up (RFC 9260 section 8.1): errors in a row on all paths together, and how long it may be
 * silent. How late it breaks a silence is what its process is known by from then on.
 */
final class Silence {
    private final SctpConfig config;
    private final Punctuality punctuality;
    private final Association association;
    private final SctpTransmitter out;
    private final Paths paths;
    private final UnreadInput unread;
    private int errors;
    /** When the peer was to be given up, and when to look at that again, or NO_DEADLINE. */
    private long endDueNs;
    private long endNs = Machine.NO_DEADLINE;
    /** Since when an answer of the peer is late, on whatever path is left, or NO_DEADLINE. */
    private long lateSinceNs = Machine.NO_DEADLINE;

    Silence(final Association association, final Shared shared, final Paths paths) {
        this.association = association;
        this.config = shared.config();
        this.punctuality = shared.punctuality();
        this.out = shared.out();
        this.paths = paths;
        this.unread = new UnreadInput(config);
    }

    /** See {@link Association#warm}. */
    int warm() {
        return errors;
    }

    /** Something came on this path. */
    void broken(final Path path, final long nowNs) {
        if (path.isConfirmed()) {
            if (lateSinceNs < nowNs) {
                path.remotePort.brokeSilence(lateSinceNs, nowNs);
            }
            path.remotePort.heard(nowNs);
        }
        lateSinceNs = Machine.NO_DEADLINE;
    }

    /** The peer answered what we sent. */
    void proved() {
        errors = 0;
        unread.forget();
    }

    /** The same, or we were not there: nothing is late. */
    void forgive() {
        proved();
        lateSinceNs = Machine.NO_DEADLINE;
    }

    /**
     * An answer is late. While another path is beyond doubt that is the path's fault, and while we are behind with
     * reading it is ours; otherwise it is known how late the peer was as soon as it is heard. It is asked just now:
     * what was lost and is answered a round trip after that was not late.
     */
    void late(final Path path, final long nowNs) {
        if (lateSinceNs == Machine.NO_DEADLINE && !unread.putsOff() && paths.activeBeside(path) == null) {
            lateSinceNs = nowNs + Math.max(0, path.roundTrip.srttNs());
        }
    }

    /** A verdict about a path is put off: we are late, not the peer. */
    void putOff(final long nowNs) {
        lateSinceNs = Machine.NO_DEADLINE;
        unread.putOff(nowNs);
    }

    /** A time-out. */
    void error(final long nowNs) {
        errors++;
        giveUpIfDue(nowNs);
    }

    private void giveUpIfDue(final long nowNs) {
        final boolean wasDue = endNs != Machine.NO_DEADLINE;
        endNs = Machine.NO_DEADLINE;
        if (errors > config.associationMaxRetrans() && isLongEnough(nowNs)) {
            endDueNs = wasDue ? endDueNs : nowNs;
            endNs = putOffEndNs(endDueNs, nowNs);
            if (endNs == Machine.NO_DEADLINE) {
                association.termination().peerSilent();
            }
        }
    }

    /**
     * Before the peer is given up: something that it said on any path may be unread.
     *
     * @return when to look again, or NO_DEADLINE if it can be given up now
     */
    long putOffEndNs(final long dueNs, final long nowNs) {
        if (unread.mayWait(nowNs)) {
            for (final Path path : paths.all()) {
                if (out.hasUnread(path.local, path.host, path.udpPort, dueNs, nowNs)) {
                    return unread.putOff(nowNs);
                }
            }
        }
        return Machine.NO_DEADLINE;
    }

    private boolean isLongEnough(final long nowNs) {
        final long patienceNs = patienceNs(nowNs);
        final long longestNs = config.leastSilenceNs() + patienceNs;
        final long silentNs = nowNs - association.lastHeardNs();
        // a process that answers others is alive and behind with its work; but not for ever
        return silentNs >= longestNs
            && (silentNs >= config.mostPutOffNs() + patienceNs || nowNs - processHeardNs() >= longestNs);
    }

    /** How much longer the peer may be silent than usual: the worse of what is known of us and of it, not both. */
    private long patienceNs(final long nowNs) {
        long most = punctuality.patienceNs(nowNs);
        for (final Path path : paths.all()) {
            if (path.isConfirmed()) {
                most = Math.max(most, path.remotePort.patienceNs(nowNs));
            }
        }
        return most;
    }

    /** When any association heard of the peer's process last. */
    private long processHeardNs() {
        long last = association.lastHeardNs();
        for (final Path path : paths.all()) {
            if (path.isConfirmed()) {
                last = Math.max(last, path.remotePort.heardNs());
            }
        }
        return last;
    }

    long deadlineNs() {
        return endNs;
    }

    void onDeadline(final long nowNs) {
        if (endNs <= nowNs) {
            giveUpIfDue(nowNs);
        }
    }

    void stop() {
        endNs = Machine.NO_DEADLINE;
    }
}
