// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.util.List;
import java.util.random.RandomGenerator;
import org.poolswitch.rserpool.PolicyType;

/**
 * Chooses the member for a session: of those in the best shape, the next by the pool's policy (RFC 5356). The user's
 * part of a policy works on the list as the registrar gave it: cyclically, at random, or by weight and load.
 */
final class MemberChoice {
    private static final long FULL_LOAD = 0xffffffffL;
    // shapes, best first
    private static final int READY = 0;
    private static final int CONNECTABLE = 1;
    private static final int SUSPECT = 2;
    private static final int SHUNNED = 3;
    private static final int BANNED = 4;
    private static final int UNLISTED = 5;
    private static final int UNUSABLE = 6;

    private final RandomGenerator random;
    private int policy = PolicyType.ROUND_ROBIN;
    private int cursor;

    MemberChoice(final RandomGenerator random) {
        this.random = random;
        // users that start together should not all begin with the first element
        cursor = random.nextInt(1 << 16);
    }

    void policy(final int type) {
        policy = type;
    }

    /** @return the member to use, or null if none can be used now */
    PoolMember choose(final PoolSessionImpl session, final List<PoolMember> members, final boolean preconnected,
        final long nowNs) {
        final PoolMember wish = wish(session, members, preconnected, nowNs);
        if (wish != null) {
            return wish;
        }
        int best = UNUSABLE;
        for (int i = 0; i < members.size(); i++) {
            best = Math.min(best, shape(members.get(i), session, preconnected, nowNs));
        }
        if (best == UNUSABLE) {
            return null;
        }
        return byPolicy(session, members, best, preconnected, nowNs);
    }

    /** Business card first, then the application's own wish; only if they are in good shape. */
    private PoolMember wish(final PoolSessionImpl session, final List<PoolMember> members, final boolean preconnected,
        final long nowNs) {
        if (session.card != null) {
            for (final int id : session.card) {
                final PoolMember m = find(members, id);
                if (m != null && shape(m, session, preconnected, nowNs) <= CONNECTABLE) {
                    return m;
                }
            }
        }
        final PoolMember m = session.preferred == 0 ? null : find(members, session.preferred);
        return m != null && shape(m, session, preconnected, nowNs) <= SUSPECT ? m : null;
    }

    static PoolMember find(final List<PoolMember> members, final int id) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).id == id) {
                return members.get(i);
            }
        }
        return null;
    }

    private static int shape(final PoolMember m, final PoolSessionImpl session, final boolean preconnected,
        final long nowNs) {
        final ElementLink link = m.link;
        if (!link.usable(nowNs)) {
            return UNUSABLE;
        }
        if (!m.listed) {
            return link.isUp() ? UNLISTED : UNUSABLE;
        }
        if (m.banned(nowNs)) {
            return BANNED;
        }
        if (m.id == session.shunned()) {
            return SHUNNED;
        }
        if (link.isUp()) {
            return link.suspicion.suspect() ? SUSPECT : READY;
        }
        // with connections made in advance, one that is not up is new or in trouble
        return preconnected ? CONNECTABLE : READY;
    }

    private PoolMember byPolicy(final PoolSessionImpl session, final List<PoolMember> members, final int shape,
        final boolean preconnected, final long nowNs) {
        final int n = members.size();
        final int start = Math.floorMod(cursor, n);
        PoolMember best = null;
        double bestKey = 0;
        long credits = 0;
        for (int i = 0; i < n; i++) {
            final PoolMember m = members.get((start + i) % n);
            if (shape(m, session, preconnected, nowNs) == shape) {
                if (policy == PolicyType.WEIGHTED_ROUND_ROBIN) {
                    // RFC 5356 section 4.2.1 has a weight of 0 too; it counts as 1, as at the registrar
                    m.credit += Math.max(1, m.weight);
                    credits += Math.max(1, m.weight);
                }
                final double key = key(m);
                if (best == null || key > bestKey) {
                    best = m;
                    bestKey = key;
                }
            }
        }
        best.chosen++;
        best.credit -= credits;
        cursor = members.indexOf(best) + 1;
        return best;
    }

    /** The larger, the better; equals are taken in turn, beginning behind the last one chosen. */
    private double key(final PoolMember m) {
        return switch (policy) {
            case PolicyType.WEIGHTED_ROUND_ROBIN -> m.credit;
            case PolicyType.RANDOM -> random.nextDouble();
            // the largest of u^(1/w) falls on each with probability w / sum of all w
            case PolicyType.WEIGHTED_RANDOM -> Math.log(random.nextDouble()) / Math.max(1, m.weight);
            case PolicyType.PRIORITY -> m.weight;
            case PolicyType.LEAST_USED -> -m.load;
            case PolicyType.LEAST_USED_DEGRADATION -> -Math.min(FULL_LOAD, m.load + m.chosen * m.degradation);
            case PolicyType.PRIORITY_LEAST_USED -> -Math.min(FULL_LOAD, m.load + m.degradation);
            case PolicyType.RANDOMIZED_LEAST_USED -> Math.log(random.nextDouble()) / Math.max(1, FULL_LOAD - m.load);
            default -> 0;
        };
    }
}
