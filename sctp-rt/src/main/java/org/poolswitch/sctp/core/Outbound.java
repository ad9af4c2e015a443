// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.util.List;
import org.poolswitch.observe.Counters;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.UndeliveredMessage;

/**
 * The books of what we send: what is under way, what waits, and what the peer has room for (RFC 9260 sections 6.1 and
 * 6.2.1). {@link DataWriter} sends by them, {@link SackReader} and {@link Retransmission} say what became of it.
 */
final class Outbound {
    private final SctpConfig config;
    private final Counters counters;
    private final Paths paths;
    private final SendQueue queue;
    private final InFlight inFlight;
    private final SackReader sacks;
    private final Abandonment abandonment;
    private final int initialTsn;
    private int streams;
    /** Octets under way on all paths together. */
    private long flightOctets;
    /** What the peer's last SACK offered, less what left the flight since without a word about its window. */
    private long offeredOctets;
    /** The last SACK offered no window (section 6.1 A). */
    private boolean windowClosed;
    /** A zero window probe may go: an RTO has passed since the window closed, or since the last one. */
    private boolean mayProbe;
    /** A SACK came since the last DATA went: whatever its window, the peer is there. */
    private boolean heardSinceSent;
    /** Streams that are being reset take no new messages; none held is null, all is an empty list. */
    private int[] heldStreams;
    /** Section 7.2.4 rule 3: one packet of fast retransmissions goes whatever cwnd says. */
    private boolean freePacket;
    private boolean askForSack;

    Outbound(final SctpConfig config, final Counters counters, final Paths paths, final MessagePool pool,
        final Totals totals, final int initialTsn) {
        this.config = config;
        this.counters = counters;
        this.paths = paths;
        this.initialTsn = initialTsn;
        this.queue = new SendQueue(config, pool, totals);
        this.inFlight = new InFlight(pool, initialTsn);
        this.abandonment = new Abandonment(this, queue, inFlight, counters);
        this.sacks = new SackReader(this, config, counters, paths, queue, inFlight);
        this.streams = config.outStreams();
    }

    void onEstablished(final int negotiatedStreams, final long window, final boolean peerKnowsForwardTsn) {
        streams = negotiatedStreams;
        offeredOctets = window;
        abandonment.peerKnows(peerKnowsForwardTsn);
        for (final Path path : paths.all()) {
            path.congestion.reset(window);
        }
    }

    /** See {@link Association#warm}. */
    int warm() {
        return (int) offeredOctets + streams + queue.warm() + inFlight.warm() + sacks.warm() + abandonment.warm();
    }

    int streams() {
        return streams;
    }

    void addStreams(final int more) {
        streams += more;
    }

    int initialTsn() {
        return initialTsn;
    }

    SendQueue queue() {
        return queue;
    }

    InFlight inFlight() {
        return inFlight;
    }

    long flightOctets() {
        return flightOctets;
    }

    Abandonment abandonment() {
        return abandonment;
    }

    int lastAssignedTsn() {
        return inFlight.lastTsn();
    }

    boolean isAcked(final int tsn) {
        return tsn - inFlight.firstTsn() < 0;
    }

    boolean isEmpty() {
        return queue.isEmpty() && inFlight.size() == 0;
    }

    boolean hasInFlight() {
        return inFlight.size() != 0;
    }

    /** Nothing new is cut of messages on these streams; none listed means all, null means none. */
    void hold(final int[] resetting) {
        heldStreams = resetting;
    }

    /** From now on each packet asks for an immediate SACK: the association waits for its end. */
    void askForSacks() {
        askForSack = true;
    }

    // ---- what SackReader, Retransmission and Abandonment tell ----------------------------------------------------

    void leftFlight(final OutChunk chunk) {
        flightOctets -= chunk.length;
        chunk.path.congestion.left(chunk.length);
        if (chunk.path.timing && chunk.path.timedTsn == chunk.tsn) {
            chunk.path.timing = false;
        }
    }

    /** Given up while it was under way: the peer may hold it all the same. */
    void givenUp(final OutChunk chunk) {
        leftFlight(chunk);
        offeredOctets -= chunk.length;
    }

    void window(final long offered) {
        offeredOctets = offered;
        windowClosed = offered == 0;
        heardSinceSent = true;
    }

    /** Section 6.2.1: what the peer has room for. What is taken for lost opens it (B), what goes closes it (A, C). */
    private long peerWindow() {
        return Math.max(0, offeredOctets - flightOctets);
    }

    /**
     * T3-rtx expired, and it was that of a closed window: after an RTO a probe may go (section 6.1 A).
     *
     * @return false if it was that of data under way
     */
    boolean allowWindowProbe() {
        if (!waitsForWindow()) {
            return false;
        }
        mayProbe = true;
        return true;
    }

    /** Nothing is under way, and nothing new may go: the peer has no room. */
    boolean waitsForWindow() {
        return windowClosed && inFlight.size() == 0;
    }

    /** The peer has no room, and says so since DATA went last. */
    boolean isProbeAnswered() {
        return windowClosed && heardSinceSent;
    }

    void fastRetransmit() {
        freePacket = true;
    }

    /** Takes a chunk that is under way for lost: it is to go again. */
    void lost(final OutChunk chunk, final boolean timedOut) {
        leftFlight(chunk);
        chunk.timedOut = timedOut;
        inFlight.mark(chunk);
    }

    /** Everything under way on this path, or on all for null, goes again. */
    void markAll(final Path path, final boolean timedOut) {
        for (int i = 0; i < inFlight.size(); i++) {
            final OutChunk chunk = inFlight.at(inFlight.firstTsn() + i);
            if (chunk.isOutstanding() && (path == null || chunk.path == path)) {
                lost(chunk, timedOut);
                counters.increment(SctpCounter.RETRANSMISSIONS);
            }
        }
    }

    /** @return false if it acknowledges what was never sent */
    boolean onSack(final byte[] b, final int at, final int length, final long nowNs) throws MalformedException {
        return sacks.onSack(b, at, length, nowNs);
    }

    /** A SHUTDOWN acknowledges like a SACK without gaps (section 9.2). */
    void onCumulative(final int cumulative, final long nowNs) {
        final long before = flightOctets;
        sacks.onCumulative(cumulative, nowNs);
        // it says nothing about the window
        offeredOctets -= before - flightOctets;
    }

    // ---- what DataWriter asks and tells --------------------------------------------------------------------------

    boolean hasToSend() {
        return inFlight.hasMarks() || queue.hasUnsent();
    }

    /** Whether the peer has room for a new chunk, and nothing else holds it back. */
    boolean windowAllows(final int octets) {
        // section 6.1 A: a window that is too small is probed with one chunk in flight
        final boolean windowOpen = octets <= peerWindow() || inFlight.size() == 0 && (mayProbe || !windowClosed);
        return windowOpen && inFlight.size() < config.maxReceiveGap() && !isHeld(queue.unsent());
    }

    private boolean isHeld(final OutMessage m) {
        if (heldStreams == null || m.taken > 0) {
            return false;
        }
        for (final int stream : heldStreams) {
            if (stream == m.stream) {
                return true;
            }
        }
        return heldStreams.length == 0;
    }

    boolean hasFreePacket() {
        return freePacket;
    }

    /** It goes now, or was not needed. @return whether there was one */
    boolean takeFreePacket() {
        final boolean free = freePacket;
        freePacket = false;
        return free;
    }

    /** A chunk goes, new or again, on this path. */
    void enteredFlight(final OutChunk chunk, final Path path, final long nowNs) {
        mayProbe = false;
        heardSinceSent = false;
        flightOctets += chunk.length;
        path.congestion.sent(chunk.length, path.rtoNs(), nowNs);
        path.lastDataNs = nowNs;
        chunk.path = path;
        chunk.sentNs = nowNs;
        chunk.missReports = 0;
        chunk.message.sent = true;
        if (++chunk.transmissions == 1 && !path.timing) {
            path.timing = true;
            path.timedTsn = chunk.tsn;
        }
    }

    /** RFC 7053 section 5.1: a SACK is asked for where the peer's delay would only make us wait. */
    boolean wantsSackOf(final OutChunk chunk) {
        return askForSack || chunk.transmissions > 1 || !chunk.path.congestion.hasRoom() || peerWindow() == 0;
    }

    /** The end: everything that the peer has not acknowledged, in the order of send. */
    List<UndeliveredMessage> drain() {
        inFlight.clear();
        flightOctets = 0;
        return queue.drain();
    }
}
