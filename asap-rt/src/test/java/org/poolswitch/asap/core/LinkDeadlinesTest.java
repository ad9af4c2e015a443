// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.poolswitch.runtime.Machine;

/** The order in which links are looked at, against a list that is searched from end to end. */
class LinkDeadlinesTest {
    private final LinkDeadlines deadlines = new LinkDeadlines();
    private final List<ElementLink> links = new ArrayList<>();

    private long least() {
        return links.stream().mapToLong(link -> link.dueNs).min().orElse(Machine.NO_DEADLINE);
    }

    @Test
    void theNextIsTheNextWhateverComesAndGoes() {
        final Rig rig = new Rig(Rig.config());
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 50; i++) {
            links.add(new ElementLink((AsapPoolUser) rig.stack.user(), FakeEndpoint.address(i, 1), 0));
        }
        for (int i = 0; i < 20_000; i++) {
            final ElementLink link = links.get(random.nextInt(links.size()));
            switch (random.nextInt(4)) {
                case 0 -> deadlines.remove(link);
                case 1 -> deadlines.put(link, Machine.NO_DEADLINE);
                default -> deadlines.put(link, random.nextInt(1000));
            }
            assertThat(deadlines.nextNs()).isEqualTo(least());
            final ElementLink first = deadlines.first(500);
            assertThat(first != null).isEqualTo(least() <= 500);
            assertThat(first == null || first.dueNs == least()).isTrue();
        }
        links.forEach(deadlines::remove);
        assertThat(deadlines.nextNs()).isEqualTo(Machine.NO_DEADLINE);
    }
}
