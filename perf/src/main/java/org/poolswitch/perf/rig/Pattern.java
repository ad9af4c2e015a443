// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.rig;

import java.util.Arrays;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SendStatus;

/**
 * The messages of the interop suite: {@code perf/rig/peer-pattern.h} in Java. From a message's number and its sender's
 * role follow its stream, its order flag, its length (1 octet to 64 KiB, some 300 in the mean) and its content, so that
 * the receiver can judge every message alone. The number travels in the payload protocol identifier.
 */
final class Pattern {
    /** Payload protocol identifier of message 0: far from every identifier that IANA gave out. */
    static final int PPID_BASE = 0x50000000;
    /** Octets of the longest message. */
    static final int LONGEST = 65_536;

    private static final byte[] NOISE = noise();

    private final int role;
    private final int streams;

    /**
     * @param listener true for the messages of the side that was connected to
     * @param streams  how many streams they are spread over
     */
    Pattern(final boolean listener, final int streams) {
        this.role = listener ? 1 : 0;
        this.streams = streams;
    }

    /** Content is a window into one table of noise: it costs nothing to make. */
    private static byte[] noise() {
        final byte[] noise = new byte[2 * LONGEST];
        int x = 0x2545F491;
        for (int i = 0; i < noise.length; i++) {
            x ^= x << 13;
            x ^= x >>> 17;
            x ^= x << 5;
            noise[i] = (byte) (x >>> 24);
        }
        return noise;
    }

    private static int mix(final int number) {
        int h = number * 0x9E3779B1;
        h ^= h >>> 15;
        h *= 0x85EBCA77;
        return h ^ h >>> 13;
    }

    private int hash(final int number) {
        return mix(2 * number + role + 1);
    }

    int streams() {
        return streams;
    }

    int stream(final int number) {
        return (hash(number) >>> 3 & 0xffff) % streams;
    }

    boolean unordered(final int number) {
        return (hash(number) & 7) == 0;
    }

    int length(final int number) {
        final int h = hash(number);
        final int kind = h >>> 20;
        return kind == 0 ? LONGEST
            : 1 + Integer.remainderUnsigned(mix(h), kind < 9 ? LONGEST : kind < 205 ? 4096 : 256);
    }

    /** Where in {@link #content()} the message begins. */
    int offset(final int number) {
        return mix(hash(number)) >>> 16;
    }

    /** The table that all messages are windows of; not to be changed. */
    static byte[] content() {
        return NOISE;
    }

    /** Sends message {@code number}. */
    SendStatus send(final SctpEndpoint endpoint, final int association, final int number, final long nowNs) {
        return endpoint.send(association, stream(number), PPID_BASE + number, unordered(number), NOISE, offset(number),
            length(number), nowNs);
    }

    /** True if this is message {@code number}, whole and on its stream. */
    boolean is(final int number, final int stream, final boolean unordered, final byte[] buffer, final int offset,
        final int length) {
        final int from = offset(number);
        return stream == stream(number) && unordered == unordered(number) && length == length(number)
            && Arrays.equals(buffer, offset, offset + length, NOISE, from, from + length);
    }
}
