// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The log that folds repeats. */
class ErrorLogTest {
    private final List<String> out = new ArrayList<>();
    private final ErrorLog log = new ErrorLog(out::add, 10_000_000_000L, 2);

    @Test
    void repeatsAreCountedAndToldWithTheNextOne() {
        for (int i = 0; i < 1000; i++) {
            log.report("bad packet", "from " + i, i);
        }
        log.report("other", "x", 1000);
        assertThat(out).containsExactly("bad packet: from 0", "other: x");
        log.report("bad packet", "again", 10_000_000_000L);
        assertThat(out).last().isEqualTo("bad packet: again (and 999 more in the last 10 s)");
    }

    @Test
    void onlySoManyKindsAreRemembered() {
        for (int i = 0; i < 3; i++) {
            log.report("kind " + i, "x", 0);
        }
        log.report("kind 0", "forgotten, so new", 1);
        assertThat(out).hasSize(4);
    }

    @Test
    void theEndTellsWhatWasNotTold() {
        log.report("bad", "a", 0);
        log.report("bad", "b", 1);
        log.close();
        assertThat(out).containsExactly("bad: a", "bad: 1 more");
    }
}
