// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

/**
 * A pool's elements by rank and turn: a treap whose nodes are the elements, with both ends at hand. Naming the first k
 * costs O(k); moving one behind its equals O(1) when they are all equal, else O(log n).
 */
final class RankedIndex implements PolicyIndex {
    private final RankedPolicy policy;
    private final PolicyValues values;
    /** Secret: an outsider who chooses identifiers must not be able to bend the tree. */
    private final int salt;
    private PoolElementEntry root;
    private PoolElementEntry first;
    private PoolElementEntry last;
    private long turns;

    RankedIndex(final RankedPolicy policy, final PolicyValues values, final int salt) {
        this.policy = policy;
        this.values = values;
        this.salt = salt;
    }

    @Override
    public void add(final PoolElementEntry e) {
        e.policy(values);
        e.rank = policy.rank(values, front());
        e.turn = ++turns;
        insert(e);
    }

    @Override
    public void registeredAgain(final PoolElementEntry e) {
        e.policy(values);
        e.handedOut = 0;
        final long rank = policy.rankRegisteredAgain(values, e.rank, front());
        if (rank != e.rank) {
            remove(e);
            e.rank = rank;
            insert(e);
        }
    }

    @Override
    public int select(final PoolElementEntry[] into, final int limit, final int maxIncrement) {
        int n = 0;
        for (PoolElementEntry e = first; e != null && n < limit; e = next(e)) {
            into[n++] = e;
        }
        for (int i = 0; i < Math.min(n, maxIncrement == 0 ? 1 : maxIncrement); i++) {
            handOut(into[i]);
        }
        return n;
    }

    private void handOut(final PoolElementEntry e) {
        e.policy(values);
        e.countHandedOut();
        final long rank = policy.rankHandedOut(values, e.rank, e.handedOut);
        final PoolElementEntry next = next(e);
        if (next == null || rank - next.rank < 0) {
            // still before the next one, and still behind the one before: ranks of those handed out only grow
            if (rank - e.rank >= 0) {
                e.rank = rank;
                e.turn = ++turns;
                return;
            }
        }
        remove(e);
        e.rank = rank;
        e.turn = ++turns;
        insert(e);
    }

    private long front() {
        return first == null ? 0 : first.rank;
    }

    private static boolean earlier(final PoolElementEntry a, final PoolElementEntry b) {
        final long difference = a.rank - b.rank;
        return difference != 0 ? difference < 0 : a.turn - b.turn < 0;
    }

    private int priority(final PoolElementEntry e) {
        return Hashed.mix(e.hash ^ salt);
    }

    private void insert(final PoolElementEntry e) {
        if (root == null) {
            root = e;
            first = e;
            last = e;
            return;
        }
        if (earlier(last, e)) {
            e.parent = last;
            last.right = e;
            last = e;
        } else if (earlier(e, first)) {
            e.parent = first;
            first.left = e;
            first = e;
        } else {
            descend(e);
        }
        while (e.parent != null && priority(e) > priority(e.parent)) {
            rotateUp(e);
        }
    }

    private void descend(final PoolElementEntry e) {
        PoolElementEntry at = root;
        while (true) {
            final boolean left = earlier(e, at);
            final PoolElementEntry down = left ? at.left : at.right;
            if (down == null) {
                e.parent = at;
                if (left) {
                    at.left = e;
                } else {
                    at.right = e;
                }
                return;
            }
            at = down;
        }
    }

    @Override
    public void remove(final PoolElementEntry e) {
        if (e == first) {
            first = next(e);
        }
        if (e == last) {
            last = previous(e);
        }
        while (e.left != null && e.right != null) {
            rotateUp(priority(e.left) > priority(e.right) ? e.left : e.right);
        }
        replace(e, e.left != null ? e.left : e.right);
        e.parent = null;
        e.left = null;
        e.right = null;
    }

    private void replace(final PoolElementEntry e, final PoolElementEntry by) {
        final PoolElementEntry parent = e.parent;
        if (by != null) {
            by.parent = parent;
        }
        if (parent == null) {
            root = by;
        } else if (parent.left == e) {
            parent.left = by;
        } else {
            parent.right = by;
        }
    }

    private void rotateUp(final PoolElementEntry e) {
        final PoolElementEntry parent = e.parent;
        replace(parent, e);
        parent.parent = e;
        if (parent.left == e) {
            parent.left = e.right;
            if (e.right != null) {
                e.right.parent = parent;
            }
            e.right = parent;
        } else {
            parent.right = e.left;
            if (e.left != null) {
                e.left.parent = parent;
            }
            e.left = parent;
        }
    }

    private static PoolElementEntry next(final PoolElementEntry e) {
        if (e.right != null) {
            PoolElementEntry at = e.right;
            while (at.left != null) {
                at = at.left;
            }
            return at;
        }
        PoolElementEntry at = e;
        while (at.parent != null && at.parent.right == at) {
            at = at.parent;
        }
        return at.parent;
    }

    private static PoolElementEntry previous(final PoolElementEntry e) {
        if (e.left != null) {
            PoolElementEntry at = e.left;
            while (at.right != null) {
                at = at.right;
            }
            return at;
        }
        PoolElementEntry at = e;
        while (at.parent != null && at.parent.left == at) {
            at = at.parent;
        }
        return at.parent;
    }
}
