// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

/** Elements at random, none twice in an answer. */
public non-sealed interface ChancePolicy extends SelectionPolicy {
    /** Largest weight. */
    long MOST = 0xffffffffL;

    /**
     * Weight of an element: it is drawn with probability weight / sum of the weights that are left.
     *
     * @param handedOut how often it was handed out since it last registered
     * @return 1 to {@link #MOST}; what lies outside is moved to the nearer end
     */
    long weight(PolicyValues values, int handedOut);

    /** Whether all weights are 1 always. */
    default boolean uniform() {
        return false;
    }

    /** Whether the weight changes as an element is handed out. */
    default boolean degrades() {
        return false;
    }
}
