// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp;

/** Why an association ended (RFC 9260 section 11.2: COMMUNICATION LOST, SHUTDOWN COMPLETE, RESTART). */
public enum DownCause {
    /** Set-up got no answer within Max.Init.Retransmits, or the peer refused it. */
    CONNECT_FAILED,
    /** Association.Max.Retrans was exceeded: the peer is silent. */
    PEER_SILENT,
    /** The peer's host says that nobody listens there any more (ICMP port unreachable, confirmed by a probe). */
    PEER_UNREACHABLE,
    /** The peer sent ABORT, or a packet showed that it no longer knows the association. */
    PEER_ABORTED,
    /** The peer restarted: the old association is gone, {@code onAssociationUp} of the new one follows. */
    PEER_RESTARTED,
    /** Both sides said goodbye (SHUTDOWN sequence). */
    SHUTDOWN,
    /** We aborted it. */
    LOCAL_ABORT,
    /** The peer broke the protocol (RFC 9260 section 3.3.10.13). */
    PROTOCOL_VIOLATION
}
