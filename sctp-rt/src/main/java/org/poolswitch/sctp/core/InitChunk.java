// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sctp.wire.Bytes;

/**
 * The fixed part of INIT and INIT ACK (RFC 9260 sections 3.3.2 and 3.3.3), with the one parameter that matters to us.
 *
 * <pre>
 *  type | flags | length | initiate tag | a_rwnd | out streams | in streams | initial TSN | parameters...
 * </pre>
 */
record InitChunk(int tag, int window, int outStreams, int inStreams, int tsn, int cookieAt, int cookieLength) {
    static final int FIXED = 20;
    private static final int PARAMETER_COOKIE = 7;
    private static final int MOST_PARAMETERS = 64;

    static InitChunk parse(final byte[] b, final int at, final int length) throws MalformedException {
        if (length < FIXED) {
            throw new MalformedException("INIT is too short");
        }
        int cookieAt = 0;
        int cookieLength = 0;
        int p = at + FIXED;
        for (int n = 0; p + 4 <= at + length; n++) {
            final int type = Bytes.u16(b, p);
            final int octets = Bytes.u16(b, p + 2);
            if (octets < 4 || p + octets > at + length || n == MOST_PARAMETERS) {
                throw new MalformedException("an INIT parameter's length is wrong");
            }
            if (type == PARAMETER_COOKIE) {
                cookieAt = p + 4;
                cookieLength = octets - 4;
            }
            p += Bytes.padded(octets);
        }
        final InitChunk init = new InitChunk(Bytes.i32(b, at + 4), Bytes.i32(b, at + 8), Bytes.u16(b, at + 12),
            Bytes.u16(b, at + 14), Bytes.i32(b, at + 16), cookieAt, cookieLength);
        if (init.tag == 0 || init.outStreams == 0 || init.inStreams == 0
            || (init.window & 0xffffffffL) < 1500) {
            // section 3.3.2: a tag or stream count of 0, or a window below 1500, is refused
            throw new MalformedException("INIT with a value that is not allowed");
        }
        return init;
    }

    /** Writes the fixed part's value (without chunk header). */
    static byte[] value(final int tag, final int window, final int out, final int in, final int tsn,
        final byte[] cookie) {
        final int parameter = cookie == null ? 0 : 4 + cookie.length;
        final byte[] b = new byte[FIXED - 4 + parameter];
        Bytes.put32(b, 0, tag);
        Bytes.put32(b, 4, window);
        Bytes.put16(b, 8, out);
        Bytes.put16(b, 10, in);
        Bytes.put32(b, 12, tsn);
        if (cookie != null) {
            Bytes.put16(b, 16, PARAMETER_COOKIE);
            Bytes.put16(b, 18, parameter);
            System.arraycopy(cookie, 0, b, 20, cookie.length);
        }
        return b;
    }
}
