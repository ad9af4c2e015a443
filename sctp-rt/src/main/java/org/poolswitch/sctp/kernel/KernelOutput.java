// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SendBuffers;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.UndeliveredMessage;

/** An association's messages on their way: those that the kernel has not taken yet, and those that it may hand back. */
final class KernelOutput {
    private final KernelAssociation association;
    private final KernelAgenda agenda;
    private final KernelConfig config;
    private final OutQueue queue = new OutQueue();
    private SentMessages sent;
    private boolean fullReported;
    /** What {@link SendTotal} knows of. */
    private long countedOctets;
    private int countedMessages;

    KernelOutput(final KernelAssociation association, final KernelAgenda agenda, final KernelConfig config) {
        this.association = association;
        this.agenda = agenda;
        this.config = config;
        reset();
    }

    /** Another association on the same socket: what was sent is the old one's. */
    void reset() {
        // Linux counts its own overhead too and doubles what was asked for: twice the size covers every case
        sent = new SentMessages(2L * config.kernelBufferOctets());
        forgetFull();
    }

    private void forgetFull() {
        fullReported = false;
        agenda.sendTotal().forget(this);
    }

    /** After each change of the queue. */
    private void count() {
        final long octets = queue.octets() - countedOctets;
        final int messages = queue.size() - countedMessages;
        countedOctets = queue.octets();
        countedMessages = queue.size();
        agenda.sendTotal().add(octets, messages);
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** No lifetime of what waits ends before this. */
    long nextExpiryNs() {
        return queue.nextExpiryNs();
    }

    /** The peer has so many: what was accepted for others, before that was known, cannot leave. */
    void onStreams(final int streams) {
        queue.beyond(streams).forEach(this::reportAbandoned);
        count();
    }

    SendStatus add(final int stream, final int ppid, final boolean unordered, final long lifetimeNs,
        final byte[] buffer, final int offset, final int length, final long nowNs) {
        if (stream < 0 || length < 1 || length > config.maxMessageOctets() || lifetimeNs <= 0) {
            return SendStatus.INVALID;
        }
        if (queue.octets() + length > config.sendQueueOctets() || queue.size() >= mostMessages()
            || !agenda.sendTotal().hasRoomFor(length)) {
            fullReported = true;
            agenda.sendTotal().refuse(this, length);
            return SendStatus.FULL;
        }
        // a lifetime that would end beyond the clock's range ends never
        final long expiresNs = lifetimeNs > Long.MAX_VALUE / 2 ? SctpEndpoint.NO_LIFETIME : nowNs + lifetimeNs;
        queue.add(new Outgoing(stream, ppid, unordered, expiresNs, Arrays.copyOfRange(buffer, offset,
            offset + length)));
        count();
        return SendStatus.ACCEPTED;
    }

    private long mostMessages() {
        return SendBuffers.mostMessages(config.sendQueueOctets());
    }

    /** What the kernel has taken is the kernel's; but here a lifetime ends in time. */
    void abandon(final long nowNs) {
        queue.expired(nowNs).forEach(this::reportAbandoned);
        count();
        announceRoom();
    }

    private void reportAbandoned(final UndeliveredMessage message) {
        agenda.event(KernelEvent.abandoned(association.id(), message));
    }

    /** If its user waits for room and there is some. */
    void announceRoom() {
        if (fullReported && queue.octets() <= config.sendQueueOctets() / 2 && queue.size() <= mostMessages() / 2
            && !agenda.sendTotal().isCrowded()) {
            forgetFull();
            agenda.event(KernelEvent.sendable(association.id()));
        }
    }

    /**
     * Gives the kernel what it takes.
     *
     * @return false if it has no room for more
     */
    boolean write(final KernelChannel channel, final long nowNs) throws IOException {
        try {
            for (Outgoing m = queue.peek(); m != null && association.life().mayWrite(); m = queue.peek()) {
                if (m.isExpired(nowNs)) {
                    abandon(nowNs);
                    continue;
                }
                // The kernel never gives up what it has taken. While no path works it could only keep the message, so
                // one whose lifetime matters waits here. The others go on: their repetitions find a dead peer.
                if (m.isMortal() && association.isSuspect()) {
                    return true;
                }
                if (!channel.send(m, nowNs)) {
                    return false;
                }
                queue.remove();
                sent.add(m.undelivered(true), nowNs);
            }
            return true;
        } finally {
            count();
            announceRoom();
        }
    }

    /** The kernel hands back a chunk. */
    void onFailed(final int stream, final byte[] bytes) {
        sent.failed(stream, bytes);
    }

    /** Handed back while the association lives: the kernel itself gave up on it (RFC 6458 section 6.1.11). */
    void reportGivenUp() {
        if (sent.hasFailed()) {
            sent.undelivered().forEach(this::reportAbandoned);
        }
    }

    /** Takes out what the kernel handed back, and what it never took. */
    List<UndeliveredMessage> undelivered() {
        return withQueued(sent.undelivered());
    }

    /** The same when the kernel will not say: what may have got lost since the peer was heard last. */
    List<UndeliveredMessage> guessUndelivered(final long heardNs) {
        return withQueued(sent.since(heardNs));
    }

    private List<UndeliveredMessage> withQueued(final List<UndeliveredMessage> fromKernel) {
        final List<UndeliveredMessage> all = new ArrayList<>(fromKernel);
        all.addAll(queue.all());
        forgetFull();
        count();
        return all;
    }
}
