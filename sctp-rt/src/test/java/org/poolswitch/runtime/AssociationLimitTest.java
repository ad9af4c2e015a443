// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AssociationLimitTest {
    private static final long SECOND = 1_000_000_000L;

    private final AssociationLimit limit = new AssociationLimit(new RateLimit(1, 2));

    @Test
    void eachAssociationHasAShareOfItsOwnUntilItEnds() {
        assertThat(limit.take(1, 0)).isTrue();
        assertThat(limit.take(1, 0)).isTrue();
        assertThat(limit.take(1, 0)).as("a burst of two").isFalse();
        assertThat(limit.take(2, 0)).as("another one").isTrue();
        assertThat(limit.take(1, SECOND)).as("one a second").isTrue();
        assertThat(limit.take(1, SECOND)).isFalse();
        limit.forget(1);
        assertThat(limit.take(1, SECOND)).as("the next one with this number").isTrue();
    }
}
