// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

/**
 * How large a handlespace may become, and the two choices in it that peers must agree on.
 *
 * @param maxPools           pools
 * @param maxElements        elements of all pools together
 * @param maxElementsPerPool elements of one pool
 * @param maxElementOctets   octets of one element's parameter, its ASAP transport included
 * @param maxIncrement       how many elements of one answer count as handed out: their turn is over, their degradation
 *                           grows; 0 = as each policy says (1 for ranked policies)
 * @param checksum           how {@link Handlespace#checksum} adds up
 */
public record HandlespaceLimits(int maxPools, int maxElements, int maxElementsPerPool, int maxElementOctets,
    int maxIncrement, ChecksumRule checksum) {
    /** Room for a million elements, in some 300 megabytes of heap. */
    public static final HandlespaceLimits DEFAULT = new HandlespaceLimits(100_000, 1_000_000, 1_000_000, 4096, 0,
        ChecksumRule.RFC);

    public HandlespaceLimits {
        if (maxPools < 1 || maxElements < 1 || maxElementsPerPool < 1) {
            throw new IllegalArgumentException("a handlespace must have room for a pool and an element");
        }
        if (maxElementOctets < 64 || maxElementOctets > 65_000) {
            throw new IllegalArgumentException("the longest element has 64 to 65000 octets, not " + maxElementOctets);
        }
        if (maxIncrement < 0) {
            throw new IllegalArgumentException("MaxIncrement is 0 (as the policy says) or more");
        }
    }

    /** The same with checksums that add up otherwise. */
    public HandlespaceLimits withChecksum(final ChecksumRule rule) {
        return new HandlespaceLimits(maxPools, maxElements, maxElementsPerPool, maxElementOctets, maxIncrement, rule);
    }
}
