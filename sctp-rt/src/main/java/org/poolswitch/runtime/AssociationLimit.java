// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.runtime;

import java.util.HashMap;
import java.util.Map;

/** The same {@link RateLimit} for each association; remembers those that took something, until they end. */
public final class AssociationLimit {
    private final RateLimit limit;
    private final Map<Integer, Long> states = new HashMap<>();

    /** @param limit what one association may take */
    public AssociationLimit(final RateLimit limit) {
        this.limit = limit;
    }

    /** Takes one for this association. @return false if it has had its share */
    public boolean take(final int association, final long nowNs) {
        final long state = states.getOrDefault(association, RateLimit.FRESH);
        if (!limit.allows(state, nowNs)) {
            return false;
        }
        states.put(association, limit.take(state, nowNs));
        return true;
    }

    /** The association has ended. */
    public void forget(final int association) {
        states.remove(association);
    }
}
