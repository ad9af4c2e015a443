// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.observe;

/** The checksum of IP and UDP (RFC 1071): one's complement sum of 16-bit words. */
final class InternetChecksum {
    private InternetChecksum() {
    }

    /** Adds octets to a running sum; only the last call of a sum may have an odd length. */
    static long add(final long sum, final byte[] b, final int offset, final int length) {
        long s = sum;
        final int end = offset + length - 1;
        int i = offset;
        for (; i < end; i += 2) {
            s += (b[i] & 0xff) << 8 | b[i + 1] & 0xff;
        }
        if (i == end) {
            s += (b[i] & 0xff) << 8;
        }
        return s;
    }

    /** The complement of the folded sum. */
    static int finish(final long sum) {
        long s = sum;
        while (s >>> 16 != 0) {
            s = (s & 0xffff) + (s >>> 16);
        }
        return (int) ~s & 0xffff;
    }
}
