// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

/**
 * RLU (RFC 5356 section 5.4): as likely as the element has room left, 100 percent minus load. RSPLIB's RPLU adds the
 * load degradation to the load once, RLUD for each time handed out, RPLUD both.
 */
record RandomizedLeastUsed(int type, String name, boolean degrades, boolean priority) implements ChancePolicy {
    @Override
    public long weight(final PolicyValues values, final int handedOut) {
        final long degradations = (degrades ? handedOut : 0L) + (priority ? 1 : 0);
        return PolicyValues.FULL - LeastUsed.load(values, degradations);
    }
}
