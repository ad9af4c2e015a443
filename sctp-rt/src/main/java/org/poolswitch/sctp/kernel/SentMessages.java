// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.poolswitch.sctp.UndeliveredMessage;

/**
 * What was given to the kernel lately. When an association is lost the kernel hands back the bytes of each chunk that
 * was not acknowledged, but the JDK passes on neither the payload protocol identifier nor the U bit, and a long message
 * comes in pieces. So the newest messages, as many as the kernel's buffer can hold, are kept here and compared.
 */
final class SentMessages {
    /** A message the kernel can cut in pieces is longer than this: IPv6's least MTU less headers, less a margin. */
    private static final int SURELY_WHOLE = 1000;
    /** The delayed acknowledgement's 200 ms (RFC 9260 section 6.2) and a round trip. */
    private static final long ACKNOWLEDGED_WITHIN_NS = 500_000_000L;

    /** Linux counts more than this of its own for each message, and so it takes fewer tiny ones than octets. */
    private static final int OVERHEAD = 256;

    private record Piece(int stream, byte[] bytes) {
    }

    private record Sent(UndeliveredMessage message, long atNs) {
    }

    private final Deque<Sent> sent = new ArrayDeque<>();
    private final List<Piece> failed = new ArrayList<>();
    private final long keepOctets;
    /** With the overhead. */
    private long octets;

    SentMessages(final long keepOctets) {
        this.keepOctets = keepOctets;
    }

    /** The kernel took this message. */
    void add(final UndeliveredMessage message, final long nowNs) {
        sent.add(new Sent(message, nowNs));
        octets += cost(message);
        while (octets - cost(sent.element().message()) >= keepOctets) {
            octets -= cost(sent.poll().message());
        }
    }

    private static int cost(final UndeliveredMessage message) {
        return message.payload().length + OVERHEAD;
    }

    /** The kernel hands back a chunk. */
    void failed(final int stream, final byte[] bytes) {
        failed.add(new Piece(stream, bytes));
    }

    /** True if anything was handed back since {@link #undelivered} was last asked. */
    boolean hasFailed() {
        return !failed.isEmpty();
    }

    /**
     * Takes out the messages of which anything was handed back, in the order in which they were sent. Whole ones first:
     * what a short message is may also stand in the middle of a long one.
     */
    List<UndeliveredMessage> undelivered() {
        final Set<Sent> lost = Collections.newSetFromMap(new IdentityHashMap<>());
        // from the newest: of equal messages the older one is the more likely to have been acknowledged
        for (final Iterator<Sent> i = sent.descendingIterator(); i.hasNext() && !failed.isEmpty();) {
            final Sent s = i.next();
            if (claimWhole(s.message())) {
                lost.add(s);
            }
        }
        for (final Iterator<Sent> i = sent.descendingIterator(); i.hasNext() && !failed.isEmpty();) {
            final Sent s = i.next();
            if (!lost.contains(s) && s.message().payload().length > SURELY_WHOLE && claimPieces(s.message())) {
                lost.add(s);
            }
        }
        failed.clear();
        final List<UndeliveredMessage> result = new ArrayList<>(lost.size());
        for (final Iterator<Sent> i = sent.iterator(); i.hasNext() && !lost.isEmpty();) {
            final Sent s = i.next();
            if (lost.contains(s)) {
                result.add(s.message());
                octets -= cost(s.message());
                i.remove();
            }
        }
        return result;
    }

    /**
     * What may be unacknowledged, when the kernel will not say: all that was sent after {@code heardNs} less what an
     * acknowledgement usually takes. A message too many is a duplicate, one too few is a loss.
     */
    List<UndeliveredMessage> since(final long heardNs) {
        final List<UndeliveredMessage> result = new ArrayList<>();
        for (final Sent s : sent) {
            if (s.atNs() - (heardNs - ACKNOWLEDGED_WITHIN_NS) >= 0) {
                result.add(s.message());
            }
        }
        return result;
    }

    private boolean claimWhole(final UndeliveredMessage message) {
        for (int i = failed.size() - 1; i >= 0; i--) {
            final Piece piece = failed.get(i);
            if (piece.stream() == message.stream() && Arrays.equals(piece.bytes(), message.payload())) {
                failed.remove(i);
                return true;
            }
        }
        return false;
    }

    private boolean claimPieces(final UndeliveredMessage message) {
        return failed.removeIf(p -> p.stream() == message.stream() && isPiece(p.bytes(), message.payload()));
    }

    /** The kernel cuts a message in pieces of one length, so each but the last stands at a multiple of its own. */
    private static boolean isPiece(final byte[] piece, final byte[] whole) {
        final int last = whole.length - piece.length;
        if (last > 0 && Arrays.equals(piece, 0, piece.length, whole, last, whole.length)) {
            return true;
        }
        for (int at = 0; piece.length >= SURELY_WHOLE && at <= last; at += piece.length) {
            if (Arrays.equals(piece, 0, piece.length, whole, at, at + piece.length)) {
                return true;
            }
        }
        return false;
    }
}
