// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The ring between other threads and a shard. */
class InboxTest {
    private final AtomicInteger wakes = new AtomicInteger();
    private final Inbox inbox = new Inbox(new InboxConfig(8, 16), wakes::incrementAndGet);

    @Test
    void slotsCarryEverythingAndABurstWakesOnce() {
        assertThat(inbox.tryPublish(3, 42, -7, new byte[] {9, 8, 7, 6}, 1, 2)).isTrue();
        assertThat(inbox.tryPublish(4, 43, 1, null, 0, 0)).isTrue();
        assertThat(wakes).hasValue(1);
        final List<String> seen = new ArrayList<>();
        assertThat(inbox.poll((s, now) -> seen.add(s.type() + " " + s.key() + " " + s.intendedNs() + " " + s.length()
            + " " + s.data()[0] + " @" + now), 10, 5)).isEqualTo(2);
        assertThat(seen.get(0)).isEqualTo("3 42 -7 2 8 @5");
        assertThat(seen.get(1)).startsWith("4 43 1 0 ");
        assertThat(inbox.poll((s, now) -> seen.add("more"), 10, 5)).isZero();
        inbox.tryPublish(5, 44, 1, null, 0, 0);
        assertThat(wakes).hasValue(2);
    }

    @Test
    void fullIsAnAnswer() {
        for (int i = 0; i < 8; i++) {
            assertThat(inbox.tryPublish(0, i, 0, null, 0, 0)).isTrue();
        }
        assertThat(inbox.tryPublish(0, 8, 0, null, 0, 0)).isFalse();
        assertThat(inbox.poll((s, now) -> assertThat(s.key()).isLessThan(3), 3, 0)).isEqualTo(3);
        assertThat(inbox.tryPublish(0, 8, 0, null, 0, 0)).isTrue();
        assertThat(inbox.remaining()).isEqualTo(2);
    }

    @Test
    void aHandlerThatThrowsDoesNotBlockTheRing() {
        inbox.tryPublish(0, 1, 0, null, 0, 0);
        inbox.tryPublish(0, 2, 0, null, 0, 0);
        assertThatThrownBy(() -> inbox.poll((s, now) -> {
            throw new IllegalStateException("broken");
        }, 10, 0)).isInstanceOf(IllegalStateException.class);
        assertThat(inbox.poll((s, now) -> assertThat(s.key()).isEqualTo(2), 10, 0)).isEqualTo(1);
    }

    @Test
    void whatDoesNotFitASlotIsRefused() {
        assertThatThrownBy(() -> inbox.tryPublish(0, 0, 0, new byte[17], 0, 17))
            .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new InboxConfig(9, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void manyThreadsAndNoLostWakeUp() throws Exception {
        final int threads = 4;
        final int each = 5000;
        final java.util.concurrent.Semaphore wake = new java.util.concurrent.Semaphore(0);
        final Inbox shared = new Inbox(new InboxConfig(64, 0), wake::release);
        final List<Thread> producers = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            final int id = t;
            final Thread producer = new Thread(() -> {
                for (int i = 0; i < each;) {
                    if (shared.tryPublish(id, i, 0, null, 0, 0)) {
                        i++;
                    } else {
                        Thread.yield();
                    }
                }
            });
            producers.add(producer);
            producer.start();
        }
        final long[] next = new long[threads];
        int taken = 0;
        while (taken < threads * each) {
            // sleeps until woken: a lost wake-up fails here instead of being papered over by polling
            assertThat(wake.tryAcquire(10, java.util.concurrent.TimeUnit.SECONDS)).as("woken after " + taken).isTrue();
            int n;
            do {
                n = shared.poll((s, now) -> assertThat(s.key()).isEqualTo(next[s.type()]++), 16, 0);
                taken += n;
            } while (n > 0);
        }
        for (final Thread producer : producers) {
            producer.join();
        }
        assertThat(next).containsOnly(each);
    }
}
