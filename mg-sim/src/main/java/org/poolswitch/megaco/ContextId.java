// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

/**
 * A context's identifier.
 *
 * @param value 1 to 0xfffffffd for a real one; the reserved values are those of the binary encoding
 */
public record ContextId(long value) {
    /** {@code -}: the null context, where terminations are that are in no call. */
    public static final ContextId NULL = new ContextId(0);
    /** {@code $}: the gateway chooses (makes) one. */
    public static final ContextId CHOOSE = new ContextId(0xfffffffeL);
    /** {@code *}: all of them. */
    public static final ContextId ALL = new ContextId(0xffffffffL);

    public ContextId {
        if (value < 0 || value > 0xffffffffL) {
            throw new IllegalArgumentException("a ContextID has 32 bits: " + value);
        }
    }

    /** A real context. */
    public static ContextId of(final long value) {
        return new ContextId(value);
    }

    /** False for {@code -}, {@code $} and {@code *}. */
    public boolean isReal() {
        return value > 0 && value < CHOOSE.value;
    }

    @Override
    public String toString() {
        if (isReal()) {
            return Long.toString(value);
        }
        return value == 0 ? "-" : equals(CHOOSE) ? "$" : "*";
    }
}
