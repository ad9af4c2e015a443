// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.util.ArrayDeque;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.AsapSuspicion;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SendStatus;

/**
 * A user's association with our element. After a pause of ours it is fenced: the user may have given its calls to
 * somebody else meanwhile, so nothing is said to it until it proves that it still wants us.
 */
final class UserAssociation {
    private record Held(int stream, int ppid, byte[] octets) {
    }

    final int association;
    final SctpAddress remote;
    private final AsapPoolElement element;
    private final ArrayDeque<Held> held = new ArrayDeque<>(0);
    private int heldOctets;
    private boolean fenced;
    private boolean spoke;
    private long jumpNs;
    private long nextProbeNs;
    private long nextLookNs;

    UserAssociation(final AsapPoolElement element, final int association, final SctpAddress remote) {
        this.element = element;
        this.association = association;
        this.remote = remote;
    }

    boolean fenced() {
        return fenced;
    }

    SendStatus send(final int stream, final int ppid, final byte[] buffer, final int offset, final int length,
        final long nowNs) {
        if (!fenced && held.isEmpty()) {
            return element.endpoint.send(association, stream, ppid, false, buffer, offset, length, nowNs);
        }
        final var bounds = element.config.bounds();
        if (held.size() >= bounds.heldMessages() || heldOctets + length > bounds.heldOctets()) {
            element.counters.increment(AsapCounter.REFUSED);
            return SendStatus.FULL;
        }
        if (length < 1 || length > bounds.messageOctets()) {
            return SendStatus.INVALID;
        }
        final byte[] copy = new byte[length];
        System.arraycopy(buffer, offset, copy, 0, length);
        held.addLast(new Held(stream, ppid, copy));
        heldOctets += length;
        element.counters.increment(AsapCounter.HELD);
        return SendStatus.ACCEPTED;
    }

    void fence(final long nowNs) {
        fenced = true;
        spoke = false;
        jumpNs = nowNs;
        // A user that has turned away answers this with ABORT. Where the transport does not tell which probe was
        // answered, the second one's answer is younger than whatever waited in our socket.
        probe(nowNs);
        nextProbeNs = nowNs + settleNs();
        nextLookNs = nowNs + lookNs();
    }

    private long settleNs() {
        return element.config.suspicion().fenceSettleNs();
    }

    /** The transport does not tell of a heartbeat's answer, so we look for it, a little more often than we ask. */
    private long lookNs() {
        return Math.max(1, element.config.suspicion().probeIntervalNs() / 32);
    }

    private void probe(final long nowNs) {
        element.counters.increment(AsapCounter.PROBES);
        element.endpoint.probe(association, nowNs);
    }

    /** Something was delivered from the user. */
    void onHeard(final long nowNs) {
        if (fenced && nowNs - jumpNs >= settleNs()) {
            spoke = true;
        }
    }

    long nextDeadlineNs() {
        return fenced ? Math.min(nextLookNs, nextProbeNs) : Machine.NO_DEADLINE;
    }

    /** Looks whether the user has been heard; probes again if not. */
    void onDeadline(final long nowNs) {
        if (!fenced) {
            return;
        }
        if (proven(nowNs)) {
            fenced = false;
            release(nowNs);
            element.listener.onUserUnfenced(association, nowNs);
            return;
        }
        final AsapSuspicion suspicion = element.config.suspicion();
        if (nowNs >= nextProbeNs) {
            probe(nowNs);
            nextProbeNs = nowNs + suspicion.probeIntervalNs();
        }
        if (nowNs >= nextLookNs) {
            nextLookNs = nowNs + lookNs();
        }
    }

    private boolean proven(final long nowNs) {
        final SctpEndpoint endpoint = element.endpoint;
        final long answeredNs = endpoint.probeAnsweredNs(association);
        if (answeredNs != Long.MIN_VALUE) {
            // exact: an answer to what we sent since the pause comes behind everything that waited in our socket
            return answeredNs >= jumpNs;
        }
        final long heardNs = endpoint.lastHeardNs(association);
        if (heardNs == Long.MIN_VALUE) {
            // The kernel saw the user's goodbye even while we were paused, and its event came before all data.
            return spoke || nowNs - jumpNs >= settleNs() + element.config.suspicion().probeIntervalNs();
        }
        return heardNs - jumpNs >= settleNs();
    }

    /** Sends what was held, in order, as far as it goes. */
    void release(final long nowNs) {
        while (!fenced && !held.isEmpty()) {
            final Held h = held.peekFirst();
            final SendStatus status = element.endpoint.send(association, h.stream, h.ppid, false, h.octets, 0,
                h.octets.length, nowNs);
            if (status == SendStatus.FULL) {
                return;
            }
            held.removeFirst();
            heldOctets -= h.octets.length;
            if (status != SendStatus.ACCEPTED) {
                element.counters.increment(AsapCounter.HELD_DROPPED);
            }
        }
    }

    void onDown() {
        element.counters.add(AsapCounter.HELD_DROPPED, held.size());
        held.clear();
        heldOctets = 0;
    }
}
