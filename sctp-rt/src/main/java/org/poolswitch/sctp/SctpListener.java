// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp;

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
     * The peer's only path is potentially failed (RFC 7829 section 3), or active again. Not the end: traffic may
     * already go to an alternate while the peer is probed.
     */
    void onAssociationSuspect(int association, boolean suspect, long nowNs);

    /** A send that returned {@link SendStatus#FULL} may be tried again. */
    void onSendable(int association, long nowNs);

    /**
     * The association is gone; its identifier is never used again.
     *
     * @param undelivered what the peer has not acknowledged, in the order in which it was handed to send
     */
    void onAssociationDown(int association, DownCause cause, List<UndeliveredMessage> undelivered, long nowNs);
}
