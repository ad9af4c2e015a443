// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BurstTest {
    private final Burst burst = new Burst(16);

    /** Reads while messages come one at a time. @return single reads between two tries, for the first so many tries */
    private List<Integer> pauses(final int tries) {
        final List<Integer> pauses = new ArrayList<>();
        int singles = 0;
        while (pauses.size() < tries) {
            if (burst.most() == 1) {
                singles++;
            } else {
                pauses.add(singles);
                singles = 0;
            }
            burst.hasRead(1);
        }
        return pauses;
    }

    @Test
    void messagesThatComeSinglyAreAskedForSingly() {
        assertThat(pauses(7)).containsExactly(0, 1, 3, 7, 15, 15, 15);
    }

    @Test
    void afterABurstAllIsAskedForAtOnce() {
        pauses(5);
        while (burst.most() == 1) {
            burst.hasRead(1);
        }
        burst.hasRead(9);
        for (int i = 0; i < 10; i++) {
            assertThat(burst.most()).isEqualTo(16);
            burst.hasRead(2);
        }
        assertThat(pauses(3)).containsExactly(0, 1, 3);
    }
}
