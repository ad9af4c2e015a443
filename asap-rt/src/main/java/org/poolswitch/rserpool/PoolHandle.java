// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A pool's name: octets without meaning (RFC 5354 section 3.9), 1 to 32 of them as all known implementations allow. */
public final class PoolHandle {
    /** Longest handle. */
    public static final int LONGEST = 32;
    private final byte[] octets;

    public PoolHandle(final byte[] octets) {
        if (octets.length < 1 || octets.length > LONGEST) {
            throw new IllegalArgumentException("a pool handle has 1 to " + LONGEST + " octets, not " + octets.length);
        }
        this.octets = octets.clone();
    }

    public byte[] octets() {
        return octets;
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof PoolHandle that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
