// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.poolswitch.rserpool.PolicyType;
import org.poolswitch.rserpool.PoolHandle;

/** A pool: its elements, and the order in which its policy names them (RFC 5356). */
final class Pool {
    final PoolHandle handle;
    final int policyType;
    final int transportType;
    final int transportUse;
    final Map<Integer, OwnedElement> elements = new LinkedHashMap<>();
    private long sequence;

    Pool(final PoolHandle handle, final int policyType, final int transportType, final int transportUse) {
        this.handle = handle;
        this.policyType = policyType;
        this.transportType = transportType;
        this.transportUse = transportUse;
    }

    /** A place at the end of the round. */
    long nextSequence() {
        return ++sequence;
    }

    /** The elements for an answer, best first; the first one's turn is over by that. */
    List<OwnedElement> select(final int limit, final RandomGenerator random) {
        final List<OwnedElement> order = new ArrayList<>(elements.values());
        if (policyType == PolicyType.RANDOM || policyType == PolicyType.WEIGHTED_RANDOM) {
            for (int i = order.size() - 1; i > 0; i--) {
                final int j = random.nextInt(i + 1);
                order.set(i, order.set(j, order.get(i)));
            }
        } else {
            order.sort(byPolicy());
            if (!order.isEmpty()) {
                order.get(0).sequence = nextSequence();
            }
        }
        return order.size() > limit ? order.subList(0, limit) : order;
    }

    private Comparator<OwnedElement> byPolicy() {
        final Comparator<OwnedElement> round = Comparator.comparingLong(e -> e.sequence);
        if (policyType == PolicyType.PRIORITY) {
            return Comparator.<OwnedElement>comparingLong(e -> -(e.parameter.policyValue() & 0xffffffffL))
                .thenComparing(round);
        }
        if ((policyType & 0x40000000) != 0) {
            return Comparator.<OwnedElement>comparingLong(e -> e.parameter.policyValue() & 0xffffffffL)
                .thenComparing(round);
        }
        return round;
    }
}
