// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SendBuffers;
import org.poolswitch.sctp.UndeliveredMessage;

/** Messages in the order of send: first those of which something is under way, then those that wait to be cut. */
final class SendQueue {
    private final SctpConfig config;
    private final MessagePool pool;
    private final Totals totals;
    private OutMessage head;
    private OutMessage tail;
    /** The first with octets not cut yet, or null. */
    private OutMessage unsent;
    private final StreamNumbers numbers = new StreamNumbers();
    private int bufferedOctets;
    private int messages;
    private boolean fullReported;
    private long nextExpiryNs = Machine.NO_DEADLINE;

    SendQueue(final SctpConfig config, final MessagePool pool, final Totals totals) {
        this.config = config;
        this.pool = pool;
        this.totals = totals;
    }

    /** @return false if the send buffer, or that of all associations together, is full */
    boolean offer(final int stream, final int ppid, final boolean unordered, final long expiresNs,
        final byte[] buffer, final int offset, final int length) {
        if (bufferedOctets + length > config.sendBufferOctets()
            || totals.sendOctets + length > config.totalSendOctets()
            || messages >= SendBuffers.mostMessages(config.sendBufferOctets())
            || totals.sendMessages >= SendBuffers.mostMessages(config.totalSendOctets())) {
            fullReported = true;
            return false;
        }
        final OutMessage message = pool.message(length);
        messages++;
        totals.sendMessages++;
        message.set(stream, ppid, unordered, expiresNs, buffer, offset, length);
        bufferedOctets += length;
        totals.sendOctets += length;
        if (head == null) {
            head = message;
        } else {
            tail.next = message;
        }
        tail = message;
        if (unsent == null) {
            unsent = message;
        }
        nextExpiryNs = Math.min(nextExpiryNs, expiresNs);
        return true;
    }

    /** See {@link Association#warm}. */
    int warm() {
        return bufferedOctets + (int) nextExpiryNs + numbers.warm();
    }

    boolean hasUnsent() {
        return unsent != null;
    }

    OutMessage unsent() {
        return unsent;
    }

    boolean isEmpty() {
        return head == null;
    }

    /** The oldest message, from which {@code next} leads to the others; or null. */
    OutMessage head() {
        return head;
    }

    int bufferedOctets() {
        return bufferedOctets;
    }

    /** When the next message's lifetime ends. */
    long nextExpiryNs() {
        return nextExpiryNs;
    }

    /** The sequence number of the message at hand is taken when its first fragment is cut. */
    void beginMessage(final OutMessage m) {
        if (!m.unordered) {
            m.ssn = numbers.take(m.stream);
        }
    }

    /** Streams start again at 0; none named means all. */
    void resetStreams(final int[] streams) {
        numbers.reset(streams);
    }

    /** The message at hand has no octets left to cut. */
    void nextUnsent() {
        unsent = unsent.next;
        while (unsent != null && unsent.abandoned) {
            unsent = unsent.next;
        }
    }

    /** So many octets need not be kept for repetition any more. */
    void settled(final int octets) {
        bufferedOctets -= octets;
        totals.sendOctets -= octets;
    }

    /** The other way round: the peer took back a gap acknowledgement (section 6.2.1). */
    void unsettled(final int octets) {
        settled(-octets);
    }

    /** Lets go of what is done at the head of the queue. */
    void trim() {
        while (head != null && head != unsent && head.isDone()) {
            final OutMessage done = head;
            head = done.next;
            release(done);
        }
        if (head == null) {
            tail = null;
            nextExpiryNs = Machine.NO_DEADLINE;
        }
    }

    private void release(final OutMessage message) {
        messages--;
        totals.sendMessages--;
        pool.release(message);
    }

    /**
     * Lets go of what was given up before anything of it was cut, wherever it stands: what is at the head may wait for
     * as long as the peer likes.
     */
    void dropAbandoned() {
        OutMessage before = null;
        OutMessage m = head;
        while (m != null) {
            final OutMessage next = m.next;
            if (!m.abandoned || !m.isDone()) {
                before = m;
            } else {
                if (before == null) {
                    head = next;
                } else {
                    before.next = next;
                }
                tail = tail == m ? before : tail;
                release(m);
            }
            m = next;
        }
        trim();
    }

    /** Since an offer was refused, until {@link #takeSendable} says that there is room. */
    boolean hasRefused() {
        return fullReported;
    }

    /** True once after a refused offer, when half of the buffer is free again. */
    boolean takeSendable() {
        if (fullReported && bufferedOctets <= config.sendBufferOctets() / 2
            && messages <= SendBuffers.mostMessages(config.sendBufferOctets()) / 2 && !totals.isCrowded(config)) {
            fullReported = false;
            return true;
        }
        return false;
    }

    /** Messages whose lifetime is over and that the peer does not have (RFC 3758 section 3.5 A). */
    List<OutMessage> expired(final boolean sentToo, final long nowNs) {
        final List<OutMessage> result = new ArrayList<>();
        nextExpiryNs = Machine.NO_DEADLINE;
        for (OutMessage m = head; m != null; m = m.next) {
            if (m.expiresNs == SctpEndpoint.NO_LIFETIME || m.abandoned || m.isAcked() || m.sent && !sentToo) {
                continue;
            }
            if (m.expiresNs <= nowNs) {
                result.add(m);
            } else {
                nextExpiryNs = Math.min(nextExpiryNs, m.expiresNs);
            }
        }
        return result;
    }

    /** Messages for streams that the peer turns out not to have. */
    List<OutMessage> beyond(final int streams) {
        final List<OutMessage> result = new ArrayList<>();
        for (OutMessage m = unsent; m != null; m = m.next) {
            if (m.stream >= streams && m.taken == 0 && !m.abandoned) {
                result.add(m);
            }
        }
        return result;
    }

    /** The rest of this message is not cut any more. */
    void abandon(final OutMessage m) {
        m.abandoned = true;
        settled(m.length - m.taken);
        if (m == unsent) {
            nextUnsent();
        }
    }

    /**
     * Everything the peer has not acknowledged, in the order of send. A gap ack is no promise that its user gets the
     * message (RFC 9260 section 6.2.1): what stands behind a missing one of its stream is handed back too.
     */
    List<UndeliveredMessage> drain() {
        final List<UndeliveredMessage> result = new ArrayList<>();
        final Set<Integer> blocked = new HashSet<>();
        for (OutMessage m = head; m != null; m = m.next) {
            if (m.abandoned && m.fragmentsHeld > 0 && !m.unordered) {
                // the peer still waits for it, or for the FORWARD TSN that skips it
                blocked.add(m.stream);
            }
            if (!m.abandoned && (!m.isAcked() || !m.unordered && blocked.contains(m.stream))) {
                if (!m.unordered) {
                    blocked.add(m.stream);
                }
                result.add(m.undelivered());
            }
        }
        settled(bufferedOctets);
        while (head != null) {
            final OutMessage m = head;
            head = m.next;
            release(m);
        }
        tail = null;
        unsent = null;
        numbers.clear();
        nextExpiryNs = Machine.NO_DEADLINE;
        return result;
    }
}
