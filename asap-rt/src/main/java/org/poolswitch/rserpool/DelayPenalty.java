// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

/**
 * RSPLIB's policies with a delay penalty factor (draft-dreibholz-rserpool-delay): the last two values are the factor,
 * a fraction, and the distance in milliseconds that the home registrar measured. Distance times factor makes an element
 * heavier used, or less likely.
 */
final class DelayPenalty {
    private DelayPenalty() {
    }

    /** LU-DPF and LUD-DPF. */
    record Ranked(int type, String name, boolean degrades) implements RankedPolicy {
        @Override
        public long rank(final PolicyValues values, final long front) {
            return load(values, 0);
        }

        @Override
        public long rankHandedOut(final PolicyValues values, final long rank, final int handedOut) {
            return degrades ? load(values, handedOut) : rank;
        }

        private long load(final PolicyValues values, final int handedOut) {
            final int factor = degrades ? 2 : 1;
            final long load = values.field(0) + (degrades ? handedOut * values.field(1) : 0);
            // distance * factor / FULL * FULL: 2^32 * 2^32 may pass the largest long, so in doubles
            final double penalty = (double) values.field(factor + 1) * values.field(factor);
            return (long) Math.min(PolicyValues.FULL, load + penalty);
        }
    }

    /** WRAND-DPF. */
    record Chance(int type, String name) implements ChancePolicy {
        @Override
        public long weight(final PolicyValues values, final int handedOut) {
            final double factor = (double) values.field(1) / PolicyValues.FULL;
            final long weight = values.field(0);
            return weight - Math.round(weight * values.field(2) * factor);
        }
    }
}
