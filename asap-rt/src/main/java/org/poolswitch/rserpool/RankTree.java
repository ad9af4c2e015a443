// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

/**
 * Elements by rank and turn: a B+ tree. Those that are next lie side by side in its first leaf, so that naming them is
 * one wait for memory and not one for each. A million elements are five levels of nodes, of which all but the lowest
 * stay in the cache; and elements that are handed out with equal degradations go to leaves that were just used.
 */
final class RankTree {
    private static final int HALF = RankNode.MOST / 2;
    /** A node with fewer items is filled up from its neighbour, or becomes one with it. */
    private static final int FEW = RankNode.MOST / 4;
    /** Nodes kept for later: one empties at the front as another fills where elements go, and none becomes garbage. */
    private static final int SPARES = 64;

    /** Always the same: it is the left one whenever a leaf is split, and whenever two become one. */
    private final RankNode front = newNode(true);
    private RankNode root = front;
    private RankNode spare;
    private int spares;

    /** The first leaf; the others follow. */
    RankNode front() {
        return front;
    }

    /** Puts an element where its rank and turn belong. */
    void insert(final PoolElementEntry e) {
        final RankNode right = insert(root, e);
        if (right != null) {
            final RankNode above = newNode(false);
            above.put(0, 0, 0, root);
            above.put(1, right.rank(0), right.turn(0), right);
            root = above;
        }
    }

    /** @return a new neighbour to the right if the node was full, else null */
    private RankNode insert(final RankNode node, final PoolElementEntry e) {
        if (node.leaf) {
            return put(node, node.above(0, e.rank, e.turn), e.rank, e.turn, e);
        }
        final int at = node.above(1, e.rank, e.turn);
        final RankNode right = insert(node.node(at - 1), e);
        return right == null ? null : put(node, at, right.rank(0), right.turn(0), right);
    }

    private RankNode put(final RankNode node, final int at, final long rank, final long turn, final Object item) {
        if (node.size < RankNode.MOST) {
            node.put(at, rank, turn, item);
            return null;
        }
        // elements come behind their equals, where the next ones come too: cut there, so that leaves become full
        final int cut = node.leaf ? Math.max(HALF, at) : HALF;
        final RankNode right = newNode(node.leaf);
        right.next = node.next;
        node.next = right;
        right.take(node, cut, RankNode.MOST - cut, 0);
        if (at < RankNode.MOST && at <= cut) {
            node.put(at, rank, turn, item);
        } else {
            right.put(at - cut, rank, turn, item);
        }
        return right;
    }

    private RankNode newNode(final boolean leaf) {
        final RankNode node = spare != null ? spare : new RankNode();
        if (spare != null) {
            spare = node.next;
            spares--;
        }
        node.leaf = leaf;
        node.next = null;
        return node;
    }

    /** Takes out an element, which has the rank and turn that it had when it was put. */
    void remove(final PoolElementEntry e) {
        remove(root, e);
        if (!root.leaf && root.size == 1) {
            final RankNode only = root.node(0);
            root.drop(0, 1);
            keep(root);
            root = only;
        }
    }

    private void remove(final RankNode node, final PoolElementEntry e) {
        if (node.leaf) {
            node.drop(node.above(0, e.rank, e.turn) - 1, 1);
            return;
        }
        final int at = node.above(1, e.rank, e.turn) - 1;
        remove(node.node(at), e);
        if (node.node(at).size < FEW) {
            level(node, Math.max(1, at));
        }
    }

    /** Makes a node's item and the one before it one, or of one size. */
    private void level(final RankNode node, final int at) {
        final RankNode left = node.node(at - 1);
        final RankNode right = node.node(at);
        if (!left.leaf) {
            right.key(0, node.rank(at), node.turn(at));
        }
        final int sum = left.size + right.size;
        if (sum <= RankNode.MOST) {
            left.take(right, 0, right.size, left.size);
            left.next = right.next;
            node.drop(at, 1);
            keep(right);
            return;
        }
        if (left.size < right.size) {
            left.take(right, 0, right.size - sum / 2, left.size);
        } else {
            right.take(left, sum / 2, left.size - sum / 2, 0);
        }
        node.key(at, right.rank(0), right.turn(0));
    }

    private void keep(final RankNode empty) {
        if (spares < SPARES) {
            empty.next = spare;
            spare = empty;
            spares++;
        }
    }
}
