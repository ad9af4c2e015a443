// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

/** A pool's elements as its policy wants to find them. */
sealed interface PolicyIndex permits RankedIndex, RingIndex, ChanceIndex {
    void add(PoolElementEntry e);

    /** It is there already, and its values may have changed. */
    void registeredAgain(PoolElementEntry e);

    void remove(PoolElementEntry e);

    /**
     * Names elements, best first.
     *
     * @param maxIncrement how many of them count as handed out, 0 = as the policy says
     * @return how many were put
     */
    int select(PoolElementEntry[] into, int limit, int maxIncrement);
}
