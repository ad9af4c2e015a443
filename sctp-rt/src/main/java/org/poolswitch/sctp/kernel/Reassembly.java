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
        if (parts.length > 0 && (toStream != stream || toPpid != ppid || isUnordered != unordered)) {
            reset();
        }
        final int had = parts.length;
        if (had + bytes.remaining() > maxOctets) {
            tooLong = true;
            return null;
        }
        final byte[] all = Arrays.copyOf(parts, had + bytes.remaining());
        bytes.get(all, had, bytes.remaining());
        if (last) {
            reset();
            return all;
        }
        parts = all;
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
        parts = NOTHING;
    }
}
