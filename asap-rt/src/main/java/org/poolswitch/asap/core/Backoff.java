// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.util.random.RandomGenerator;

/** Pauses that double up to a limit, each shortened by up to a quarter at random so that nodes do not march in step. */
final class Backoff {
    private final long firstNs;
    private final long longestNs;
    private final RandomGenerator random;
    private long nextNs;

    Backoff(final long firstNs, final long longestNs, final RandomGenerator random) {
        this.firstNs = firstNs;
        this.longestNs = longestNs;
        this.random = random;
        nextNs = firstNs;
    }

    void reset() {
        nextNs = firstNs;
    }

    long pauseNs() {
        final long pause = nextNs - random.nextLong(nextNs / 4 + 1);
        nextNs = Math.min(longestNs, nextNs * 2);
        return pause;
    }
}
