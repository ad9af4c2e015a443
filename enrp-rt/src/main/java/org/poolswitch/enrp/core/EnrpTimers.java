// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import org.poolswitch.sctp.Setting;

/**
 * Timers and bounds among registrars, by the names of RFC 5353 section 4 where it has them. All times are nanoseconds;
 * as text ({@link RegistrarSettings}) they have a unit.
 *
 * @param heartbeatCycleNs      how often each peer hears PRESENCE, give or take an eighth
 * @param maxTimeLastHeardNs    silence after which a peer is asked
 * @param maxTimeNoResponseNs   how long it may take to answer before it counts as dead
 * @param mentorHuntNs          how long a starting registrar looks for peers before it serves alone
 * @param requestTimeoutNs      how long a peer may take to answer a request for its list or for a page of its table,
 *                              and how long a page's place is kept for a peer
 * @param downloadTimeoutNs     how long a whole table may take, however many pages come: who has no last page keeps
 *                              nobody from serving
 * @param takeoverTimeoutNs     how long peers may take to acknowledge a takeover
 * @param contactRetryNs        how often a configured or lost peer is called again
 * @param lostPeerMemoryNs      how long a peer that was taken over is called again, for it may have been cut off only
 * @param claimWindowNs         two registrations of one element at two registrars within this time are at the same
 *                              time: the takeover rule decides, not the order of arrival
 * @param auditPauseNs          after a resynchronisation that did not help: how long until the next of the same peer
 * @param maxPeers              registrars in the mesh beside this one
 * @param maxTableElements      elements in one page of the table
 * @param maxTableOctets        octets of one page
 * @param heldMessages          ASAP messages that wait, while this registrar starts, until it has its table; what is
 *                              beyond is not answered
 * @param heldOctets            octets of those
 */
public record EnrpTimers(
    @Setting("PEER-HEARTBEAT-CYCLE") long heartbeatCycleNs,
    @Setting("MAX-TIME-LAST-HEARD") long maxTimeLastHeardNs,
    @Setting("MAX-TIME-NO-RESPONSE") long maxTimeNoResponseNs,
    @Setting("Mentor.Hunt") long mentorHuntNs,
    @Setting("Request.Timeout") long requestTimeoutNs,
    @Setting("Download.Timeout") long downloadTimeoutNs,
    @Setting("Takeover.Timeout") long takeoverTimeoutNs,
    @Setting("Contact.Retry") long contactRetryNs,
    @Setting("Lost.Peer.Memory") long lostPeerMemoryNs,
    @Setting("Claim.Window") long claimWindowNs,
    @Setting("Audit.Pause") long auditPauseNs,
    @Setting("Peers.Max") int maxPeers,
    @Setting("Table.Elements") int maxTableElements,
    @Setting("Table.Octets") int maxTableOctets,
    @Setting("Start.Held.Messages") int heldMessages,
    @Setting("Start.Held.Octets") int heldOctets) {
    private static final long MS = 1_000_000L;
    private static final long S = 1_000_000_000L;
    /** Room for one element of the longest kind and a handle, so that every page makes progress. */
    private static final int LEAST_TABLE_OCTETS = 1200;

    public EnrpTimers {
        timer("PEER-HEARTBEAT-CYCLE", heartbeatCycleNs);
        timer("MAX-TIME-NO-RESPONSE", maxTimeNoResponseNs);
        timer("Mentor.Hunt", mentorHuntNs);
        timer("Request.Timeout", requestTimeoutNs);
        timer("Download.Timeout", downloadTimeoutNs);
        timer("Takeover.Timeout", takeoverTimeoutNs);
        timer("Contact.Retry", contactRetryNs);
        timer("Audit.Pause", auditPauseNs);
        if (maxTimeLastHeardNs <= heartbeatCycleNs + heartbeatCycleNs / 8) {
            throw new IllegalArgumentException("MAX-TIME-LAST-HEARD must be longer than PEER-HEARTBEAT-CYCLE and an "
                + "eighth, or peers that are well are asked all the time");
        }
        if (lostPeerMemoryNs < 0 || claimWindowNs < 0 || heldMessages < 0 || heldOctets < 0) {
            throw new IllegalArgumentException("Lost.Peer.Memory, Claim.Window, Start.Held.Messages and "
                + "Start.Held.Octets cannot be negative");
        }
        if (maxPeers < 1 || maxPeers > 1000) {
            throw new IllegalArgumentException("Peers.Max is 1 to 1000, not " + maxPeers);
        }
        if (maxTableElements < 1 || maxTableOctets < LEAST_TABLE_OCTETS || maxTableOctets > 60_000) {
            throw new IllegalArgumentException("Table.Elements is 1 or more and Table.Octets " + LEAST_TABLE_OCTETS
                + " to 60000");
        }
    }

    private static void timer(final String name, final long ns) {
        if (ns < MS) {
            throw new IllegalArgumentException(name + " is 1 ms or more");
        }
    }

    /** The defaults of RFC 5353 section 4.2; what it does not name is chosen to fit them. */
    public static EnrpTimers rfc() {
        return new EnrpTimers(30 * S, 61 * S, 5 * S, 5 * S, 5 * S, 600 * S, 5 * S, 30 * S, 3600 * S, S, 30 * S, 64, 256,
            16_384, 4096, 1 << 20);
    }

    /** For networks one owns: a dead registrar's elements have a new home within 500 ms. */
    public static EnrpTimers carrier() {
        return new EnrpTimers(100 * MS, 250 * MS, 100 * MS, 1000 * MS, 500 * MS, 60 * S, 200 * MS, 250 * MS,
            3600 * S, 100 * MS, 500 * MS, 64, 256, 16_384, 4096, 1 << 20);
    }
}
