// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.util.Arrays;

/** The next stream sequence number of each stream (RFC 9260 section 6.5); room is made when a stream is first used. */
final class StreamNumbers {
    private static final short[] NOTHING = new short[0];

    private short[] next = NOTHING;

    /** See {@link Association#warm}. */
    int warm() {
        return next.length;
    }

    /** The next one. */
    int peek(final int stream) {
        return stream < next.length ? next[stream] & 0xffff : 0;
    }

    /** The next one; the one after it is next then. */
    int take(final int stream) {
        final int number = peek(stream);
        set(stream, number + 1);
        return number;
    }

    void set(final int stream, final int number) {
        if (stream >= next.length) {
            next = Arrays.copyOf(next, Math.max(stream + 1, 2 * next.length));
        }
        next[stream] = (short) number;
    }

    /** These start again at 0; none named means all (RFC 6525 section 4.1). */
    void reset(final int[] streams) {
        if (streams.length == 0) {
            clear();
        }
        for (final int stream : streams) {
            if (stream < next.length) {
                next[stream] = 0;
            }
        }
    }

    void clear() {
        next = NOTHING;
    }
}
