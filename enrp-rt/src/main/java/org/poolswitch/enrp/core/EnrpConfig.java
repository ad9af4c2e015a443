// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.util.List;
import org.poolswitch.sctp.SctpAddress;

/**
 * A registrar's settings towards other registrars (RFC 5353 section 4 names those in capitals).
 *
 * @param peers                 registrars to find at start-up and to find again, by their ENRP port
 * @param remoteUdpPort         UDP port at which peers of which only IP address and SCTP port are known are reached
 *                              (RFC 6951), 0 with the kernel's SCTP
 * @param takeoverRule          who wins an arbitration
 * @param heartbeatCycleNs      PEER-HEARTBEAT-CYCLE, give or take an eighth
 * @param maxTimeLastHeardNs    MAX-TIME-LAST-HEARD: silence after which a peer is asked
 * @param maxTimeNoResponseNs   MAX-TIME-NO-RESPONSE: how long it may take to answer before it counts as dead
 * @param mentorHuntNs          how long a starting registrar looks for peers before it serves alone
 * @param requestTimeoutNs      how long a peer may take to answer a request for its list or for a page of its table,
 *                              and how long a page's place is kept for a peer
 * @param takeoverTimeoutNs     how long peers may take to acknowledge a takeover
 * @param contactRetryNs        how often a configured or lost peer is called again
 * @param lostPeerMemoryNs      how long a peer that was taken over is called again, for it may have been cut off only
 * @param claimWindowNs         two registrations of one element at two registrars within this time are at the same
 *                              time: the takeover rule decides, not the order of arrival
 * @param auditPauseNs          after a resynchronisation that did not help: how long until the next of the same peer
 * @param announceCycleNs       T6-Serverannounce and the multicast presence's cycle, where these are switched on
 * @param maxPeers              registrars in the mesh beside this one
 * @param maxTableElements      elements in one page of the table
 * @param maxTableOctets        octets of one page
 */
public record EnrpConfig(List<SctpAddress> peers, int remoteUdpPort, TakeoverRule takeoverRule, long heartbeatCycleNs,
    long maxTimeLastHeardNs, long maxTimeNoResponseNs, long mentorHuntNs, long requestTimeoutNs,
    long takeoverTimeoutNs, long contactRetryNs, long lostPeerMemoryNs, long claimWindowNs, long auditPauseNs,
    long announceCycleNs, int maxPeers, int maxTableElements, int maxTableOctets) {
    private static final long MS = 1_000_000L;
    private static final long S = 1_000_000_000L;
    /** Room for one element of the longest kind and a handle, so that every page makes progress. */
    private static final int LEAST_TABLE_OCTETS = 1200;

    public EnrpConfig {
        peers = List.copyOf(peers);
        if (heartbeatCycleNs < MS || maxTimeNoResponseNs < MS || mentorHuntNs < MS || requestTimeoutNs < MS
            || takeoverTimeoutNs < MS || contactRetryNs < MS || auditPauseNs < MS || announceCycleNs < MS) {
            throw new IllegalArgumentException("ENRP's timers are all 1 ms or more");
        }
        if (maxTimeLastHeardNs <= heartbeatCycleNs + heartbeatCycleNs / 8) {
            throw new IllegalArgumentException("MAX-TIME-LAST-HEARD must be longer than PEER-HEARTBEAT-CYCLE and an "
                + "eighth, or peers that are well are asked all the time");
        }
        if (lostPeerMemoryNs < 0 || claimWindowNs < 0) {
            throw new IllegalArgumentException("times cannot be negative");
        }
        if (maxPeers < 1 || maxPeers > 1000 || peers.size() > maxPeers) {
            throw new IllegalArgumentException("a mesh has room for 1 to 1000 peers, and for all that are configured: "
                + maxPeers + ", " + peers.size());
        }
        if (maxTableElements < 1 || maxTableOctets < LEAST_TABLE_OCTETS || maxTableOctets > 60_000) {
            throw new IllegalArgumentException("a page of the table has 1 element or more and " + LEAST_TABLE_OCTETS
                + " to 60000 octets");
        }
    }

    /** The defaults of RFC 5353 section 4.2; what it does not name is chosen to fit them. */
    public static EnrpConfig rfc() {
        return new EnrpConfig(List.of(), SctpAddress.DEFAULT_ENCAPSULATION_PORT, TakeoverRule.RFC, 30 * S, 61 * S,
            5 * S, 5 * S, 5 * S, 5 * S, 30 * S, 3600 * S, S, 30 * S, S, 64, 256, 16_384);
    }

    /** For networks one owns: a dead registrar's elements have a new home within 500 ms. */
    public static EnrpConfig carrier() {
        return new EnrpConfig(List.of(), SctpAddress.DEFAULT_ENCAPSULATION_PORT, TakeoverRule.RFC, 100 * MS, 250 * MS,
            100 * MS, 1000 * MS, 500 * MS, 200 * MS, 250 * MS, 3600 * S, 100 * MS, 500 * MS, S, 64, 256, 16_384);
    }

    /** The same with these peers. */
    public EnrpConfig withPeers(final List<SctpAddress> addresses, final int udpPort) {
        return new EnrpConfig(addresses, udpPort, takeoverRule, heartbeatCycleNs, maxTimeLastHeardNs,
            maxTimeNoResponseNs, mentorHuntNs, requestTimeoutNs, takeoverTimeoutNs, contactRetryNs, lostPeerMemoryNs,
            claimWindowNs, auditPauseNs, announceCycleNs, maxPeers, maxTableElements, maxTableOctets);
    }

    /** The same with another takeover rule. */
    public EnrpConfig withTakeoverRule(final TakeoverRule rule) {
        return new EnrpConfig(peers, remoteUdpPort, rule, heartbeatCycleNs, maxTimeLastHeardNs, maxTimeNoResponseNs,
            mentorHuntNs, requestTimeoutNs, takeoverTimeoutNs, contactRetryNs, lostPeerMemoryNs, claimWindowNs,
            auditPauseNs, announceCycleNs, maxPeers, maxTableElements, maxTableOctets);
    }

    /** The same with another T6-Serverannounce. */
    public EnrpConfig withAnnounceCycle(final long cycleNs) {
        return new EnrpConfig(peers, remoteUdpPort, takeoverRule, heartbeatCycleNs, maxTimeLastHeardNs,
            maxTimeNoResponseNs, mentorHuntNs, requestTimeoutNs, takeoverTimeoutNs, contactRetryNs, lostPeerMemoryNs,
            claimWindowNs, auditPauseNs, cycleNs, maxPeers, maxTableElements, maxTableOctets);
    }

    /** The same with other pages. */
    public EnrpConfig withPages(final int elements, final int octets) {
        return new EnrpConfig(peers, remoteUdpPort, takeoverRule, heartbeatCycleNs, maxTimeLastHeardNs,
            maxTimeNoResponseNs, mentorHuntNs, requestTimeoutNs, takeoverTimeoutNs, contactRetryNs, lostPeerMemoryNs,
            claimWindowNs, auditPauseNs, announceCycleNs, maxPeers, elements, octets);
    }
}
