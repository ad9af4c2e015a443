// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import org.poolswitch.asap.AsapSuspicion;

/** How long a pool's elements usually take to react. It rises fast and falls slowly, for a peak is not death. */
final class ReplyLatency {
    private static final int RISE_SHIFT = 2;
    private static final int FALL_SHIFT = 6;
    private final AsapSuspicion config;
    private long usualNs;

    ReplyLatency(final AsapSuspicion config) {
        this.config = config;
    }

    void add(final long sampleNs) {
        final long difference = sampleNs - usualNs;
        usualNs += difference >> (difference > 0 ? RISE_SHIFT : FALL_SHIFT);
    }

    long usualNs() {
        return usualNs;
    }

    /** How late a reply makes its element suspect. */
    long suspectAfterNs() {
        // never beyond deadAfter: a pool that is usually slow must not hide a death from the probes
        return Math.max(config.floorNs(), Math.min(config.multiplier() * usualNs, config.deadAfterNs()));
    }
}
