// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

/** What {@link HashChains} chains: no node objects, no boxes. */
abstract class Hashed {
    final int hash;
    Hashed chained;

    Hashed(final int hash) {
        this.hash = hash;
    }

    /** Spreads a value over all 32 bits. */
    static int mix(final int value) {
        int x = value;
        x = (x ^ x >>> 16) * 0x85ebca6b;
        x = (x ^ x >>> 13) * 0xc2b2ae35;
        return x ^ x >>> 16;
    }
}
