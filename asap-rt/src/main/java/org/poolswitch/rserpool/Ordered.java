// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

/**
 * What selection reads and writes of an element. A class of its own, since a JVM lays out the fields of a superclass
 * first and together: one or two cache lines, where an element has three, and in a large pool each costs a wait.
 */
abstract class Ordered extends Hashed {
    /** The whole Pool Element parameter in one order: values, user transport, policy, perhaps ASAP transport. */
    byte[] octets;
    // the policy's order: a ring (RingIndex), a place in a row (ChanceIndex), or rank and turn (RankedIndex)
    PoolElementEntry left;
    PoolElementEntry right;
    int slot;
    /** Ranked: the smaller the earlier. By chance: the weight. */
    long rank;
    /** Among equal ranks, the smaller the earlier. */
    long turn;
    /** Times it was handed out since it last told its values. */
    int handedOut;

    Ordered(final int hash) {
        super(hash);
    }
}
