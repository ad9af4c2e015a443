// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.poolswitch.observe.Counters;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.PathState;
import org.poolswitch.sctp.PathStatus;
import org.poolswitch.sctp.SctpConfig;

/**
 * The ways to the peer: which one is used (RFC 9260 section 6.4, RFC 7829 section 3), and what counts against them (RFC
 * 9260 section 8.2); what counts against the peer is {@link Silence}.
 */
final class Paths {
    private final SctpConfig config;
    private final Counters counters;
    private final Association association;
    private final EventQueue events;
    private final RemotePorts remotePorts;
    private final SctpTransmitter out;
    private Path[] all = new Path[0];
    private Path primary;
    /** Where the last DATA or control chunk came from, of confirmed addresses: replies go back there (section 6.4). */
    private Path reply;
    private final Silence silence;
    private boolean suspect;
    /** Octets that the peer sent beyond those that we sent to addresses that nobody has vouched for. */
    private long creditOctets;

    Paths(final Association association, final Shared shared) {
        this.association = association;
        this.config = shared.config();
        this.counters = shared.counters();
        this.events = shared.events();
        this.remotePorts = shared.remotePorts();
        this.out = shared.out();
        this.silence = new Silence(association, shared, this);
    }

    Path[] all() {
        return all;
    }

    Path add(final InetAddress local, final InetAddress host, final int udpPort, final long nonce,
        final PathState state) {
        final Path path = new Path(config, all.length, local, host, udpPort, nonce, state);
        path.remotePort = remotePorts.enter(host, udpPort);
        all = Arrays.copyOf(all, all.length + 1);
        all[all.length - 1] = path;
        if (primary == null) {
            primary = path;
            reply = path;
        }
        return path;
    }

    /** The peer says that this is not its address; another one takes over what was this one's. */
    void remove(final Path path, final Path instead) {
        final Path[] rest = new Path[all.length - 1];
        int n = 0;
        for (final Path p : all) {
            if (p != path) {
                p.index = n;
                rest[n++] = p;
            }
        }
        all = rest;
        if (primary == path) {
            primary = instead;
        }
        if (reply == path) {
            reply = instead;
        }
    }

    Path find(final InetAddress host) {
        if (reply != null && reply.host == host) {
            return reply;
        }
        for (final Path path : all) {
            if (path.host.equals(host)) {
                if (!host.isLinkLocalAddress()) {
                    // those are equal whatever interface they belong to, and ours may not change
                    path.host = host;
                }
                return path;
            }
        }
        return null;
    }

    /** See {@link Association#warm}. */
    int warm() {
        return silence.warm() + all.length + reply.warm();
    }

    /** Whether the peer is given up. */
    Silence silence() {
        return silence;
    }

    Path primary() {
        return primary;
    }

    void setPrimary(final Path path) {
        primary = path;
    }

    Path reply() {
        return reply;
    }

    List<PathStatus> status() {
        final List<PathStatus> result = new ArrayList<>();
        result.add(primary.status(true));
        for (final Path path : all) {
            if (path != primary) {
                result.add(path.status(false));
            }
        }
        return result;
    }

    /** When the newest acknowledged HEARTBEAT was sent, on whatever path, or {@link Long#MIN_VALUE}. */
    long probeAnsweredNs() {
        long newest = Long.MIN_VALUE;
        for (final Path path : all) {
            newest = Math.max(newest, path.probeAnsweredNs());
        }
        return newest;
    }

    /** A packet with the right tag came from there, of so many octets. */
    void heard(final Path path, final InetAddress local, final int udpPort, final int octets, final long nowNs) {
        creditOctets += octets;
        path.hintNs = Machine.NO_DEADLINE;
        if (path.udpPort != udpPort) {
            moved(path, udpPort);
        }
        silence.broken(path, nowNs);
        path.local = local;
        if (path.isConfirmed()) {
            // section 5.4: nothing but HEARTBEATs and answers to them goes where nobody has vouched for
            reply = path;
        }
    }

    private void moved(final Path path, final int udpPort) {
        if (!path.isConfirmed()) {
            // what we asked went to a port where nobody was
            path.heartbeatOut = false;
            path.heartbeatDue = true;
        } else {
            path.hasMoved = true;
        }
        path.udpPort = udpPort;
        remotePorts.leave(path.remotePort);
        path.remotePort = remotePorts.enter(path.host, udpPort);
    }

    boolean hasCredit(final int octets) {
        return creditOctets >= octets;
    }

    /** Takes octets for an address that may be a third party's. @return false if the peer has not sent so many */
    boolean spendCredit(final int octets) {
        if (!hasCredit(octets)) {
            return false;
        }
        creditOctets -= octets;
        return true;
    }

    // ---- choice --------------------------------------------------------------------------------------------------

    /** Where new data goes: to the primary path while it is active, else to the best of the others. */
    Path forData() {
        return rank(primary) == 0 ? primary : best(null);
    }

    /** Where what timed out on a path goes again (section 6.4.1): elsewhere, if that is not worse. */
    Path alternateTo(final Path path) {
        final Path other = best(path);
        return other == null || rank(other) > rank(path) ? path : other;
    }

    /** Another path that is active and beyond doubt, or null. */
    Path activeBeside(final Path path) {
        final Path other = best(path);
        return other != null && rank(other) == 0 ? other : null;
    }

    private Path best(final Path except) {
        Path best = except == primary ? null : primary;
        for (final Path path : all) {
            if (path != except && (best == null || isBetter(path, best))) {
                best = path;
            }
        }
        return best;
    }

    private static boolean isBetter(final Path a, final Path b) {
        // RFC 7829 section 3: of potentially failed paths the one with the fewest errors
        return rank(a) != rank(b) ? rank(a) < rank(b) : a.errors < b.errors;
    }

    private static int rank(final Path path) {
        return switch (path.state) {
            case ACTIVE -> path.doubtful ? 1 : 0;
            case POTENTIALLY_FAILED -> 2;
            case INACTIVE -> 3;
            // section 5.4: no data to an address that may be somebody else's
            case UNCONFIRMED -> 4;
        };
    }

    boolean hasActive() {
        for (final Path path : all) {
            if (path.isActive()) {
                return true;
            }
        }
        return false;
    }

    // ---- what counts ---------------------------------------------------------------------------------------------

    /** The peer answered on this path: whatever counted against it is forgotten (sections 8.1 and 8.2). */
    void proved(final Path path) {
        silence.proved();
        path.forgive();
        path.doubtful = false;
        if (path.state == PathState.POTENTIALLY_FAILED || path.state == PathState.INACTIVE) {
            change(path, PathState.ACTIVE);
        }
    }

    /** The last packet on this path should have been acknowledged by now. */
    void doubt(final Path path, final long nowNs) {
        path.doubtful = true;
        silence.late(path, nowNs);
    }

    /** A HEARTBEAT ACK with the right nonce: the address is the peer's (section 5.4). */
    void confirm(final Path path) {
        if (path.state == PathState.UNCONFIRMED) {
            change(path, PathState.ACTIVE);
            association.addresses().watch(path, association.lastHeardNs());
        }
    }

    /** T3-rtx of a path expired: an error of it as soon as everything is read that had arrived before. */
    void timedOut(final Path path, final long expiredNs, final long nowNs) {
        path.uncounted++;
        path.uncountedNs = expiredNs;
        count(path, nowNs);
    }

    /** Looks whether what timed out counts now. */
    void count(final Path path, final long nowNs) {
        if (mayAnswer(path, path.uncountedNs, nowNs)) {
            path.countNs = putOff(path, nowNs);
            return;
        }
        path.countNs = Machine.NO_DEADLINE;
        for (; path.uncounted > 0 && !association.isClosed(); path.uncounted--) {
            error(path, nowNs);
        }
    }

    /** A verdict about a path is put off, and so is one about the peer. @return when to look again */
    long putOff(final Path path, final long nowNs) {
        silence.putOff(nowNs);
        return path.unread.putOff(nowNs);
    }

    /** Whether the answer that was due then may be there, unread: see {@link UnreadInput}. */
    boolean mayAnswer(final Path path, final long dueNs, final long nowNs) {
        return path.unread.mayWait(nowNs) && out.hasUnread(path.local, path.host, path.udpPort, dueNs, nowNs);
    }

    /** A time-out on this path (sections 8.1 and 8.2). */
    void error(final Path path, final long nowNs) {
        path.errors++;
        if (path.state == PathState.UNCONFIRMED) {
            return;
        }
        silence.late(path, nowNs);
        if (path.errors > config.pathMaxRetrans()) {
            change(path, PathState.INACTIVE);
        } else if (path.errors > config.potentiallyFailedMaxRetrans() && path.state == PathState.ACTIVE) {
            change(path, PathState.POTENTIALLY_FAILED);
        }
        silence.error(nowNs);
    }

    /** ICMP, believed: this path leads to nobody. */
    void unreachable(final Path path) {
        path.errors = config.pathMaxRetrans() + 1;
        change(path, PathState.INACTIVE);
    }

    /** True if nothing is left to try. */
    boolean allUnreachable() {
        for (final Path path : all) {
            if (path.isConfirmed() && path.state != PathState.INACTIVE) {
                return false;
            }
        }
        return true;
    }

    boolean allHinted() {
        for (final Path path : all) {
            if (path.hintNs == Machine.NO_DEADLINE) {
                return false;
            }
        }
        return true;
    }

    private void change(final Path path, final PathState state) {
        if (path.state == state) {
            return;
        }
        if (path.isActive()) {
            counters.increment(SctpCounter.PATH_FAILURES);
        }
        path.state = state;
        events.path(association, path.host, state);
        final boolean nobodyIsActive = !hasActive();
        if (nobodyIsActive != suspect) {
            suspect = nobodyIsActive;
            events.suspect(association, suspect);
        }
    }

    void forgiveAll() {
        silence.forgive();
        for (final Path path : all) {
            path.forgive();
        }
    }

    long nextDeadlineNs() {
        long next = silence.deadlineNs();
        for (final Path path : all) {
            next = Math.min(next, path.nextDeadlineNs());
        }
        return next;
    }

    void stopAll() {
        silence.stop();
        for (final Path path : all) {
            path.stopAll();
        }
    }
}
