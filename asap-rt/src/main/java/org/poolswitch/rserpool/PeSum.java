// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

/**
 * One registrar's PE checksum, kept up to date by adding and taking away blocks (RFC 5353 section 3.6.2). An element's
 * block is its pool handle, padded with zeros to a multiple of 4, and its identifier.
 */
final class PeSum {
    /** Sum of all 16-bit words, never folded: so taking away is exact. */
    private long words;
    /** The same as RSPLIB has it, {@link ChecksumRule#RSPLIB}. */
    private int swapped;

    void add(final PoolHandle handle, final int identifier) {
        words += block(handle, identifier);
        swapped += swappedBlock(handle, identifier);
    }

    void subtract(final PoolHandle handle, final int identifier) {
        words -= block(handle, identifier);
        swapped -= swappedBlock(handle, identifier);
    }

    /** @return 0 to 0xffff */
    int checksum(final ChecksumRule rule) {
        return rule == ChecksumRule.RFC ? fold(words) : Short.reverseBytes((short) fold(swapped & 0xffffffffL))
            & 0xffff;
    }

    private static int fold(final long sum) {
        long folded = sum;
        while (folded > 0xffff) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return (int) ~folded & 0xffff;
    }

    private static long block(final PoolHandle handle, final int identifier) {
        return handle.wordSum() + (identifier >>> 16) + (identifier & 0xffff);
    }

    private static int swappedBlock(final PoolHandle handle, final int identifier) {
        return handle.swappedWordSum() + swap(identifier >>> 16) + swap(identifier);
    }

    static int swap(final int word) {
        return Short.reverseBytes((short) word) & 0xffff;
    }
}
