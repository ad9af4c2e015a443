// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

/** WRAND (RFC 5356 section 4.4): as likely as the weight says. Weight 0 counts as 1. */
final class WeightedRandom implements ChancePolicy {
    @Override
    public int type() {
        return PolicyType.WEIGHTED_RANDOM;
    }

    @Override
    public String name() {
        return "WRAND";
    }

    @Override
    public long weight(final PolicyValues values, final int handedOut) {
        return values.field(0);
    }
}
