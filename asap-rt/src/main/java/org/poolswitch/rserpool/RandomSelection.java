// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

/** RAND (RFC 5356 section 4.3): each element as likely as any other. */
final class RandomSelection implements ChancePolicy {
    @Override
    public int type() {
        return PolicyType.RANDOM;
    }

    @Override
    public String name() {
        return "RAND";
    }

    @Override
    public long weight(final PolicyValues values, final int handedOut) {
        return 1;
    }

    @Override
    public boolean uniform() {
        return true;
    }
}
