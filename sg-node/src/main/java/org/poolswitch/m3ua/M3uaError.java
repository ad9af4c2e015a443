// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.m3ua;

import java.nio.ByteBuffer;

/**
 * ERR (RFC 4666 section 3.8.1): what was wrong with a message, and its first octets.
 *
 * <pre>
 *  1 | 0 | class 0 | type 0 | length | 0x000c | 8 | error code (4) | 0x0007 | length | diagnostic
 * </pre>
 */
public final class M3uaError {
    private static final int MOST_DIAGNOSTIC = 40;

    private M3uaError() {
    }

    /** Writes it. @return octets written */
    public static int encode(final int errorCode, final byte[] bad, final int badOffset, final int badLength,
        final byte[] b, final int offset) {
        final int diagnostic = Math.min(badLength, MOST_DIAGNOSTIC);
        final int padded = diagnostic + 3 & ~3;
        final int total = M3ua.HEADER + 8 + 4 + padded;
        final ByteBuffer out = ByteBuffer.wrap(b, offset, total);
        out.put((byte) M3ua.VERSION).put((byte) 0).put((byte) M3ua.CLASS_MANAGEMENT).put((byte) M3ua.TYPE_ERROR)
            .putInt(total).putShort((short) M3ua.TAG_ERROR_CODE).putShort((short) 8).putInt(errorCode)
            .putShort((short) M3ua.TAG_DIAGNOSTIC).putShort((short) (4 + diagnostic)).put(bad, badOffset, diagnostic);
        for (int i = diagnostic; i < padded; i++) {
            out.put((byte) 0);
        }
        return total;
    }

    /** True if a message is an ERR: it must never be answered with another one. */
    public static boolean isError(final byte[] b, final int offset, final int length) {
        return length >= 4 && b[offset + 2] == M3ua.CLASS_MANAGEMENT && b[offset + 3] == M3ua.TYPE_ERROR;
    }
}
