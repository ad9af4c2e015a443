// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

/**
 * WRR (RFC 5356 section 4.2): each element as often as its weight says, evenly spread. A rank is a point of time at
 * which the element is due; the next one follows after 1 / weight. Weight 0 counts as 1.
 */
final class WeightedRoundRobin implements RankedPolicy {
    /** Time between two turns of weight 1; ranks stay within it of each other. */
    private static final long ROUND = 1L << 56;

    @Override
    public int type() {
        return PolicyType.WEIGHTED_ROUND_ROBIN;
    }

    @Override
    public String name() {
        return "WRR";
    }

    private static long step(final PolicyValues values) {
        return ROUND / Math.max(1, values.field(0));
    }

    @Override
    public long rank(final PolicyValues values, final long front) {
        // in the middle of its first interval, or light ones would all be due together at the end
        return front + step(values) / 2;
    }

    @Override
    public long rankRegisteredAgain(final PolicyValues values, final long rank, final long front) {
        // what it waited stays waited; with a larger weight it is due sooner
        return front + Math.min(rank - front, step(values));
    }

    @Override
    public long rankHandedOut(final PolicyValues values, final long rank, final int handedOut) {
        return rank + step(values);
    }
}
