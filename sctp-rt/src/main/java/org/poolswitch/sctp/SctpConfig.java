// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp;

/**
 * Every timer and limit of user-space SCTP, with the names of RFC 9260 section 16 where that has one. Times are in
 * ns; as text ({@link SctpSettings}) they have a unit.
 *
 * @param rtoInitialNs            RTO.Initial: before the first measurement
 * @param rtoMinNs                RTO.Min
 * @param rtoMaxNs                RTO.Max
 * @param maxBurst                Max.Burst: full packets sent at one opportunity
 * @param pathMaxRetrans          Path.Max.Retrans: errors after which the path counts as inactive
 * @param potentiallyFailedMaxRetrans PotentiallyFailed.Max.Retrans (RFC 7829 section 3): errors after which the path is
 *                                suspect and others are preferred
 * @param associationMaxRetrans   Association.Max.Retrans: errors in a row after which the peer is given up
 * @param maxInitRetransmits      Max.Init.Retransmits
 * @param heartbeatIntervalNs     HB.interval: an idle path is asked about this often; 0 = never
 * @param heartbeatMaxBurst       HB.Max.Burst: idle paths of one association that are asked at one opportunity
 * @param heartbeatPortBurst      HB.Port.Burst: HEARTBEATs at once to one remote UDP port, whose process would
 *                                otherwise answer nothing else, and associations asked at once after a pause of ours
 * @param heartbeatPortIntervalNs HB.Port.Interval: the further ones to that port go so far apart; 0 = at once
 * @param heartbeatPauseIntervalNs HB.Pause.Interval: the further associations are asked so far apart; 0 = at once
 * @param probeIntervalNs         Probe.Interval: how often a path in doubt is asked, if that is more than its round
 * trip;
 *                                0 = once per RTO with back-off (RFC 7829 section 3)
 * @param tailLossProbeNs         Tail.Loss.Probe: least time without acknowledgement after which the last packets of a
 *                                path are doubted: they go another way, or the last one again; 0 = never
 * @param leastSilenceNs          Least.Silence: nobody is given up who was heard more recently, whatever the counters
 *                                say
 * @param loadPatience            Load.Patience: by how many times the worst delay with which this process was itself
 *                                run (beyond 8 ms) in the last ten to twenty seconds, or the peer broke a silence
 *                                (beyond 16 ms, see Load.Memory), Least.Silence is longer, up to a second; and it is
 *                                so many times as long while others of us hear the peer's process, or while input
 *                                that came before is unread; at most 1000, 0 = never
 * @param loadMemoryNs            Load.Memory: how long a peer's delay counts for Load.Patience, at least; twice as long
 *                                at most; 1 s to an hour
 * @param sackDelayNs             SACK.Delay: longest delay of a SACK (RFC 9260 section 6.2), at most 500 ms
 * @param sackEveryPackets        SACK.Frequency: packets with DATA after which a SACK goes at once
 * @param validCookieLifeNs       Valid.Cookie.Life
 * @param shutdownGuardNs         T5: longest duration of a shutdown (section 9.2: five times RTO.Max)
 * @param pathMtu                 octets of the longest SCTP packet, encapsulation not counted
 * @param outStreams              streams we ask for
 * @param maxInStreams            streams we allow the peer
 * @param maxMessageOctets        longest user message
 * @param sendBufferOctets        user octets an association may hold unacknowledged or unsent
 * @param receiveBufferOctets     user octets buffered for the user: the window we advertise
 * @param totalSendOctets         the same as sendBufferOctets for all associations of an endpoint together
 * @param totalReceiveOctets      the same as receiveBufferOctets for all associations together; beyond it windows close
 *                                down to each one's share (this divided by maxAssociations), and at twice as much who
 *                                holds more than his share is aborted
 * @param maxAssociations         associations per endpoint
 * @param maxPeerAddresses        addresses of one peer that are used; the rest is ignored
 * @param maxQueuedEvents         events that wait for poll, all associations together; beyond it DATA is dropped
 * @param maxGapBlocks            gap ack blocks reported in one SACK
 * @param maxReceiveGap           TSNs beyond the cumulative one that are kept
 * @param sourcePort              SCTP port from which associations are opened, for peers that expect one, 1 to 65535;
 *                                usually the port that the endpoint listens on; 0 = one of their own, 49152 to 65535
 */
public record SctpConfig(
    @Setting("RTO.Initial") long rtoInitialNs,
    @Setting("RTO.Min") long rtoMinNs,
    @Setting("RTO.Max") long rtoMaxNs,
    @Setting("Max.Burst") int maxBurst,
    @Setting("Path.Max.Retrans") int pathMaxRetrans,
    @Setting("PotentiallyFailed.Max.Retrans") int potentiallyFailedMaxRetrans,
    @Setting("Association.Max.Retrans") int associationMaxRetrans,
    @Setting("Max.Init.Retransmits") int maxInitRetransmits,
    @Setting("HB.interval") long heartbeatIntervalNs,
    @Setting("HB.Max.Burst") int heartbeatMaxBurst,
    @Setting("HB.Port.Burst") int heartbeatPortBurst,
    @Setting("HB.Port.Interval") long heartbeatPortIntervalNs,
    @Setting("HB.Pause.Interval") long heartbeatPauseIntervalNs,
    @Setting("Probe.Interval") long probeIntervalNs,
    @Setting("Tail.Loss.Probe") long tailLossProbeNs,
    @Setting("Least.Silence") long leastSilenceNs,
    @Setting("Load.Patience") int loadPatience,
    @Setting("Load.Memory") long loadMemoryNs,
    @Setting("SACK.Delay") long sackDelayNs,
    @Setting("SACK.Frequency") int sackEveryPackets,
    @Setting("Valid.Cookie.Life") long validCookieLifeNs,
    @Setting("Shutdown.Guard") long shutdownGuardNs,
    @Setting("Path.MTU") int pathMtu,
    @Setting("Streams.Out") int outStreams,
    @Setting("Streams.In") int maxInStreams,
    @Setting("Message.Max") int maxMessageOctets,
    @Setting("Send.Buffer") int sendBufferOctets,
    @Setting("Receive.Buffer") int receiveBufferOctets,
    @Setting("Send.Total") long totalSendOctets,
    @Setting("Receive.Total") long totalReceiveOctets,
    @Setting("Associations.Max") int maxAssociations,
    @Setting("Peer.Addresses.Max") int maxPeerAddresses,
    @Setting("Events.Max") int maxQueuedEvents,
    @Setting("Gap.Blocks.Max") int maxGapBlocks,
    @Setting("Receive.Gap.Max") int maxReceiveGap,
    @Setting("Source.Port") int sourcePort) {

    private static final long US = 1_000L;
    private static final long MS = 1_000 * US;
    private static final long SECOND = 1_000 * MS;
    private static final int MOST_PATIENCE = 1_000;
    private static final long MOST_SPACING_NS = 10 * MS;
    private static final int LEAST_WINDOW = 1500;
    private static final int MOST_BUFFER = 1 << 30;

    public SctpConfig {
        checkTimers(rtoInitialNs, rtoMinNs, rtoMaxNs, sackDelayNs, tailLossProbeNs);
        check(maxBurst > 0 && heartbeatMaxBurst > 0 && heartbeatPortBurst > 0,
            "Max.Burst, HB.Max.Burst and HB.Port.Burst must be 1 or more");
        check(heartbeatPortIntervalNs >= 0 && heartbeatPortIntervalNs <= MOST_SPACING_NS
            && heartbeatPauseIntervalNs >= 0 && heartbeatPauseIntervalNs <= MOST_SPACING_NS,
            "HB.Port.Interval and HB.Pause.Interval are at most 10ms, or thousands of associations wait minutes for "
                + "their turn");
        check(maxInitRetransmits >= 0 && pathMaxRetrans >= 0 && potentiallyFailedMaxRetrans >= 0,
            "limits of repetition must not be negative");
        check(associationMaxRetrans >= pathMaxRetrans,
            "Association.Max.Retrans below Path.Max.Retrans would end the association before its path");
        check(potentiallyFailedMaxRetrans <= pathMaxRetrans,
            "PotentiallyFailed.Max.Retrans above Path.Max.Retrans could never be reached (RFC 7829 section 3)");
        check(heartbeatIntervalNs >= 0 && probeIntervalNs >= 0 && leastSilenceNs >= 0 && loadPatience >= 0,
            "intervals and Load.Patience must not be negative");
        check(loadPatience <= MOST_PATIENCE, "a Load.Patience beyond 1000 would keep the dead for ever");
        check(loadMemoryNs >= SECOND && loadMemoryNs <= 3_600 * SECOND, "Load.Memory is 1s to 3600s");
        check(leastSilenceNs <= 10 * rtoMaxNs, "a Least.Silence beyond ten RTO.Max would keep the dead for ever");
        check(validCookieLifeNs >= rtoInitialNs,
            "a Valid.Cookie.Life below RTO.Initial would refuse every peer that has to repeat its COOKIE ECHO");
        check(shutdownGuardNs >= rtoMaxNs,
            "a Shutdown.Guard below RTO.Max would end a shutdown before anything is repeated");
        check(pathMtu >= 512 && pathMtu <= 65_000, "Path.MTU must be 512 to 65000 octets");
        check(outStreams > 0 && outStreams <= 65_535 && maxInStreams > 0 && maxInStreams <= 65_535,
            "streams are 1 to 65535");
        check(maxMessageOctets > 0 && maxMessageOctets <= sendBufferOctets,
            "the send buffer must hold the longest message");
        check(maxMessageOctets <= receiveBufferOctets, "the receive buffer must hold the longest message");
        check(receiveBufferOctets >= LEAST_WINDOW,
            "a Receive.Buffer below 1500 octets is a window that every peer refuses (section 3.3.2)");
        check(sendBufferOctets <= MOST_BUFFER && receiveBufferOctets <= MOST_BUFFER,
            "Send.Buffer and Receive.Buffer are at most 1 GiB");
        check(totalSendOctets >= sendBufferOctets && totalReceiveOctets >= receiveBufferOctets,
            "all associations together need at least the buffers of one");
        check(maxAssociations > 0 && maxQueuedEvents > 0 && maxGapBlocks > 0, "limits must be positive");
        check(maxPeerAddresses > 0 && maxPeerAddresses <= 32, "a peer may have 1 to 32 addresses");
        check(sackEveryPackets > 0, "SACK.Frequency must be 1 or more");
        check(Integer.bitCount(maxReceiveGap) == 1 && maxReceiveGap >= 64 && maxReceiveGap <= 65_536,
            "Receive.Gap.Max must be a power of two, 64 to 65536");
        check(sourcePort >= 0 && sourcePort <= 65_535, "Source.Port is 1 to 65535, or 0 for any");
    }

    /**
     * How long a verdict about a path or peer is put off because input that came in time is unread in our own socket:
     * Load.Patience times Least.Silence.
     */
    public long mostPutOffNs() {
        return loadPatience * leastSilenceNs;
    }

    private static void checkTimers(final long initial, final long min, final long max, final long sackDelay,
        final long tailLossProbe) {
        check(min > 0 && min <= initial && initial <= max, "RTO.Min <= RTO.Initial <= RTO.Max must hold");
        check(sackDelay >= 0 && sackDelay <= 500 * MS, "a SACK must not wait longer than 500 ms (section 6.2)");
        check(sackDelay < min || sackDelay == 0,
            "SACK.Delay must be shorter than RTO.Min, or every lone message is sent twice");
        check(tailLossProbe == 0 || tailLossProbe > sackDelay,
            "Tail.Loss.Probe must be longer than SACK.Delay, or every lone message is doubted");
    }

    private static void check(final boolean ok, final String sentence) {
        if (!ok) {
            throw new IllegalArgumentException(sentence);
        }
    }

    /** The same with settings changed by their names, see {@link SctpSettings#apply}. */
    public SctpConfig with(final String settings) {
        return SctpSettings.apply(this, settings);
    }

    /**
     * For networks one owns: a path in doubt is left after some 10 ms, a silent peer is given up after some 130 ms, a
     * killed one at its first packet's answer. RTO.Min 30 ms: above what a scheduler or collector on a healthy host
     * takes.
     */
    public static SctpConfig carrier() {
        return new SctpConfig(100 * MS, 30 * MS, 200 * MS, 16, 2, 0, 6, 6, 100 * MS, 4, 64, 100 * US, 200 * US,
            20 * MS, 10 * MS, 110 * MS, 8, 60 * SECOND, 5 * MS, 2, 60 * SECOND, SECOND, 1400, 4096, 4096, 1 << 18,
            1 << 22, 1 << 22, 1 << 27, 1 << 27, 16_384, 8, 1 << 16, 64, 4096, 0);
    }

    /** The defaults of RFC 9260 section 16 and RFC 7829 section 3. */
    public static SctpConfig rfc() {
        return new SctpConfig(SECOND, SECOND, 60 * SECOND, 4, 5, 0, 10, 8, 30 * SECOND, 1, 64, 100 * US,
            200 * US, 0, 0, 0, 0, 60 * SECOND, 200 * MS, 2, 60 * SECOND, 300 * SECOND, 1400, 4096, 4096, 1 << 18,
            1 << 22, 1 << 22, 1 << 27, 1 << 27, 16_384, 8, 1 << 16, 64, 4096, 0);
    }
}
