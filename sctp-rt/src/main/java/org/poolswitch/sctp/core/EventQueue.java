// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.PathState;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.UndeliveredMessage;

/** Events that wait for the driver's poll. Slots and their buffers are used again, so a message costs one copy. */
final class EventQueue {
    private enum Kind { UP, MESSAGE, SUSPECT, SENDABLE, PATH, ABANDONED, RESET, RESET_FAILED, DOWN }

    private static final class Slot {
        private Kind kind;
        private Association association;
        private int id;
        private int stream;
        private int ppid;
        private boolean flag;
        private byte[] buffer = new byte[256];
        private int length;
        private SctpAddress remote;
        private int outStreams;
        private int inStreams;
        private DownCause cause;
        private List<UndeliveredMessage> undelivered;
        private InetAddress host;
        private PathState pathState;
        private int[] streams;
    }

    private static final int KEPT_BUFFER = 4096;
    private static final int KEPT_SLOTS = 1024;
    private final Consumer<Association> touch;
    private final int limit;
    private final ArrayDeque<Slot> queue = new ArrayDeque<>();
    private final ArrayDeque<Slot> free = new ArrayDeque<>();
    private int messages;
    private long messageOctets;
    /** The user is behind. */
    private boolean crowded;

    /**
     * @param touch told of each association whose window opened again, because it may owe the peer a SACK
     * @param limit events that may wait before no more data is taken from the network
     */
    EventQueue(final Consumer<Association> touch, final int limit) {
        this.touch = touch;
        this.limit = limit;
    }

    /** User messages that wait. */
    int messages() {
        return messages;
    }

    /** Their octets. */
    long messageOctets() {
        return messageOctets;
    }

    boolean isFull() {
        return queue.size() >= limit;
    }

    /** Once full, until the user has taken half: meanwhile peers had better not send, for it would be dropped. */
    boolean isCrowded() {
        crowded = isFull() || crowded && queue.size() > limit / 2;
        return crowded;
    }

    private Slot add(final Kind kind, final Association association) {
        final Slot slot = free.isEmpty() ? new Slot() : free.poll();
        slot.kind = kind;
        slot.association = association;
        slot.id = association.id();
        queue.add(slot);
        return slot;
    }

    void up(final Association association, final SctpAddress remote, final boolean incoming, final int outStreams,
        final int inStreams) {
        final Slot slot = add(Kind.UP, association);
        slot.remote = remote;
        slot.flag = incoming;
        slot.outStreams = outStreams;
        slot.inStreams = inStreams;
    }

    void message(final Association association, final int stream, final int ppid, final boolean unordered,
        final byte[] buffer, final int offset, final int length) {
        final Slot slot = add(Kind.MESSAGE, association);
        slot.stream = stream;
        slot.ppid = ppid;
        slot.flag = unordered;
        if (slot.buffer.length < length) {
            slot.buffer = new byte[Math.max(length, 2 * slot.buffer.length)];
        }
        System.arraycopy(buffer, offset, slot.buffer, 0, length);
        slot.length = length;
        messages++;
        messageOctets += length;
    }

    void suspect(final Association association, final boolean suspect) {
        add(Kind.SUSPECT, association).flag = suspect;
    }

    void sendable(final Association association) {
        add(Kind.SENDABLE, association);
    }

    void path(final Association association, final InetAddress host, final PathState state) {
        final Slot slot = add(Kind.PATH, association);
        slot.host = host;
        slot.pathState = state;
    }

    void abandoned(final Association association, final UndeliveredMessage message) {
        add(Kind.ABANDONED, association).undelivered = List.of(message);
    }

    void reset(final Association association, final boolean incoming, final int[] streams) {
        final Slot slot = add(Kind.RESET, association);
        slot.flag = incoming;
        slot.streams = streams;
    }

    void resetFailed(final Association association) {
        add(Kind.RESET_FAILED, association);
    }

    void down(final Association association, final DownCause cause, final List<UndeliveredMessage> undelivered) {
        final Slot slot = add(Kind.DOWN, association);
        slot.cause = cause;
        slot.undelivered = undelivered;
    }

    int poll(final SctpListener listener, final int most, final long nowNs) {
        int n = 0;
        while (n < most && !queue.isEmpty()) {
            final Slot s = queue.poll();
            n++;
            deliver(s, listener, nowNs);
            s.association = null;
            s.undelivered = null;
            s.remote = null;
            if (free.size() < KEPT_SLOTS) {
                if (s.buffer.length > KEPT_BUFFER) {
                    s.buffer = new byte[KEPT_BUFFER];
                }
                free.push(s);
            }
        }
        return n;
    }

    private void deliver(final Slot s, final SctpListener listener, final long nowNs) {
        switch (s.kind) {
            case UP -> listener.onAssociationUp(s.id, s.remote, s.flag, s.outStreams, s.inStreams, nowNs);
            case MESSAGE -> {
                messages--;
                messageOctets -= s.length;
                if (s.association.inbound().onTaken(s.length)) {
                    touch.accept(s.association);
                }
                listener.onMessage(s.id, s.stream, s.ppid, s.flag, s.buffer, 0, s.length, nowNs);
            }
            case SUSPECT -> listener.onAssociationSuspect(s.id, s.flag, nowNs);
            case PATH -> listener.onPathState(s.id, s.host, s.pathState, nowNs);
            case ABANDONED -> listener.onMessageAbandoned(s.id, s.undelivered.get(0), nowNs);
            case RESET -> listener.onStreamsReset(s.id, s.flag, s.streams, nowNs);
            case RESET_FAILED -> listener.onStreamResetFailed(s.id, nowNs);
            case SENDABLE -> listener.onSendable(s.id, nowNs);
            default -> listener.onAssociationDown(s.id, s.cause, s.undelivered, nowNs);
        }
    }
}
