// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.wire;

/**
 * DATA (RFC 9260 section 3.3.1): a message, or a fragment of one.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+-------+-+-+-+-+-------------------------------+
 * |   type = 0    |       |I|U|B|E|      length, no padding       |
 * +---------------+-------+-+-+-+-+-------------------------------+
 * |                             TSN                               |
 * +-------------------------------+-------------------------------+
 * |      stream                   |      stream sequence number   |
 * +-------------------------------+-------------------------------+
 * |                  payload protocol identifier                  |
 * +---------------------------------------------------------------+
 * |                  user data, and up to three octets of padding |
 * +---------------------------------------------------------------+
 * </pre>
 */
public final class DataChunk {
    /** Octets before the user data. */
    public static final int HEADER = 16;
    /** E: the last fragment of its message. */
    public static final int END = 1;
    /** B: the first one. */
    public static final int BEGIN = 2;
    /** Both: a message in one piece. */
    public static final int WHOLE = BEGIN | END;
    /** U: delivered whatever else of its stream is missing; the stream sequence number means nothing. */
    public static final int UNORDERED = 4;
    /** I: please acknowledge at once (RFC 7053). */
    public static final int IMMEDIATE = 8;

    private DataChunk() {
    }

    public static int flags(final byte[] b, final int at) {
        return b[at + 1];
    }

    public static int tsn(final byte[] b, final int at) {
        return Bytes.i32(b, at + 4);
    }

    public static int stream(final byte[] b, final int at) {
        return Bytes.u16(b, at + 8);
    }

    public static int ssn(final byte[] b, final int at) {
        return Bytes.u16(b, at + 10);
    }

    public static int ppid(final byte[] b, final int at) {
        return Bytes.i32(b, at + 12);
    }

    /** Everything but the user data. */
    public static void putHeader(final byte[] b, final int at, final int flags, final int octets, final int tsn,
        final int stream, final int ssn, final int ppid) {
        b[at] = ChunkType.DATA;
        b[at + 1] = (byte) flags;
        Bytes.put16(b, at + 2, HEADER + octets);
        Bytes.put32(b, at + 4, tsn);
        Bytes.put16(b, at + 8, stream);
        Bytes.put16(b, at + 10, ssn);
        Bytes.put32(b, at + 12, ppid);
    }

    /** The user data and its padding. @return octets of the whole chunk */
    public static int putData(final byte[] b, final int at, final byte[] data, final int offset, final int octets) {
        System.arraycopy(data, offset, b, at + HEADER, octets);
        final int padded = Bytes.padded(octets);
        for (int i = octets; i < padded; i++) {
            b[at + HEADER + i] = 0;
        }
        return HEADER + padded;
    }
}
