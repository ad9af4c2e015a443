// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

/**
 * A pool's elements by rank and turn. Naming the first k costs O(k), to hand one out or to change it O(log n). The next
 * ones are looked at while others are named, so that they are in the cache when it is their turn.
 */
final class RankedIndex implements PolicyIndex {
    private final RankedPolicy policy;
    private final PolicyValues values;
    private final RankTree tree = new RankTree();
    private long turns;
    /** Of no use but that the compiler must do what makes it. */
    private int seen;

    RankedIndex(final RankedPolicy policy, final PolicyValues values) {
        this.policy = policy;
        this.values = values;
    }

    @Override
    public void add(final PoolElementEntry e) {
        e.policy(values);
        e.rank = policy.rank(values, front());
        e.turn = ++turns;
        tree.insert(e);
    }

    @Override
    public void registeredAgain(final PoolElementEntry e) {
        e.policy(values);
        e.handedOut = 0;
        final long rank = policy.rankRegisteredAgain(values, e.rank, front());
        if (rank != e.rank) {
            tree.remove(e);
            e.rank = rank;
            tree.insert(e);
        }
    }

    @Override
    public void remove(final PoolElementEntry e) {
        tree.remove(e);
    }

    @Override
    public int select(final PoolElementEntry[] into, final int limit, final int maxIncrement) {
        int n = 0;
        for (RankNode leaf = tree.front(); leaf != null && n < limit; leaf = leaf.next) {
            final int here = Math.min(leaf.size, limit - n);
            for (int i = 0; i < here; i++) {
                into[n++] = leaf.element(i);
            }
            lookAt(leaf, here);
        }
        for (int i = 0; i < Math.min(n, maxIncrement == 0 ? 1 : maxIncrement); i++) {
            handOut(into[i]);
        }
        return n;
    }

    /** Fetches the octets of the element here, whose fields were fetched last time, and the fields of the next one. */
    private void lookAt(final RankNode leaf, final int at) {
        if (at + 1 < leaf.size) {
            seen = leaf.element(at).asapLength() + leaf.element(at + 1).handedOut;
        }
    }

    private void handOut(final PoolElementEntry e) {
        e.policy(values);
        e.countHandedOut();
        tree.remove(e);
        e.rank = policy.rankHandedOut(values, e.rank, e.handedOut);
        e.turn = ++turns;
        tree.insert(e);
    }

    private long front() {
        final RankNode leaf = tree.front();
        return leaf.size == 0 ? 0 : leaf.rank(0);
    }
}
