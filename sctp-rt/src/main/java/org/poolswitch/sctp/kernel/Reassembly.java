// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Puts together what the kernel delivers in parts: it does so with one message at a time (RFC 6458 section 8.1.20,
 * level 0), when its receive buffer runs short.
 */
final class Reassembly {
    private static final byte[] NOTHING = new byte[0];

    private final int maxOctets;
    private byte[] parts = NOTHING;
    private int octets;
    private int stream;
    private int ppid;
    private boolean unordered;
    private boolean tooLong;

    Reassembly(final int maxOctets) {
        this.maxOctets = maxOctets;
    }

    /**
     * Adds what was read.
     *
     * @return the whole message, or null if there is more to come or it {@link #isTooLong}
     */
    byte[] add(final int toStream, final int toPpid, final boolean isUnordered, final boolean last,
        final ByteBuffer bytes) {
        // The peer may give up a message of which we have the beginning (RFC 3758). The JDK keeps the notification
        // of that (RFC 6458 section 6.1.7) to itself, so the beginning of something else is the only sign of it.
        if (octets > 0 && (toStream != stream || toPpid != ppid || isUnordered != unordered)) {
            reset();
        }
        final int all = octets + bytes.remaining();
        if (all > maxOctets) {
            tooLong = true;
            return null;
        }
        if (last || parts.length < all) {
            // once it has begun to, the kernel delivers each fragment alone: hundreds in a long message
            parts = Arrays.copyOf(parts, last ? all : Math.min(maxOctets, Math.max(all, 2 * parts.length)));
        }
        bytes.get(parts, octets, bytes.remaining());
        if (last) {
            final byte[] whole = parts;
            reset();
            return whole;
        }
        octets = all;
        stream = toStream;
        ppid = toPpid;
        unordered = isUnordered;
        return null;
    }

    /** A message was longer than we take: the association cannot go on. */
    boolean isTooLong() {
        return tooLong;
    }

    /** Forgets what is not whole: the association it came on is gone. */
    void reset() {
        octets = 0;
        parts = NOTHING;
    }
}
