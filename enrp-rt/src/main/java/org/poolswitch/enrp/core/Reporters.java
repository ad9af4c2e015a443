// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

/** The users that reported one element; each counts once, however often it says so. */
final class Reporters {
    private final int[] associations;
    private int size;

    Reporters(final int most) {
        associations = new int[most];
    }

    /** @return how many there are now */
    int add(final int association) {
        for (int i = 0; i < size; i++) {
            if (associations[i] == association) {
                return size;
            }
        }
        if (size < associations.length) {
            associations[size++] = association;
        }
        return size;
    }
}
