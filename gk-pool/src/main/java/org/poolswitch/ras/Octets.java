// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import java.util.Arrays;
import java.util.HexFormat;
import org.poolswitch.runtime.MalformedException;

/** An OCTET STRING that does not change. */
public final class Octets {
    private final byte[] bytes;

    private Octets(final byte[] bytes) {
        this.bytes = bytes;
    }

    /** Copies the octets. */
    public static Octets of(final byte... octets) {
        return new Octets(octets.clone());
    }

    /** Copies part of an array. */
    public static Octets of(final byte[] octets, final int offset, final int length) {
        return new Octets(Arrays.copyOfRange(octets, offset, offset + length));
    }

    /** How many. */
    public int length() {
        return bytes.length;
    }

    /** A copy. */
    public byte[] toArray() {
        return bytes.clone();
    }

    /** OCTET STRING of any length. */
    static Octets decode(final PerReader in) throws MalformedException {
        final int length = in.length();
        return fixed(in, length);
    }

    /** OCTET STRING (SIZE (n)) with n greater than 2: aligned. */
    static Octets fixed(final PerReader in, final int length) throws MalformedException {
        final int at = in.octets(length);
        return of(in.buffer(), at, length);
    }

    void encode(final PerWriter out) {
        out.length(bytes.length);
        encodeFixed(out);
    }

    void encodeFixed(final PerWriter out) {
        out.octets(bytes, 0, bytes.length);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Octets o && Arrays.equals(bytes, o.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
