// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

/**
 * LU, LUD, PLU (RFC 5356 sections 5.1 to 5.3) and RSPLIB's PLUD: the smallest load first, equal ones in turn. LUD adds
 * the load degradation for each time the element was handed out since it last told its load, PLU adds it once, PLUD
 * does both.
 */
record LeastUsed(int type, String name, boolean degrades, boolean priority) implements RankedPolicy {
    @Override
    public long rank(final PolicyValues values, final long front) {
        return loadOf(values, 0);
    }

    @Override
    public long rankHandedOut(final PolicyValues values, final long rank, final int handedOut) {
        return degrades ? loadOf(values, handedOut) : rank;
    }

    private long loadOf(final PolicyValues values, final int handedOut) {
        return load(values, (degrades ? handedOut : 0L) + (priority ? 1 : 0));
    }

    /** Load plus so many degradations, not above 100 percent. */
    static long load(final PolicyValues values, final long degradations) {
        if (degradations == 0) {
            return values.field(0);
        }
        // fewer than 2^31 times less than 2^32, and a load of less than 2^32: it fits
        return Math.min(PolicyValues.FULL, values.field(0)
            + Math.min(Integer.MAX_VALUE, degradations) * values.field(1));
    }
}
