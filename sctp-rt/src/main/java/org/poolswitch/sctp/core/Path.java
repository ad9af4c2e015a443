// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.net.InetAddress;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.PathState;
import org.poolswitch.sctp.PathStatus;
import org.poolswitch.sctp.SctpConfig;

/**
 * One destination address of the peer: where it is, what is known about it, and its own timers (RFC 9260 section
 * 8.2).
 */
final class Path {
    private static final byte[] NOTHING = new byte[0];
    /** Octets of a HEARTBEAT's information; a buffer for so many is kept for the next one. */
    private static final int USUAL_HEARTBEAT = 128;

    /** The very object by which it was last found, so that the next look finds it without comparing. */
    InetAddress host;
    final RoundTrip roundTrip;
    final CongestionControl congestion;
    /** Proves that whoever answers a HEARTBEAT was sent it (section 5.4). */
    final long nonce;
    int index;
    /** The address of ours that packets to this path leave from. */
    InetAddress local;
    /** UDP port from which the peer was last heard on this path (RFC 6951 section 5.4). */
    int udpPort;
    /** The peer was heard from more than one: a translator gives it others now and then. */
    boolean hasMoved;
    /** That port and all who talk to it, or null once the path is given up. */
    RemotePort remotePort;
    PathState state;
    /** True if a socket was asked for, which must be given back. */
    boolean opened;
    final int openedPort;
    /** Where the driver was asked to watch a caller's port, which must be given back; port 0 = nowhere. */
    InetAddress watchedFrom;
    int watchedPort;
    int errors;
    /** Expiries of T3-rtx that do not count as errors yet, the last one's time, and when to look at them again. */
    int uncounted;
    long uncountedNs;
    long countNs = Machine.NO_DEADLINE;
    final UnreadInput unread;
    /** T3-rtx (section 6.3.2). */
    long t3Ns = Machine.NO_DEADLINE;
    /** Tail-loss probe: fires once after the oldest packet in flight was not acknowledged in time. */
    long tailNs = Machine.NO_DEADLINE;
    /** When to send a HEARTBEAT or, while one is out, when to stop waiting for its answer. */
    long heartbeatNs = Machine.NO_DEADLINE;
    boolean heartbeatOut;
    /** When its answer was due. */
    long answerDueNs;
    boolean heartbeatDue;
    /** When it was asked last, while nobody vouches for it. */
    long askedNs = Long.MIN_VALUE;
    /** That HEARTBEAT goes however many others ask the same process. */
    boolean askItself;
    /** Since when only others have asked and nothing was heard here, or NO_DEADLINE. */
    long leftSinceNs = Machine.NO_DEADLINE;
    /** Since when others ask the same process instead of us, or NO_DEADLINE if we did ourselves. */
    long othersAskNs = Machine.NO_DEADLINE;
    /** Information of a HEARTBEAT of the peer that is to be returned; its length is 0 if there is none. */
    byte[] heartbeatAck = NOTHING;
    int heartbeatAckLength;
    /** When ICMP said that nobody listens there, or NO_DEADLINE. */
    long hintNs = Machine.NO_DEADLINE;
    /** The last packet is late: other paths are preferred until this one has proved itself. */
    boolean doubtful;
    long lastDataNs = Long.MIN_VALUE / 2;
    private long probeAnsweredNs = Long.MIN_VALUE;
    /** One chunk at a time is measured (section 6.3.1 C4): its TSN, and whether there is one. */
    int timedTsn;
    boolean timing;
    /** Highest TSN sent here that the SACK at hand acknowledges newly (section 7.2.4). */
    int highestNewlyAcked;
    /** The lowest one. */
    int lowestNewlyAcked;
    boolean newlyAcked;
    long ackedOctets;
    boolean windowWasFull;

    Path(final SctpConfig config, final int index, final InetAddress local, final InetAddress host, final int udpPort,
        final long nonce, final PathState state) {
        this.index = index;
        this.local = local;
        this.host = host;
        this.udpPort = udpPort;
        this.openedPort = udpPort;
        this.nonce = nonce;
        this.state = state;
        this.roundTrip = new RoundTrip(config);
        this.congestion = new CongestionControl(config);
        this.unread = new UnreadInput(config);
    }

    /** The peer is there, or we were not: nothing counts against it. */
    void forgive() {
        errors = 0;
        uncounted = 0;
        leftSinceNs = Machine.NO_DEADLINE;
        countNs = Machine.NO_DEADLINE;
        hintNs = Machine.NO_DEADLINE;
        unread.forget();
    }

    /** A HEARTBEAT of the peer: what it says goes back as it is (section 8.3). */
    void onHeartbeat(final byte[] b, final int at, final int length) {
        if (heartbeatAck.length < length) {
            heartbeatAck = new byte[length];
        }
        System.arraycopy(b, at, heartbeatAck, 0, length);
        heartbeatAckLength = length;
    }

    /** The answer has gone. Who sends long HEARTBEATs does not fill our memory with each of his addresses. */
    void onHeartbeatAnswered() {
        heartbeatAckLength = 0;
        if (heartbeatAck.length > USUAL_HEARTBEAT) {
            heartbeatAck = NOTHING;
        }
    }

    boolean isConfirmed() {
        return state != PathState.UNCONFIRMED;
    }

    boolean isActive() {
        return state == PathState.ACTIVE;
    }

    /** See {@link Association#warm}. */
    int warm() {
        return (int) t3Ns + errors + heartbeatAck.length + roundTrip.warm() + congestion.warm();
    }

    long rtoNs() {
        return roundTrip.rtoNs();
    }

    /** Something of ours went out on this path: from now on an answer is due (section 6.3.2 R1). */
    void startTimers(final boolean watchTail, final long nowNs) {
        if (t3Ns == Machine.NO_DEADLINE) {
            restartTimers(watchTail, nowNs);
        }
    }

    void restartTimers(final boolean watchTail, final long nowNs) {
        t3Ns = nowNs + rtoNs();
        tailNs = watchTail ? nowNs + roundTrip.tailLossProbeNs() : Machine.NO_DEADLINE;
    }

    /** Section 6.3.2 R2: nothing is outstanding here. */
    void stopTimers() {
        t3Ns = Machine.NO_DEADLINE;
        tailNs = Machine.NO_DEADLINE;
    }

    void stopAll() {
        stopTimers();
        heartbeatNs = Machine.NO_DEADLINE;
        countNs = Machine.NO_DEADLINE;
        hintNs = Machine.NO_DEADLINE;
    }

    long nextDeadlineNs() {
        return Math.min(Math.min(t3Ns, tailNs), Math.min(heartbeatNs, countNs));
    }

    /** A HEARTBEAT sent at {@code sentNs} was acknowledged, maybe after a younger one. */
    void onProbeAnswered(final long sentNs) {
        probeAnsweredNs = Math.max(probeAnsweredNs, sentNs);
    }

    /** When the newest acknowledged HEARTBEAT was sent, or {@link Long#MIN_VALUE}. */
    long probeAnsweredNs() {
        return probeAnsweredNs;
    }

    PathStatus status(final boolean primary) {
        return new PathStatus(local, host, udpPort, state, primary, roundTrip.srttNs(), rtoNs(), congestion.cwnd(),
            congestion.flightOctets(), errors);
    }
}
