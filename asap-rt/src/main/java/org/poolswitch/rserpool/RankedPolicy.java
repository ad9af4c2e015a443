// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

/**
 * The elements with the smallest rank first; equal ones in turn. Ranks are compared by their difference, so they may
 * grow for ever and wrap around; those of one pool must lie within 2^62.
 */
public non-sealed interface RankedPolicy extends SelectionPolicy {

    /**
     * Rank of an element that joins.
     *
     * @param values its policy's values
     * @param front  the pool's smallest rank now, 0 if it is empty
     */
    long rank(PolicyValues values, long front);

    /** Rank of an element that registered again, perhaps with other values. */
    default long rankRegisteredAgain(final PolicyValues values, final long rank, final long front) {
        return rank(values, front);
    }

    /**
     * Rank of an element that was just handed out to a user.
     *
     * @param rank      its rank so far
     * @param handedOut how often that happened since it last registered, 1 or more
     */
    default long rankHandedOut(final PolicyValues values, final long rank, final int handedOut) {
        return rank;
    }

    /** Whether all ranks are equal always: then the other methods are not asked. */
    default boolean uniform() {
        return false;
    }
}
