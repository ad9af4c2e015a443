// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.poolswitch.rserpool.Handlespace;
import org.poolswitch.rserpool.HandlespaceLimits;

/** Those who look at the table without being peers: each keeps its place, and there are not too many. */
class VisitorsTest {
    private final Handlespace space = new Handlespace(HandlespaceLimits.DEFAULT, new SplittableRandom(1));
    private final Visitors visitors = new Visitors();

    private Peer visit(final int association) {
        final Peer visitor = visitors.of(association, 7, 0);
        visitor.cursors[0] = space.cursor();
        return visitor;
    }

    @Test
    void keepsItsPlaceWhileItsAssociationLives() {
        final Peer visitor = visit(1);
        assertThat(visitor.incoming).isEqualTo(1);
        assertThat(visitor.address).isNull();
        assertThat(visitors.of(1, 7, 5)).isSameAs(visitor);
        visitors.leave(1);
        assertThat(visitor.cursors[0]).isNull();
        assertThat(visitors.of(1, 7, 6)).isNotSameAs(visitor);
    }

    @Test
    void anotherIdentifierIsAnotherVisitor() {
        final Peer first = visit(1);
        assertThat(visitors.of(1, 8, 0)).isNotSameAs(first);
        assertThat(first.cursors[0]).isNull();
    }

    @Test
    void theOldestMakesRoom() {
        final Peer first = visit(1);
        for (int association = 2; association <= 16; association++) {
            visit(association);
        }
        assertThat(first.cursors[0]).isNotNull();
        visit(17);
        assertThat(first.cursors[0]).isNull();
        assertThat(visitors.of(2, 7, 0).cursors[0]).isNotNull();
    }
}
