// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.wire;

import java.util.zip.CRC32C;

/**
 * The common header of every packet (RFC 9260 section 3.1).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------------------------------+-------------------------------+
 * |      source port              |      destination port         |
 * +-------------------------------+-------------------------------+
 * |                      verification tag                         |
 * +---------------------------------------------------------------+
 * |                      checksum (CRC32c, its octets reversed)   |
 * +---------------------------------------------------------------+
 * </pre>
 */
public final class CommonHeader {
    public static final int LENGTH = 12;
    private static final byte[] ZERO = new byte[4];

    private CommonHeader() {
    }

    public static int sourcePort(final byte[] b, final int at) {
        return Bytes.u16(b, at);
    }

    public static int destinationPort(final byte[] b, final int at) {
        return Bytes.u16(b, at + 2);
    }

    public static int verificationTag(final byte[] b, final int at) {
        return Bytes.i32(b, at + 4);
    }

    public static void put(final byte[] b, final int at, final int source, final int destination, final int tag) {
        Bytes.put16(b, at, source);
        Bytes.put16(b, at + 2, destination);
        Bytes.put32(b, at + 4, tag);
        Bytes.put32(b, at + 8, 0);
    }

    /** Computes and stores the checksum (RFC 9260 appendix A); the field must be there. */
    public static void seal(final CRC32C crc, final byte[] b, final int at, final int length) {
        Bytes.put32(b, at + 8, Integer.reverseBytes(checksum(crc, b, at, length)));
    }

    public static boolean checksumIsGood(final CRC32C crc, final byte[] b, final int at, final int length) {
        return Bytes.i32(b, at + 8) == Integer.reverseBytes(checksum(crc, b, at, length));
    }

    private static int checksum(final CRC32C crc, final byte[] b, final int at, final int length) {
        crc.reset();
        crc.update(b, at, 8);
        crc.update(ZERO, 0, 4);
        crc.update(b, at + LENGTH, length - LENGTH);
        return (int) crc.getValue();
    }
}
