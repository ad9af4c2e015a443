// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.Map;
import org.poolswitch.rserpool.PoolElementEntry;

/** Which elements changed hands within the last moments; bounded, the oldest are forgotten first. */
final class RecentClaims {
    private record Claim(PoolElementEntry element, long atNs) {
    }

    private static final int MOST = 65_536;

    private final long windowNs;
    private final Map<PoolElementEntry, Claim> claims = new IdentityHashMap<>();
    private final ArrayDeque<Claim> order = new ArrayDeque<>();

    RecentClaims(final long windowNs) {
        this.windowNs = windowNs;
    }

    void add(final PoolElementEntry element, final long nowNs) {
        forget(nowNs);
        final Claim claim = new Claim(element, nowNs);
        claims.put(element, claim);
        order.add(claim);
        if (order.size() > MOST) {
            drop(order.poll());
        }
    }

    boolean contains(final PoolElementEntry element, final long nowNs) {
        forget(nowNs);
        return claims.containsKey(element);
    }

    /** @return whether it was there */
    boolean remove(final PoolElementEntry element, final long nowNs) {
        forget(nowNs);
        return claims.remove(element) != null;
    }

    private void forget(final long nowNs) {
        while (!order.isEmpty() && nowNs - order.peek().atNs() > windowNs) {
            drop(order.poll());
        }
    }

    private void drop(final Claim claim) {
        claims.remove(claim.element(), claim);
    }
}
