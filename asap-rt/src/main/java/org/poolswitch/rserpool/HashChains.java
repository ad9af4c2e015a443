// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import java.util.Arrays;

/**
 * A hash table that grows one chain at a time (linear hashing), so that no insertion pays for a million moves. Hashes
 * must be keyed with a secret: names and identifiers are chosen by strangers.
 */
final class HashChains {
    private Hashed[] chains = new Hashed[16];
    /** Chains in use; those below {@code split} have been divided in this round. */
    private int half = 8;
    private int split;
    private int size;

    /** The chain in which things with this hash are. */
    Hashed first(final int hash) {
        return chains[index(hash)];
    }

    private int index(final int hash) {
        final int i = hash & half - 1;
        return i < split ? hash & (half << 1) - 1 : i;
    }

    int size() {
        return size;
    }

    void add(final Hashed node) {
        push(node);
        if (++size > half + split) {
            grow();
        }
    }

    private void push(final Hashed node) {
        final int i = index(node.hash);
        node.chained = chains[i];
        chains[i] = node;
    }

    void remove(final Hashed node) {
        final int i = index(node.hash);
        Hashed before = null;
        for (Hashed h = chains[i]; h != node; h = h.chained) {
            before = h;
        }
        if (before == null) {
            chains[i] = node.chained;
        } else {
            before.chained = node.chained;
        }
        node.chained = null;
        size--;
    }

    private void grow() {
        if (half + split == chains.length) {
            chains = Arrays.copyOf(chains, chains.length * 2);
        }
        Hashed h = chains[split];
        chains[split] = null;
        split++;
        while (h != null) {
            final Hashed next = h.chained;
            push(h);
            h = next;
        }
        if (split == half) {
            half <<= 1;
            split = 0;
        }
    }
}
