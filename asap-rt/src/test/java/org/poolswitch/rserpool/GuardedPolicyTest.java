// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A user's selection policy that throws costs an element its place, never the registrar. */
class GuardedPolicyTest {
    private final List<Throwable> faults = new ArrayList<>();

    private static RankedPolicy ranked(final Error error) {
        return new RankedPolicy() {
            @Override
            public int type() {
                return 0x80000001;
            }

            @Override
            public String name() {
                return "BAD";
            }

            @Override
            public long rank(final PolicyValues values, final long front) {
                throw error;
            }

            @Override
            public long rankHandedOut(final PolicyValues values, final long rank, final int handedOut) {
                return rank / (handedOut - 1);
            }
        };
    }

    @Test
    void aRankThatCannotBeHadIsTheFrontOrStaysWhatItWas() {
        final RankedPolicy guarded = (RankedPolicy) GuardedPolicy.of(ranked(new NoSuchMethodError("x")), faults::add);
        assertThat(guarded.rank(null, 7)).isEqualTo(7);
        assertThat(guarded.rankRegisteredAgain(null, 9, 7)).isEqualTo(9);
        assertThat(guarded.rankHandedOut(null, 12, 1)).isEqualTo(12);
        assertThat(guarded.rankHandedOut(null, 12, 3)).isEqualTo(6);
        assertThat(faults).hasSize(3);
        assertThat(guarded.name() + guarded.type() + guarded.uniform()).isEqualTo("BAD" + 0x80000001 + false);
    }

    @Test
    void aWeightThatCannotBeHadIsOne() {
        final ChancePolicy guarded = (ChancePolicy) GuardedPolicy.of(new ChancePolicy() {
            @Override
            public int type() {
                return 0x80000002;
            }

            @Override
            public String name() {
                return "WORSE";
            }

            @Override
            public long weight(final PolicyValues values, final int handedOut) {
                return 6 / handedOut;
            }
        }, faults::add);
        assertThat(guarded.weight(null, 0)).isOne();
        assertThat(guarded.weight(null, 2)).isEqualTo(3);
        assertThat(faults).hasSize(1);
    }

    @Test
    void whatTheMachineItselfThrowsIsNotForUsToKeep() {
        final RankedPolicy guarded = (RankedPolicy) GuardedPolicy.of(ranked(new OutOfMemoryError()), faults::add);
        assertThatThrownBy(() -> guarded.rank(null, 0)).isInstanceOf(OutOfMemoryError.class);
    }
}
