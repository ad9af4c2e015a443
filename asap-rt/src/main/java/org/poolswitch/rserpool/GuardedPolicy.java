// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.poolswitch.runtime.PlugIns;

/**
 * A user's policy, which may throw. The element that it was asked about is then placed as if there were no policy, and
 * the fault is told; if it ended the registrar, the element would register with the next one and end that too.
 */
final class GuardedPolicy {
    private GuardedPolicy() {
    }

    /** @param faults hears what the policy throws */
    static SelectionPolicy of(final SelectionPolicy policy, final Consumer<Throwable> faults) {
        return policy instanceof RankedPolicy ranked ? new Ranked(ranked, faults)
            : new Chance((ChancePolicy) policy, faults);
    }

    private static <P> long ask(final P policy, final ToLongFunction<P> question, final long otherwise,
        final Consumer<Throwable> faults) {
        try {
            return question.applyAsLong(policy);
        } catch (final Throwable e) {
            if (!PlugIns.survivable(e)) {
                throw e;
            }
            faults.accept(e);
            return otherwise;
        }
    }

    private record Ranked(RankedPolicy policy, Consumer<Throwable> faults) implements RankedPolicy {
        @Override
        public int type() {
            return policy.type();
        }

        @Override
        public String name() {
            return policy.name();
        }

        @Override
        public long rank(final PolicyValues values, final long front) {
            return ask(policy, p -> p.rank(values, front), front, faults);
        }

        @Override
        public long rankRegisteredAgain(final PolicyValues values, final long rank, final long front) {
            return ask(policy, p -> p.rankRegisteredAgain(values, rank, front), rank, faults);
        }

        @Override
        public long rankHandedOut(final PolicyValues values, final long rank, final int handedOut) {
            return ask(policy, p -> p.rankHandedOut(values, rank, handedOut), rank, faults);
        }

        @Override
        public boolean uniform() {
            return policy.uniform();
        }
    }

    private record Chance(ChancePolicy policy, Consumer<Throwable> faults) implements ChancePolicy {
        @Override
        public int type() {
            return policy.type();
        }

        @Override
        public String name() {
            return policy.name();
        }

        @Override
        public long weight(final PolicyValues values, final int handedOut) {
            return ask(policy, p -> p.weight(values, handedOut), 1, faults);
        }

        @Override
        public boolean uniform() {
            return policy.uniform();
        }

        @Override
        public boolean degrades() {
            return policy.degrades();
        }
    }
}
