// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

/** PRIO (RFC 5356 section 4.5): the largest priority first, equal ones in turn. */
final class Priority implements RankedPolicy {
    @Override
    public int type() {
        return PolicyType.PRIORITY;
    }

    @Override
    public String name() {
        return "PRIO";
    }

    @Override
    public long rank(final PolicyValues values, final long front) {
        return PolicyValues.FULL - values.field(0);
    }
}
