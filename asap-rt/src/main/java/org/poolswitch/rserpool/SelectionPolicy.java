// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

/**
 * A pool member selection policy (RFC 5356): in what order a pool's elements are named. Your own policy is either a
 * {@link RankedPolicy} or a {@link ChancePolicy}; both cost O(k + log n) to name k of n elements. Policies have no
 * state: one object serves all pools.
 */
public sealed interface SelectionPolicy permits RankedPolicy, ChancePolicy {

    /** Policy type on the wire (RFC 5356 section 3); your own are 0x80000000 and above. */
    int type();

    /** A name for people: "LU". */
    String name();
}
