// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.m3ua;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * DATA (RFC 4666 section 3.3.1) with its Protocol Data.
 *
 * <pre>
 *  version 1 | reserved | class 1 | type 1 | length (4)
 *  [0x0200 network appearance] [0x0006 routing context]
 *  0x0210 | length | OPC (4) | DPC (4) | SI | NI | MP | SLS | user data
 * </pre>
 *
 * @param opc      originating point code
 * @param dpc      destination point code
 * @param si       service indicator, 5 = ISUP
 * @param ni       network indicator
 * @param mp       message priority
 * @param sls      signalling link selection
 * @param userData the MTP user's message
 */
public record M3uaData(int opc, int dpc, int si, int ni, int mp, int sls, byte[] userData) {
    private static final int PROTOCOL_DATA = 12;
    private static final int LARGEST = 4096;

    /** Reads one message. */
    public static M3uaData decode(final byte[] b, final int offset, final int length) throws M3uaException {
        if (length < M3ua.HEADER) {
            throw new M3uaException(M3ua.ERROR_PROTOCOL, "shorter than an M3UA header");
        }
        if (b[offset] != M3ua.VERSION) {
            throw new M3uaException(M3ua.ERROR_INVALID_VERSION, "not M3UA version 1");
        }
        if (b[offset + 2] != M3ua.CLASS_TRANSFER) {
            throw new M3uaException(M3ua.ERROR_UNSUPPORTED_CLASS, "not a transfer message");
        }
        if (b[offset + 3] != M3ua.TYPE_DATA) {
            throw new M3uaException(M3ua.ERROR_UNSUPPORTED_TYPE, "not DATA");
        }
        final ByteBuffer in = ByteBuffer.wrap(b, offset, length).slice();
        final int said = in.getInt(4);
        if (said < M3ua.HEADER || said > length) {
            throw new M3uaException(M3ua.ERROR_PROTOCOL, "the message length does not fit");
        }
        int at = M3ua.HEADER;
        while (at + 4 <= said) {
            final int tag = in.getShort(at) & 0xffff;
            final int octets = in.getShort(at + 2) & 0xffff;
            if (octets < 4 || at + octets > said) {
                throw new M3uaException(M3ua.ERROR_PARAMETER_FIELD, "a parameter's length does not fit");
            }
            if (tag == M3ua.TAG_PROTOCOL_DATA) {
                return protocolData(b, offset + at + 4, octets - 4);
            }
            at += octets + 3 & ~3;
        }
        throw new M3uaException(M3ua.ERROR_PARAMETER_FIELD, "DATA without Protocol Data");
    }

    private static M3uaData protocolData(final byte[] b, final int at, final int octets) throws M3uaException {
        if (octets < PROTOCOL_DATA || octets > LARGEST) {
            throw new M3uaException(M3ua.ERROR_PARAMETER_FIELD, "Protocol Data too short or too long");
        }
        final ByteBuffer in = ByteBuffer.wrap(b);
        return new M3uaData(in.getInt(at), in.getInt(at + 4), b[at + 8] & 0xff, b[at + 9] & 0xff, b[at + 10] & 0xff,
            b[at + 11] & 0xff, Arrays.copyOfRange(b, at + PROTOCOL_DATA, at + octets));
    }

    /** Writes it. @return octets written, a multiple of four */
    public int encode(final byte[] b, final int offset) {
        final int parameter = 4 + PROTOCOL_DATA + userData.length;
        final int padded = parameter + 3 & ~3;
        final ByteBuffer out = ByteBuffer.wrap(b, offset, M3ua.HEADER + padded);
        out.put((byte) M3ua.VERSION).put((byte) 0).put((byte) M3ua.CLASS_TRANSFER).put((byte) M3ua.TYPE_DATA)
            .putInt(M3ua.HEADER + padded).putShort((short) M3ua.TAG_PROTOCOL_DATA).putShort((short) parameter)
            .putInt(opc).putInt(dpc).put((byte) si).put((byte) ni).put((byte) mp).put((byte) sls).put(userData);
        for (int i = parameter; i < padded; i++) {
            out.put((byte) 0);
        }
        return M3ua.HEADER + padded;
    }
}
