// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp;

/**
 * Every timer and limit of user-space SCTP, with the names of RFC 9260 section 16.
 *
 * @param rtoInitialNs            RTO.Initial: before the first measurement
 * @param rtoMinNs                RTO.Min
 * @param rtoMaxNs                RTO.Max
 * @param maxBurst                Max.Burst: full packets sent at one opportunity
 * @param pathMaxRetrans          Path.Max.Retrans: errors after which the path counts as inactive
 * @param potentiallyFailedMaxRetrans PotentiallyFailed.Max.Retrans (RFC 7829 section 3): errors after which the peer is
 *                                suspect
 * @param associationMaxRetrans   Association.Max.Retrans: errors in a row after which the peer is given up
 * @param maxInitRetransmits      Max.Init.Retransmits
 * @param heartbeatIntervalNs     HB.interval: an idle path is probed this often; 0 = never
 * @param sackDelayNs             longest delay of a SACK (RFC 9260 section 6.2), at most 500 ms
 * @param sackEveryPackets        packets with DATA after which a SACK goes at once
 * @param validCookieLifeNs       Valid.Cookie.Life
 * @param pathMtu                 octets of the longest SCTP packet, encapsulation not counted
 * @param outStreams              streams we ask for
 * @param maxInStreams            streams we allow the peer
 * @param maxMessageOctets        longest user message
 * @param sendBufferOctets        user octets an association may hold unacknowledged or unsent
 * @param receiveBufferOctets     user octets buffered for the user: the window we advertise
 * @param maxAssociations         associations per endpoint
 * @param maxQueuedEvents         events that wait for poll, all associations together
 * @param maxGapBlocks            gap ack blocks reported in one SACK
 * @param maxReceiveGap           TSNs beyond the cumulative one that are kept
 */
public record SctpConfig(long rtoInitialNs, long rtoMinNs, long rtoMaxNs, int maxBurst, int pathMaxRetrans,
    int potentiallyFailedMaxRetrans, int associationMaxRetrans, int maxInitRetransmits, long heartbeatIntervalNs,
    long sackDelayNs, int sackEveryPackets, long validCookieLifeNs, int pathMtu, int outStreams, int maxInStreams,
    int maxMessageOctets, int sendBufferOctets, int receiveBufferOctets, int maxAssociations, int maxQueuedEvents,
    int maxGapBlocks, int maxReceiveGap) {
    private static final long MS = 1_000_000L;
    private static final long SECOND = 1_000 * MS;

    public SctpConfig {
        check(rtoMinNs > 0 && rtoMinNs <= rtoInitialNs && rtoInitialNs <= rtoMaxNs,
            "RTO.Min <= RTO.Initial <= RTO.Max must hold");
        check(maxBurst > 0 && maxInitRetransmits >= 0 && pathMaxRetrans >= 0, "limits must not be negative");
        check(associationMaxRetrans >= pathMaxRetrans,
            "Association.Max.Retrans below Path.Max.Retrans would end the association before its path");
        check(potentiallyFailedMaxRetrans <= pathMaxRetrans,
            "PotentiallyFailed.Max.Retrans above Path.Max.Retrans could never be reached (RFC 7829 section 3)");
        check(sackDelayNs >= 0 && sackDelayNs <= 500 * MS, "a SACK must not wait longer than 500 ms (section 6.2)");
        check(sackDelayNs < rtoMinNs || sackDelayNs == 0 || rtoMinNs >= SECOND,
            "the SACK delay must be shorter than RTO.Min, or every lone message is sent twice");
        check(heartbeatIntervalNs >= 0 && validCookieLifeNs > 0, "intervals must not be negative");
        check(pathMtu >= 512 && pathMtu <= 65_000, "the path MTU must be 512 to 65000");
        check(outStreams > 0 && outStreams <= 65_535 && maxInStreams > 0 && maxInStreams <= 65_535,
            "streams are 1 to 65535");
        check(maxMessageOctets > 0 && maxMessageOctets <= sendBufferOctets,
            "the send buffer must hold the longest message");
        check(maxMessageOctets <= receiveBufferOctets, "the receive buffer must hold the longest message");
        check(maxAssociations > 0 && maxQueuedEvents > 0 && maxGapBlocks > 0, "limits must be positive");
        check(sackEveryPackets > 0 && Integer.bitCount(maxReceiveGap) == 1 && maxReceiveGap >= 64,
            "the receive gap must be a power of two, 64 or more");
    }

    private static void check(final boolean ok, final String sentence) {
        if (!ok) {
            throw new IllegalArgumentException(sentence);
        }
    }

    /**
     * For networks one owns: a silent peer is given up after about half a second, a killed one at its first packet's
     * answer. RTO.Min 30 ms: above what a scheduler or collector on a healthy host takes.
     */
    public static SctpConfig carrier() {
        return new SctpConfig(100 * MS, 30 * MS, 200 * MS, 16, 2, 0, 6, 6, 100 * MS, 5 * MS, 2, 60 * SECOND, 1400,
            4096, 4096, 1 << 18, 1 << 22, 1 << 22, 16_384, 1 << 16, 16, 4096);
    }

    /** The defaults of RFC 9260 section 16. */
    public static SctpConfig rfc() {
        return new SctpConfig(SECOND, SECOND, 60 * SECOND, 4, 5, 0, 10, 8, 30 * SECOND, 200 * MS, 2, 60 * SECOND, 1400,
            4096, 4096, 1 << 18, 1 << 22, 1 << 22, 16_384, 1 << 16, 16, 4096);
    }
}
