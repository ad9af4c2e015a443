// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import org.poolswitch.runtime.MalformedException;

/**
 * GloballyUniqueID ::= OCTET STRING (SIZE (16)): names a call or a conference.
 *
 * @param high octets 1 to 8, big endian
 * @param low  octets 9 to 16
 */
public record Guid(long high, long low) {
    /** Octets of a GUID. */
    public static final int OCTETS = 16;

    /** Reads 16 octets. */
    public static Guid of(final byte[] octets, final int offset) {
        return new Guid(longAt(octets, offset), longAt(octets, offset + 8));
    }

    /** Writes 16 octets. */
    public void copyTo(final byte[] target, final int offset) {
        for (int i = 0; i < 8; i++) {
            target[offset + i] = (byte) (high >>> 56 - 8 * i);
            target[offset + 8 + i] = (byte) (low >>> 56 - 8 * i);
        }
    }

    private static long longAt(final byte[] b, final int offset) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | b[offset + i] & 0xff;
        }
        return value;
    }

    @Override
    public String toString() {
        return String.format("%016x%016x", high, low);
    }

    static Guid decode(final PerReader in) throws MalformedException {
        final int at = in.octets(OCTETS);
        return of(in.buffer(), at);
    }

    void encode(final PerWriter out) {
        final int at = out.reserve(OCTETS);
        copyTo(out.buffer(), at);
    }

    /** CallIdentifier ::= SEQUENCE { guid GloballyUniqueID, ... } */
    static Guid decodeCallIdentifier(final PerReader in) throws MalformedException {
        final boolean extended = in.bit();
        final Guid guid = decode(in);
        in.skipExtensions(extended);
        return guid;
    }

    void encodeCallIdentifier(final PerWriter out) {
        out.bit(false);
        encode(out);
    }
}
