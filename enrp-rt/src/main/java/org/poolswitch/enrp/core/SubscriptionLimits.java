// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

/**
 * Bounds of subscriptions to pools (S and A bits, RFC 5352 sections 2.2.5 and 2.2.6).
 *
 * @param maxPerUser pools that one association may subscribe to
 * @param maxTotal   subscriptions of all
 * @param intervalNs at least so long between two answers about one pool; changes meanwhile share the next one
 */
public record SubscriptionLimits(int maxPerUser, int maxTotal, long intervalNs) {
    static final SubscriptionLimits CARRIER = new SubscriptionLimits(64, 100_000, 50_000_000L);
    static final SubscriptionLimits RFC = new SubscriptionLimits(64, 100_000, 1_000_000_000L);

    public SubscriptionLimits {
        if (maxPerUser < 0 || maxTotal < 0 || intervalNs < 0) {
            throw new IllegalArgumentException("limits of subscriptions are not negative");
        }
    }
}
