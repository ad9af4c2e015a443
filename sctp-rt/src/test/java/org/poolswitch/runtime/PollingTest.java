// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a loop that sleeps looks for input a while longer. */
class PollingTest {
    private final Polling polling = new Polling();

    private void waits(final int count, final long ns) {
        for (int i = 0; i < count; i++) {
            polling.waited(ns);
        }
    }

    @Test
    void nothingIsKnownAtFirst() {
        assertThat(polling.pays()).isFalse();
        waits(3, 1_000);
        assertThat(polling.pays()).isFalse();
    }

    @Test
    void manyShortWaitsMakeItPay() {
        waits(100, Polling.MOST_NS / 2);
        assertThat(polling.pays()).isTrue();
    }

    @Test
    void oneLongWaitEndsIt() {
        waits(100, Polling.MOST_NS / 2);
        waits(1, 10_000_000_000L);
        assertThat(polling.pays()).isFalse();
        // not for long, if it was an exception
        waits(30, Polling.MOST_NS / 2);
        assertThat(polling.pays()).isTrue();
    }

    @Test
    void tenThousandASecondNeverPay() {
        waits(1_000, 90_000);
        assertThat(polling.pays()).isFalse();
    }

    @Test
    void manyPeersInTurnNeverPay() {
        waits(100, Polling.MOST_NS / 2);
        for (int i = 0; i < 100; i++) {
            polling.elsewhere();
            assertThat(polling.pays()).isFalse();
            waits(3, Polling.MOST_NS / 2);
        }
        assertThat(polling.pays()).isFalse();
    }
}
