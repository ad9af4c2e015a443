// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.poolswitch.runtime.PlugIns;

/**
 * The policies that a handlespace knows: the nine of RFC 5356, those of RSPLIB, and your own. A pool with any other
 * policy is served round robin; its elements keep their policy on the wire.
 */
public final class SelectionPolicies {
    private final Map<Integer, SelectionPolicy> byType = new HashMap<>();

    private SelectionPolicies() {
        add(new RoundRobin(PolicyType.ROUND_ROBIN, "RR"));
        add(new WeightedRoundRobin());
        add(new RandomSelection());
        add(new WeightedRandom());
        add(new Priority());
        add(new LeastUsed(PolicyType.LEAST_USED, "LU", false, false));
        add(new LeastUsed(PolicyType.LEAST_USED_DEGRADATION, "LUD", true, false));
        add(new LeastUsed(PolicyType.PRIORITY_LEAST_USED, "PLU", false, true));
        add(new RandomizedLeastUsed(PolicyType.RANDOMIZED_LEAST_USED, "RLU", false, false));
        add(new RandomizedLeastUsed(PolicyType.RANDOMIZED_PRIORITY_LEAST_USED, "RPLU", false, true));
        add(new RandomizedLeastUsed(PolicyType.RANDOMIZED_LEAST_USED_DEGRADATION, "RLUD", true, false));
        add(new LeastUsed(PolicyType.PRIORITY_LEAST_USED_DEGRADATION, "PLUD", true, true));
        add(new RandomizedLeastUsed(PolicyType.RANDOMIZED_PRIORITY_LEAST_USED_DEGRADATION, "RPLUD", true, true));
        add(new DelayPenalty.Chance(PolicyType.WEIGHTED_RANDOM_DPF, "WRAND-DPF"));
        add(new DelayPenalty.Ranked(PolicyType.LEAST_USED_DPF, "LU-DPF", false));
        add(new DelayPenalty.Ranked(PolicyType.LEAST_USED_DEGRADATION_DPF, "LUD-DPF", true));
    }

    /** The standards' and RSPLIB's. */
    public static SelectionPolicies standard() {
        return new SelectionPolicies();
    }

    /**
     * Those and every {@link SelectionPolicy} named in {@code META-INF/services} on the class path.
     * What one of those throws when it is asked costs the element its place, not the registrar.
     *
     * @param faults hears what they throw
     * @throws IllegalArgumentException as {@link #add}, or if one cannot be loaded
     */
    public static SelectionPolicies installed(final Consumer<Throwable> faults) {
        final SelectionPolicies policies = new SelectionPolicies();
        PlugIns.all(SelectionPolicy.class).forEach(policy -> policies.add(GuardedPolicy.of(policy, faults)));
        return policies;
    }

    /**
     * Adds one.
     *
     * @return this
     * @throws IllegalArgumentException if its type is taken or invalid
     */
    public SelectionPolicies add(final SelectionPolicy policy) {
        if (!PolicyType.valid(policy.type())) {
            throw new IllegalArgumentException("selection policy " + policy.name() + " has the invalid type 0");
        }
        final SelectionPolicy other = byType.putIfAbsent(policy.type(), policy);
        if (other != null) {
            throw new IllegalArgumentException("selection policies " + other.name() + " and " + policy.name()
                + " have the same type 0x" + Integer.toHexString(policy.type()));
        }
        return this;
    }

    /** Whether a type is known, so not just served round robin. */
    public boolean knows(final int type) {
        return byType.containsKey(type);
    }

    /** The policy for a type; round robin under that type if it is not known. */
    public SelectionPolicy of(final int type) {
        final SelectionPolicy known = byType.get(type);
        return known != null ? known : new RoundRobin(type, "0x" + Integer.toHexString(type));
    }
}
