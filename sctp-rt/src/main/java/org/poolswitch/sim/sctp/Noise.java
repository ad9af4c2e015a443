// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim.sctp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Messages that can be told apart: a number (64 bits), then octets that follow from the number. */
final class Noise {
    /** Shortest message. */
    static final int LEAST = 8;
    private static final int SIZE = 1 << 17;
    private static final byte[] OCTETS = new byte[2 * SIZE];
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    static {
        new SplittableRandom(1).nextBytes(OCTETS);
    }

    private Noise() {
    }

    private static int start(final long number) {
        return (int) (number * SPREAD >>> 47);
    }

    /** A message of at most 128 KiB. */
    static byte[] message(final long number, final int length) {
        final byte[] message = new byte[length];
        ByteBuffer.wrap(message).putLong(number);
        System.arraycopy(OCTETS, start(number), message, LEAST, length - LEAST);
        return message;
    }

    static long number(final byte[] b, final int at) {
        return ByteBuffer.wrap(b).getLong(at);
    }

    static boolean isIntact(final byte[] b, final int at, final int length) {
        final int start = start(number(b, at));
        return Arrays.equals(b, at + LEAST, at + length, OCTETS, start, start + length - LEAST);
    }
}
