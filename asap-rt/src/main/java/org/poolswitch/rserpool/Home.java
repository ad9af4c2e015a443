// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

/** The elements that one registrar owns, in the order in which they came to it, and their checksum. */
final class Home extends Hashed {
    final int server;
    final PeSum sum = new PeSum();
    PoolElementEntry first;
    PoolElementEntry last;
    int size;

    Home(final int hash, final int server) {
        super(hash);
        this.server = server;
    }

    void add(final PoolElementEntry e) {
        e.home = this;
        e.ownedBefore = last;
        e.ownedNext = null;
        if (last == null) {
            first = e;
        } else {
            last.ownedNext = e;
        }
        last = e;
        size++;
        sum.add(e.pool.handle(), e.identifier());
    }

    void remove(final PoolElementEntry e) {
        if (e.ownedBefore == null) {
            first = e.ownedNext;
        } else {
            e.ownedBefore.ownedNext = e.ownedNext;
        }
        if (e.ownedNext == null) {
            last = e.ownedBefore;
        } else {
            e.ownedNext.ownedBefore = e.ownedBefore;
        }
        e.ownedBefore = null;
        e.ownedNext = null;
        e.home = null;
        size--;
        sum.subtract(e.pool.handle(), e.identifier());
    }
}
