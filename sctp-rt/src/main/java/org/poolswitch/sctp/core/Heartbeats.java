// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.util.random.RandomGenerator;
import org.poolswitch.observe.Counters;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.wire.Bytes;
import org.poolswitch.sctp.wire.ChunkType;
import org.poolswitch.sctp.wire.CommonHeader;
import org.poolswitch.sctp.wire.ParameterType;

/**
 * HEARTBEATs (RFC 9260 section 8.3): they confirm addresses, watch idle paths, and ask a path that is in doubt.
 *
 * <pre>
 *  type = 4 | flags | length = 24 | type = 1 | length = 20 | time of sending (8) | nonce (8)
 * </pre>
 */
final class Heartbeats {
    private static final int INFO = 20;
    /** A packet with a HEARTBEAT. */
    private static final int PACKET = 12 + 4 + INFO;
    /** So many RTO.Max others may ask in our stead: whether the process still knows this association, they do not. */
    private static final int MOST_LEFT_TO_OTHERS = 8;

    private final SctpConfig config;
    private final Counters counters;
    private final Paths paths;
    private final RandomGenerator random;
    /** Addresses that nobody vouches for and that were asked in the RTO at hand, and its end. */
    private int verified;
    private long verifiedUntilNs = Long.MIN_VALUE;

    Heartbeats(final SctpConfig config, final Counters counters, final Paths paths, final RandomGenerator random) {
        this.config = config;
        this.counters = counters;
        this.paths = paths;
        this.random = random;
    }

    /**
     * The association is up: addresses that nobody vouches for are asked at once (section 5.4), and so are all that the
     * set-up did not use, for only then does the peer learn from which UDP port we speak there (RFC 6951 section 5.4).
     */
    void start(final long nowNs) {
        for (final Path path : paths.all()) {
            path.heartbeatDue |= !path.isConfirmed() || path != paths.reply();
            scheduleIdle(path, nowNs);
        }
    }

    /** Section 8.3: RTO plus HB.interval, plus or minus half of it, so that many associations do not beat in step. */
    private void scheduleIdle(final Path path, final long from) {
        final long interval = config.heartbeatIntervalNs();
        path.heartbeatNs = interval == 0 ? Machine.NO_DEADLINE
            : from + path.rtoNs() + interval / 2 + random.nextLong(interval + 1);
    }

    /** Asks now whether anybody is there. */
    void ask(final Path path) {
        path.heartbeatDue = true;
    }

    /** The same, although others ask the same process: whether it still knows this association. */
    void askItself(final Path path) {
        path.heartbeatDue = true;
        path.askItself = true;
    }

    void askAll() {
        for (final Path path : paths.all()) {
            path.heartbeatDue = true;
        }
    }

    /** After a pause of ours: what was out proves nothing, so everything is asked anew, now or after a delay. */
    void restart(final long delayNs, final long nowNs) {
        for (final Path path : paths.all()) {
            path.heartbeatOut = false;
            path.heartbeatDue = delayNs == 0;
            path.askItself = delayNs == 0;
            path.heartbeatNs = nowNs + (delayNs == 0 ? path.rtoNs() : delayNs);
        }
    }

    void onDeadline(final long nowNs) {
        int sent = 0;
        for (final Path path : paths.all()) {
            if (path.heartbeatNs > nowNs) {
                continue;
            }
            if (path.heartbeatOut && paths.mayAnswer(path, path.answerDueNs, nowNs)) {
                path.heartbeatNs = paths.putOff(path, nowNs);
            } else if (path.heartbeatOut) {
                missed(path, nowNs);
            } else if (!isWatched(path) && nowNs - path.lastDataNs < config.heartbeatIntervalNs()) {
                // not idle: its data asks already
                scheduleIdle(path, path.lastDataNs);
            } else if (sent++ < config.heartbeatMaxBurst() || isWatched(path)) {
                path.heartbeatDue = true;
                path.heartbeatNs = nowNs + path.rtoNs();
            } else {
                path.heartbeatNs = nowNs + path.rtoNs();
            }
        }
    }

    private void missed(final Path path, final long nowNs) {
        path.heartbeatOut = false;
        if (path.remotePort.heardNs() > path.othersAskNs) {
            // whoever was asked in our stead answered: the peer is not to blame, and is asked again a while later
            if (isWatched(path)) {
                path.heartbeatNs = nowNs + path.rtoNs();
            } else {
                scheduleIdle(path, nowNs);
            }
            return;
        }
        path.roundTrip.backOff();
        paths.error(path, nowNs);
        if (isWatched(path)) {
            path.heartbeatDue = true;
            path.heartbeatNs = nowNs + path.rtoNs();
        } else {
            scheduleIdle(path, nowNs);
        }
    }

    /** Whether the next HEARTBEAT goes without waiting for HB.interval. */
    private boolean isWatched(final Path path) {
        return switch (path.state) {
            case ACTIVE -> path.doubtful;
            // RFC 7829 section 3: once per RTO
            case POTENTIALLY_FAILED -> true;
            // nothing else leads to the peer: the sooner we know, the better
            case INACTIVE -> config.probeIntervalNs() != 0 && !paths.hasActive();
            case UNCONFIRMED -> path.errors <= config.pathMaxRetrans();
        };
    }

    /** Writes what is due on one path. */
    void write(final PacketWriter packets, final Path path, final long nowNs) {
        if (path.heartbeatAckLength > 0) {
            packets.open(path, 4 + Bytes.padded(path.heartbeatAckLength), nowNs);
            packets.chunk(ChunkType.HEARTBEAT_ACK, 0, path.heartbeatAck, 0, path.heartbeatAckLength);
            path.onHeartbeatAnswered();
        }
        writeQuestion(packets, path, false, nowNs);
    }

    /**
     * A COOKIE ACK to an address that nobody has vouched for has a HEARTBEAT beside it (section 5.4), which the packet
     * that it answers pays for. It stays due if the peer has not sent so many octets.
     */
    void writeCookieAck(final PacketWriter packets, final ControlChunks due, final Path path, final long nowNs) {
        if (!path.isConfirmed()) {
            if (!paths.hasCredit(ControlChunks.COOKIE_ACK + PACKET)) {
                return;
            }
            paths.spendCredit(ControlChunks.COOKIE_ACK);
            path.heartbeatDue = true;
        }
        due.writeCookieAck(packets, path, nowNs);
        writeQuestion(packets, path, true, nowNs);
    }

    /** @param must whether it goes although others had the turns of this RTO */
    private void writeQuestion(final PacketWriter packets, final Path path, final boolean must, final long nowNs) {
        if (!path.heartbeatDue) {
            return;
        }
        // who lists the address of a third party (section 5.4) must not make us send it more than he sends us
        if (!path.isConfirmed() && !paths.hasCredit(PACKET)) {
            return;
        }
        path.heartbeatDue = false;
        if (!path.isConfirmed()) {
            if (!hasTurn(path, nowNs) && !must) {
                return;
            }
            verified++;
            path.askedNs = nowNs;
            paths.spendCredit(PACKET);
        }
        if (path.isConfirmed() && !path.remotePort.mayAsk(nowNs) && !mustAskItself(path, nowNs)) {
            path.leftSinceNs = Math.min(path.leftSinceNs, nowNs);
            if (!path.heartbeatOut) {
                path.othersAskNs = nowNs;
                expectAnswer(path, nowNs);
            }
            return;
        }
        packets.open(path, 4 + INFO, nowNs);
        final byte[] b = packets.buffer();
        final int at = packets.at();
        b[at] = ChunkType.HEARTBEAT;
        b[at + 1] = 0;
        Bytes.put16(b, at + 2, 4 + INFO);
        Bytes.put16(b, at + 4, ParameterType.HEARTBEAT_INFO);
        Bytes.put16(b, at + 6, INFO);
        Bytes.put64(b, at + 8, nowNs);
        Bytes.put64(b, at + 16, path.nonce);
        packets.wrote(4 + INFO);
        counters.increment(SctpCounter.HEARTBEATS_SENT);
        // nobody answers in time what goes just before the others' answer is due
        final boolean first = !path.heartbeatOut || path.othersAskNs != Machine.NO_DEADLINE;
        path.askItself = false;
        path.leftSinceNs = Machine.NO_DEADLINE;
        path.othersAskNs = Machine.NO_DEADLINE;
        if (first) {
            expectAnswer(path, nowNs);
        }
    }

    /**
     * Section 5.4: of addresses that nobody vouches for HB.Max.Burst are asked in each RTO, first those that have
     * waited longest.
     *
     * @return false if this one has its turn later
     */
    private boolean hasTurn(final Path path, final long nowNs) {
        if (nowNs >= verifiedUntilNs) {
            verified = 0;
            verifiedUntilNs = nowNs + paths.primary().rtoNs();
        }
        int ahead = 0;
        for (final Path other : paths.all()) {
            ahead += !other.isConfirmed() && other.heartbeatDue && other.askedNs < path.askedNs ? 1 : 0;
        }
        if (verified + ahead < config.heartbeatMaxBurst()) {
            return true;
        }
        if (!path.heartbeatOut) {
            path.heartbeatNs = verifiedUntilNs;
        }
        return false;
    }

    private boolean mustAskItself(final Path path, final long nowNs) {
        return path.askItself || path.leftSinceNs != Machine.NO_DEADLINE
            && nowNs - path.leftSinceNs >= MOST_LEFT_TO_OTHERS * config.rtoMaxNs();
    }

    private void expectAnswer(final Path path, final long nowNs) {
        path.heartbeatOut = true;
        path.heartbeatNs = nowNs + (config.probeIntervalNs() != 0 && (isWatched(path)
            || path.hintNs != Machine.NO_DEADLINE) ? path.roundTrip.probeTimeoutNs() : path.rtoNs());
        path.answerDueNs = path.heartbeatNs;
    }

    /** The peer asks: its one parameter goes back as it is (section 8.3). */
    void onHeartbeat(final Path path, final byte[] b, final int at, final int length) {
        final int octets = parameters(b, at + 4, at + length);
        // an answer that does not fit would wait in memory for each path
        if (octets == 0 || CommonHeader.LENGTH + 4 + octets > config.pathMtu()) {
            counters.increment(SctpCounter.MALFORMED);
            return;
        }
        path.onHeartbeat(b, at + 4, octets);
    }

    /**
     * Section 8.3: Heartbeat Info and whatever stands behind it goes back as it came. Section 3.2: whoever counts the
     * padding of the last parameter as the chunk's is understood, not imitated.
     *
     * @return octets of all parameters, or 0 if a length is wrong or the first is another one
     */
    private static int parameters(final byte[] b, final int first, final int end) {
        if (first + 4 > end || Bytes.u16(b, first) != ParameterType.HEARTBEAT_INFO) {
            return 0;
        }
        int last = first;
        for (int at = first; at + 4 <= end; at += Bytes.padded(last - at)) {
            last = at + Bytes.u16(b, at + 2);
            if (last < at + 4 || last > end) {
                return 0;
            }
        }
        return last - first;
    }

    /** Whose nonce that is, or null. Its number may be another since, for paths come and go. */
    private Path withNonce(final long nonce) {
        for (final Path path : paths.all()) {
            if (path.nonce == nonce) {
                return path;
            }
        }
        return null;
    }

    /** An answer, if its nonce is right (section 5.4). */
    void onAck(final byte[] b, final int at, final int length, final long nowNs) {
        if (length != 4 + INFO || Bytes.u16(b, at + 4) != ParameterType.HEARTBEAT_INFO) {
            return;
        }
        final long sentNs = Bytes.i64(b, at + 8);
        final Path path = withNonce(Bytes.i64(b, at + 16));
        if (path == null || sentNs > nowNs || sentNs <= path.probeAnsweredNs()) {
            // nobody's; or a duplicate, or overtaken
            return;
        }
        path.onProbeAnswered(sentNs);
        if (path.heartbeatOut && nowNs - sentNs < config.rtoMaxNs()) {
            path.roundTrip.measured(nowNs - sentNs);
        }
        // section 8.3: one that comes late proves the path as well
        path.heartbeatOut = false;
        paths.confirm(path);
        paths.proved(path);
        scheduleIdle(path, nowNs);
    }
}
