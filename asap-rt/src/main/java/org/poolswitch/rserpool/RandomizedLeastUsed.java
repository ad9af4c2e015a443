// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

/**
 * RLU (RFC 5356 section 5.4): as likely as the element has room left, 100 percent minus load. RSPLIB's RPLU adds the
 * load degradation to the load once, RLUD for each time handed out, RPLUD both.
 */
final class RandomizedLeastUsed implements ChancePolicy {
    private final int type;
    private final String name;
    private final boolean degrades;
    private final boolean priority;

    RandomizedLeastUsed(final int type, final String name, final boolean degrades, final boolean priority) {
        this.type = type;
        this.name = name;
        this.degrades = degrades;
        this.priority = priority;
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
    public long weight(final PolicyValues values, final int handedOut) {
        final long degradations = (degrades ? handedOut : 0L) + (priority ? 1 : 0);
        return PolicyValues.FULL - LeastUsed.load(values, degradations);
    }

    @Override
    public boolean degrades() {
        return degrades;
    }
}
