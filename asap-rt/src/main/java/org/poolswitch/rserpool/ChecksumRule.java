// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

/**
 * How the PE checksum (RFC 5353 section 3.6.2) adds up. Both are the same until the plain sum of all words passes 2^32:
 * with handles of a dozen octets at some 18,000 elements of one registrar.
 */
public enum ChecksumRule {
    /** The Internet checksum of RFC 1071, whatever the number of elements. */
    RFC,
    /**
     * What RSPLIB computes: a 32-bit counter of words in little-endian order that wraps around, so that it loses
     * carries. Needed only with RSPLIB peers in a mesh in which one registrar owns more than 18,000 elements.
     */
    RSPLIB
}
