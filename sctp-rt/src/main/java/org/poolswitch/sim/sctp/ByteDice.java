// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim.sctp;

import java.util.random.RandomGenerator;

/**
 * Decisions read from bytes, so that a fuzzer that learns which bytes lead where can steer what looks like chance.
 * Where the bytes end all dice show 0.
 */
public final class ByteDice implements RandomGenerator {
    private final byte[] bytes;
    private int at;

    public ByteDice(final byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** True if nothing is left to decide. */
    public boolean isEmpty() {
        return at >= bytes.length;
    }

    private int next() {
        return at < bytes.length ? bytes[at++] & 0xff : 0;
    }

    @Override
    public int nextInt() {
        return next() << 24 | next() << 16 | next() << 8 | next();
    }

    @Override
    public long nextLong() {
        return (long) nextInt() << 32 | nextInt() & 0xffff_ffffL;
    }

    /** One byte decides between up to 256 ways. */
    @Override
    public int nextInt(final int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("there must be a way to go");
        }
        final int raw = bound <= 256 ? next() : bound <= 65_536 ? next() << 8 | next() : nextInt() & 0x7fff_ffff;
        return raw % bound;
    }

    @Override
    public boolean nextBoolean() {
        return (next() & 1) != 0;
    }

    @Override
    public void nextBytes(final byte[] b) {
        for (int i = 0; i < b.length; i++) {
            b[i] = (byte) next();
        }
    }
}
