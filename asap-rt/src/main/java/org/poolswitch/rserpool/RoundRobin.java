// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

/** RR (RFC 5356 section 4.1): all equal, each in turn. Unknown policies are treated like it, under their own type. */
final class RoundRobin implements RankedPolicy {
    private final int type;
    private final String name;

    RoundRobin(final int type, final String name) {
        this.type = type;
        this.name = name;
    }

    @Override
    public int type() {
        return type;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long rank(final PolicyValues values, final long front) {
        return 0;
    }

    @Override
    public boolean uniform() {
        return true;
    }
}
