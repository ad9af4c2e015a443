// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim.sctp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.poolswitch.sctp.UndeliveredMessage;

/**
 * What all users of a world sent, got and got back, known to nobody inside it. Promises that are broken at once are
 * {@link IllegalStateException}s; what can only be judged at the end is a complaint.
 */
final class Ledger {
    /** A message that a transport accepted. */
    private static final class Sent {
        private final Conversation conversation;
        private final int stream;
        private final int ppid;
        private final boolean unordered;
        private final boolean perishable;
        private final int length;
        /** Place among the ordered messages of its stream. */
        private final int place;
        private final long atNs;
        /** Place among all messages of its end. */
        private final int order;
        /** Who got it, or null. */
        private Conversation receiver;
        private boolean returned;

        Sent(final Conversation conversation, final int stream, final int ppid, final boolean unordered,
            final boolean perishable, final int length, final long atNs) {
            this.conversation = conversation;
            this.stream = stream;
            this.ppid = ppid;
            this.unordered = unordered;
            this.perishable = perishable;
            this.length = length;
            this.place = unordered ? -1 : conversation.places.merge(stream, 1, Integer::sum) - 1;
            this.atNs = atNs;
            this.order = conversation.sent.size();
        }
    }

    /** One end of one association. */
    static final class Conversation {
        private final String name;
        private final List<Sent> sent = new ArrayList<>();
        private final Map<Integer, Integer> places = new HashMap<>();
        /** For each stream on which the peer sends, the place of the last message and of the one to come. */
        private final Map<Integer, Integer> heard = new HashMap<>();
        private Conversation peer;
        private long newestDeliveredNs = -1;
        private boolean over;
        private boolean dead;

        Conversation(final String name) {
            this.name = name;
        }

        /** When the newest message was sent that the peer's user got, or -1. */
        long newestDeliveredNs() {
            return newestDeliveredNs;
        }
    }

    private final Map<Long, Sent> messages = new HashMap<>();
    private final List<Conversation> conversations = new ArrayList<>();
    private long lastNumber;
    private long delivered;
    private long returned;
    private long abandoned;
    private long resets;
    private long restarts;

    Conversation begin(final String name) {
        final Conversation conversation = new Conversation(name);
        conversations.add(conversation);
        return conversation;
    }

    /** A number that no other message has. */
    long nextNumber() {
        return ++lastNumber;
    }

    void accepted(final long number, final Conversation by, final int stream, final int ppid, final boolean unordered,
        final boolean perishable, final int length, final long nowNs) {
        final Sent sent = new Sent(by, stream, ppid, unordered, perishable, length, nowNs);
        by.sent.add(sent);
        messages.put(number, sent);
    }

    private Sent find(final byte[] b, final int at, final int length) {
        if (length < Noise.LEAST) {
            throw new IllegalStateException("a message of " + length + " octets was never sent");
        }
        final Sent sent = messages.get(Noise.number(b, at));
        if (sent == null) {
            throw new IllegalStateException("a message that was never sent");
        }
        if (sent.length != length || !Noise.isIntact(b, at, length)) {
            throw new IllegalStateException("a message of " + sent.length + " octets changed, " + length + " are here");
        }
        return sent;
    }

    void received(final Conversation by, final int stream, final int ppid, final boolean unordered, final byte[] b,
        final int at, final int length) {
        final Sent sent = find(b, at, length);
        if (sent.stream != stream || sent.ppid != ppid || sent.unordered != unordered) {
            throw new IllegalStateException("a message of stream " + sent.stream + " came on " + stream
                + ", or its PPID or U bit changed");
        }
        // who got a message and died, or gave the association up, before the sender heard of either may be back and get
        // it again: in a collision of INITs (RFC 9260 section 5.2.1) the sender's association goes on
        if (sent.receiver != null && !sent.receiver.dead && !(sent.receiver.over && !sent.conversation.over)) {
            throw new IllegalStateException("the same message twice, on stream " + stream);
        }
        if (by.peer == null) {
            by.peer = sent.conversation;
        } else if (by.peer != sent.conversation) {
            throw new IllegalStateException("a message of " + sent.conversation.name + " in the association with "
                + by.peer.name);
        }
        sent.receiver = by;
        delivered++;
        sent.conversation.newestDeliveredNs = Math.max(sent.conversation.newestDeliveredNs, sent.atNs);
        if (!unordered) {
            inOrder(by, sent);
        }
    }

    /** Only perishable messages may be missing between two of a stream. */
    private static void inOrder(final Conversation by, final Sent sent) {
        final int next = by.heard.getOrDefault(sent.stream, 0);
        if (sent.place < next) {
            throw new IllegalStateException("stream " + sent.stream + ": message " + sent.place + " behind "
                + (next - 1));
        }
        if (sent.place > next) {
            for (final Sent other : sent.conversation.sent) {
                if (other.stream == sent.stream && !other.unordered && other.place >= next
                    && other.place < sent.place && !other.perishable) {
                    throw new IllegalStateException("stream " + sent.stream + ": message " + sent.place
                        + " came before " + other.place);
                }
            }
        }
        by.heard.put(sent.stream, sent.place + 1);
    }

    void abandoned(final Conversation by, final UndeliveredMessage message, final boolean early) {
        final Sent sent = takenBack(by, message);
        if (!sent.perishable && !early) {
            throw new IllegalStateException("a message without a lifetime was given up");
        }
        abandoned++;
    }

    private Sent takenBack(final Conversation by, final UndeliveredMessage message) {
        final Sent sent = find(message.payload(), 0, message.payload().length);
        if (sent.conversation != by || sent.stream != message.stream() || sent.ppid != message.ppid()
            || sent.unordered != message.unordered()) {
            throw new IllegalStateException("a message came back from where it was not sent");
        }
        if (sent.returned) {
            throw new IllegalStateException("the same message came back twice");
        }
        if (sent.receiver != null && !message.sent()) {
            throw new IllegalStateException("a message that was received is said never to have left");
        }
        sent.returned = true;
        return sent;
    }

    void over(final Conversation by, final List<UndeliveredMessage> undelivered) {
        by.over = true;
        int last = -1;
        for (final UndeliveredMessage message : undelivered) {
            final int order = takenBack(by, message).order;
            if (order < last) {
                throw new IllegalStateException("messages came back in another order");
            }
            last = order;
            returned++;
        }
    }

    /** The process that had this end is gone: nobody is left to whom anything was promised. */
    void forget(final Conversation by) {
        by.sent.forEach(sent -> sent.returned = true);
        by.over = true;
        by.dead = true;
    }

    void streamsReset() {
        resets++;
    }

    void restarted() {
        restarts++;
    }

    /** A sentence for each end that is not over, and for each message that is neither received nor back. */
    List<String> complaints() {
        final List<String> wrong = new ArrayList<>();
        for (final Conversation c : conversations) {
            final long lost = c.sent.stream().filter(sent -> sent.receiver == null && !sent.returned).count();
            if (!c.over) {
                wrong.add(c.name + " has no end");
            } else if (lost > 0) {
                final Sent first =
                    c.sent.stream().filter(s -> s.receiver == null && !s.returned).findFirst().orElseThrow();
                wrong.add(c.name + ": " + lost + " of " + c.sent.size() + " messages are neither received nor back; "
                    + "the first on stream " + first.stream + ", sent at " + first.atNs / 1000 + " us");
            }
        }
        return wrong;
    }

    /** What happened, in numbers. */
    SctpOutcome outcome() {
        return new SctpOutcome(messages.size(), delivered, returned, abandoned, conversations.size(), resets, restarts);
    }
}
