// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.wire;

import java.nio.charset.StandardCharsets;
import java.util.Collection;

/**
 * Error causes (RFC 9260 section 3.3.10), ready to be the value of an ERROR or ABORT chunk. None is padded: where
 * several stand behind one another, the padding of the last one is not part of the chunk (section 3.2).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------------------------------+-------------------------------+
 * |         cause code            |     cause length              |
 * +-------------------------------+-------------------------------+
 * |                  cause-specific information ...               |
 * +---------------------------------------------------------------+
 * </pre>
 */
public final class ErrorCauses {
    public static final int INVALID_STREAM_IDENTIFIER = 1;
    public static final int MISSING_MANDATORY_PARAMETER = 2;
    public static final int STALE_COOKIE = 3;
    public static final int OUT_OF_RESOURCE = 4;
    public static final int UNRESOLVABLE_ADDRESS = 5;
    public static final int UNRECOGNIZED_CHUNK_TYPE = 6;
    public static final int INVALID_MANDATORY_PARAMETER = 7;
    public static final int UNRECOGNIZED_PARAMETERS = 8;
    public static final int NO_USER_DATA = 9;
    public static final int COOKIE_RECEIVED_WHILE_SHUTTING_DOWN = 10;
    public static final int RESTART_WITH_NEW_ADDRESSES = 11;
    public static final int USER_INITIATED_ABORT = 12;
    public static final int PROTOCOL_VIOLATION = 13;
    private static final int HEADER = 4;
    /** Longest quotation: with its headers it fits into a packet of the least Path.MTU, 512 octets. */
    private static final int QUOTE_LIMIT = 512 - CommonHeader.LENGTH - 4 - HEADER;

    private ErrorCauses() {
    }

    /** A cause without information. */
    public static byte[] plain(final int code) {
        return cause(code, new byte[0], 0, 0);
    }

    /** Invalid Stream Identifier (section 3.3.10.1). */
    public static byte[] invalidStream(final int stream) {
        return cause(INVALID_STREAM_IDENTIFIER, new byte[] {(byte) (stream >> 8), (byte) stream, 0, 0}, 0, 4);
    }

    /** Missing Mandatory Parameter (section 3.3.10.2). */
    public static byte[] missingParameter(final int type) {
        final byte[] information = new byte[6];
        Bytes.put32(information, 0, 1);
        Bytes.put16(information, 4, type);
        return cause(MISSING_MANDATORY_PARAMETER, information, 0, information.length);
    }

    /** Stale Cookie (section 3.3.10.3): by how many microseconds it came too late, rounded up. */
    public static byte[] staleCookie(final long lateUs) {
        final byte[] information = new byte[4];
        Bytes.put32(information, 0, (int) Math.min(0xffff_ffffL, lateUs));
        return cause(STALE_COOKIE, information, 0, 4);
    }

    /**
     * Unrecognized Parameters (section 3.3.10.8): from the first on as many as there is room for, all of them whole.
     *
     * @param parameters one after the other, each but the last padded
     * @return null if there is room for none
     */
    public static byte[] unrecognizedParameters(final byte[] parameters) {
        int end = 0;
        for (int at = 0; at + 4 <= parameters.length; at += Bytes.padded(Bytes.u16(parameters, at + 2))) {
            final int next = at + Bytes.u16(parameters, at + 2);
            if (next > QUOTE_LIMIT) {
                break;
            }
            end = next;
        }
        return end == 0 ? null : cause(UNRECOGNIZED_PARAMETERS, parameters, 0, end);
    }

    /** A cause that quotes a chunk or parameter of the peer (sections 3.3.10.5 and 6), or its beginning. */
    public static byte[] quoting(final int code, final byte[] b, final int at, final int length) {
        return cause(code, b, at, Math.min(length, QUOTE_LIMIT));
    }

    /** Restart of an Association with New Addresses (section 3.3.10.11): the new ones as address parameters. */
    public static byte[] newAddresses(final Collection<java.net.InetAddress> addresses) {
        final byte[] list = AddressParameter.write(addresses);
        return cause(RESTART_WITH_NEW_ADDRESSES, list, 0, list.length);
    }

    /** A cause with a sentence: User-Initiated Abort (section 3.3.10.12) or Protocol Violation (section 3.3.10.13). */
    public static byte[] saying(final int code, final String sentence) {
        final byte[] text = sentence.getBytes(StandardCharsets.UTF_8);
        return cause(code, text, 0, Math.min(text.length, QUOTE_LIMIT));
    }

    private static byte[] cause(final int code, final byte[] b, final int at, final int length) {
        final byte[] cause = new byte[HEADER + length];
        Bytes.put16(cause, 0, code);
        Bytes.put16(cause, 2, HEADER + length);
        System.arraycopy(b, at, cause, HEADER, length);
        return cause;
    }

    /** Code of the first cause in an ERROR or ABORT chunk, or 0 if there is none. */
    public static int firstCode(final byte[] b, final int at, final int length) {
        return length >= 8 ? Bytes.u16(b, at + 4) : 0;
    }
}
