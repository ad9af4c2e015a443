// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp;

import java.net.InetAddress;
import java.util.List;

/**
 * Receives an endpoint's events when the driver calls {@link SctpEndpoint#poll}. The listener may give commands to the
 * endpoint from inside any of these methods: commands only queue, so nothing re-enters.
 */
public interface SctpListener {
    /**
     * COMMUNICATION UP (RFC 9260 section 11.2.4).
     *
     * @param association the identifier that {@link SctpEndpoint#connect} returned, or a new one for an incoming one
     * @param incoming    true if the peer opened it
     * @param outStreams  streams we may send on: 0 to outStreams - 1
     * @param inStreams   streams the peer may send on
     */
    void onAssociationUp(int association, SctpAddress remote, boolean incoming, int outStreams, int inStreams,
        long nowNs);

    /**
     * One whole user message. {@code buffer} belongs to the endpoint and is valid only during the call.
     *
     * @param ppid payload protocol identifier, host order
     */
    void onMessage(int association, int stream, int ppid, boolean unordered, byte[] buffer, int offset, int length,
        long nowNs);

    /**
     * Every path to the peer is potentially failed (RFC 7829 section 3), or one is active again. Not the end: traffic
     * may already go to an alternate while the peer is probed.
     */
    default void onAssociationSuspect(final int association, final boolean suspect, final long nowNs) {
    }

    /**
     * NETWORK STATUS CHANGE (RFC 9260 section 11.2.3): one path changed. The association itself goes on.
     *
     * @param remoteHost the peer's address at the path's end
     */
    default void onPathState(final int association, final InetAddress remoteHost, final PathState state,
        final long nowNs) {
    }

    /**
     * A message's lifetime ended before the peer acknowledged it (RFC 3758 section 4.4), or it was accepted before the
     * association was up and the peer turned out to have fewer streams: it was given up, and the
     * association goes on.
     */
    default void onMessageAbandoned(final int association, final UndeliveredMessage message, final long nowNs) {
    }

    /**
     * Streams start again at sequence number 0 (RFC 6525 section 6.3.1).
     *
     * @param incoming true if it is streams the peer sends on, false if it is ours
     * @param streams  which ones; none listed means all
     */
    default void onStreamsReset(final int association, final boolean incoming, final int[] streams,
        final long nowNs) {
    }

    /**
     * The peer refused or could not carry out what {@link SctpEndpoint#resetStreams} asked for (RFC 6525 section 4.4).
     */
    default void onStreamResetFailed(final int association, final long nowNs) {
    }

    /** A send that returned {@link SendStatus#FULL} may be tried again. */
    default void onSendable(final int association, final long nowNs) {
    }

    /**
     * The association is gone; its identifier is never used again.
     *
     * @param undelivered what the peer has not acknowledged, in the order in which it was handed to send
     */
    void onAssociationDown(int association, DownCause cause, List<UndeliveredMessage> undelivered, long nowNs);
}
