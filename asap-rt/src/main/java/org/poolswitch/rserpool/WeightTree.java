// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import java.util.Arrays;

/**
 * Weights of places in a row, to draw from. Above them are the sums of 16 each, above those the sums of 16 sums: a draw
 * among a million reads one or two cache lines in each of five levels, and all but the lowest stay in the cache.
 */
final class WeightTree {
    private static final int BITS = 4;
    private static final int FAN = 1 << BITS;

    /** Weights, their sums, the sums of these, up to the level that has no more than 16. */
    private long[][] levels = {new long[FAN]};
    private long total;

    /** Sum of all weights. */
    long total() {
        return total;
    }

    /** Makes room for this place and those before it. */
    void reach(final int slot) {
        if (slot < levels[0].length) {
            return;
        }
        int places = 2 * levels[0].length;
        for (int i = 0; i < levels.length; i++) {
            levels[i] = Arrays.copyOf(levels[i], Math.max(FAN, places));
            places >>= BITS;
        }
        final long[] top = levels[levels.length - 1];
        if (top.length > FAN) {
            levels = Arrays.copyOf(levels, levels.length + 1);
            levels[levels.length - 1] = new long[FAN];
            for (int i = 0; i < top.length; i++) {
                levels[levels.length - 1][i >> BITS] += top[i];
            }
        }
    }

    void set(final int slot, final long weight) {
        final long by = weight - levels[0][slot];
        total += by;
        int at = slot;
        for (final long[] level : levels) {
            level[at] += by;
            at >>= BITS;
        }
    }

    /**
     * The place in which a draw falls.
     *
     * @param drawn 0 to {@link #total} - 1
     */
    int slotOf(final long drawn) {
        long left = drawn;
        int at = 0;
        for (int i = levels.length - 1; i >= 0; i--) {
            final long[] level = levels[i];
            at <<= BITS;
            while (left >= level[at]) {
                left -= level[at++];
            }
        }
        return at;
    }
}
