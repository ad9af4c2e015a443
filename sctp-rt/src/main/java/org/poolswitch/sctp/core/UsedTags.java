// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import org.agrona.collections.IntArrayQueue;
import org.agrona.collections.IntHashSet;

/**
 * The verification tags of the newest associations that are over. A cookie with one of them is a duplicate that the
 * network kept, or a replay: what was delivered with it must not be delivered again.
 */
final class UsedTags {
    private static final int NONE = 0;

    private final int most;
    private final IntArrayQueue order = new IntArrayQueue(NONE);
    private final IntHashSet set = new IntHashSet();

    /** @param most how many are remembered */
    UsedTags(final int most) {
        this.most = most;
    }

    void add(final int tag) {
        if (set.add(tag)) {
            order.addInt(tag);
            if (order.size() > most) {
                set.remove(order.pollInt());
            }
        }
    }

    boolean contains(final int tag) {
        return set.contains(tag);
    }
}
