// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

/** RR (RFC 5356 section 4.1): all equal, each in turn. Unknown policies are treated like it, under their own type. */
record RoundRobin(int type, String name) implements RankedPolicy {
    @Override
    public long rank(final PolicyValues values, final long front) {
        return 0;
    }

    @Override
    public boolean uniform() {
        return true;
    }
}
