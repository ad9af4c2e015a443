// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An immutable string of octets, for session descriptions that pass through unread. */
public final class Octets {
    private final byte[] bytes;

    private Octets(final byte[] bytes) {
        for (final byte b : bytes) {
            if (b == 0) {
                throw new IllegalArgumentException("the text encoding cannot carry an octet 0");
            }
        }
        this.bytes = bytes;
    }

    /** A copy of these octets. */
    public static Octets of(final byte[] bytes) {
        return new Octets(bytes.clone());
    }

    /** The characters' low octets. */
    public static Octets of(final String text) {
        return new Octets(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A copy. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    int length() {
        return bytes.length;
    }

    byte at(final int index) {
        return bytes[index];
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
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
