// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SendStatus;

/** Numbers and clocks that come to their end, or have another beginning than usual. */
class LongLifeTest {
    private static final long MS = Pair.MS;

    /** Tags, and with them first TSNs and request numbers, just below the end of their range. */
    private static RandomGenerator nearTheEnd(final long seed) {
        final SplittableRandom others = new SplittableRandom(seed);
        return new RandomGenerator() {
            private int next = -8;

            @Override
            public int nextInt() {
                return next--;
            }

            @Override
            public long nextLong() {
                return others.nextLong();
            }
        };
    }

    /** One packet of seven is lost either way. */
    private static void runWithLosses(final Pair pair, final int ms) {
        for (int i = 0; i < ms; i++) {
            pair.run(MS / 2, packet -> packet % 7 != 3);
        }
    }

    @Test
    void sequenceNumbersOfAllKindsWrap() {
        final Pair pair = new Pair(SctpConfig.carrier(), nearTheEnd(1), nearTheEnd(2)).connect();
        final List<String> sent = new ArrayList<>();
        // SSNs of a stream have 16 bits
        for (int i = 0; i < 66_000; i++) {
            sent.add(Integer.toString(i));
            pair.send(pair.a, Integer.toString(i));
            // a send buffer holds 16,384 messages
            while (i % 400 == 0 && pair.z.messages.size() < i - 10_000) {
                runWithLosses(pair, 3);
            }
        }
        for (int ms = 0; ms < 20_000 && pair.z.messages.size() < sent.size(); ms++) {
            runWithLosses(pair, 1);
        }
        assertThat(pair.z.messages).isEqualTo(sent);
        pair.z.messages.clear();
        for (int i = 0; i < 20; i++) {
            assertThat(pair.a.core.resetStreams(pair.a.association, new int[] {1}, pair.now))
                .isEqualTo(SendStatus.ACCEPTED);
            runWithLosses(pair, 500);
            pair.send(pair.a, "after " + i);
            runWithLosses(pair, 300);
            assertThat(pair.z.messages).hasSize(i + 1).endsWith("after " + i);
        }
        assertThat(pair.a.downs).isEmpty();
        pair.a.core.audit();
        pair.z.core.audit();
    }

    /** What System.nanoTime says may be negative, and its beginning may be anywhere. */
    @ParameterizedTest
    @ValueSource(longs = {-1, -10_000_000_000L, -4_000_000_000_000_000_000L, Long.MIN_VALUE / 2 - 1_000_000_000L,
        Long.MIN_VALUE + 10_000_000_000L, 4_000_000_000_000_000_000L, Long.MAX_VALUE / 2, Long.MAX_VALUE - (1L << 40)})
    void theClockMayBeginAnywhere(final long beginning) {
        final Pair pair = new Pair();
        pair.now = beginning;
        pair.connect();
        pair.send(pair.a, "one");
        pair.send(pair.z, "two");
        pair.run(20 * MS);
        assertThat(pair.z.messages).containsExactly("one");
        assertThat(pair.a.messages).containsExactly("two");
        final long asked = pair.a.core.counters().get(SctpCounter.HEARTBEATS_SENT);
        final long timers = pair.a.core.counters().get(SctpCounter.TIMERS);
        pair.run(2000 * MS);
        assertThat(pair.a.core.counters().get(SctpCounter.HEARTBEATS_SENT) - asked).isBetween(8L, 30L);
        assertThat(pair.a.core.counters().get(SctpCounter.TIMERS) - timers).isLessThan(100);
        pair.a.core.send(pair.a.association, 1, 7, false, 5 * MS, new byte[] {'x'}, 0, 1, pair.now);
        pair.run(100 * MS);
        assertThat(pair.z.messages).containsExactly("one", "x");
        pair.a.core.onClockJump(1000 * MS, pair.now);
        pair.run(100 * MS);
        assertThat(pair.a.downs).isEmpty();
        pair.run(2000 * MS, packet -> false);
        assertThat(pair.a.downs).containsExactly(DownCause.PEER_SILENT);
        assertThat(pair.z.downs).containsExactly(DownCause.PEER_SILENT);
        pair.connect();
        pair.a.core.shutdown(pair.a.association, pair.now);
        pair.run(50 * MS);
        assertThat(pair.a.downs).endsWith(DownCause.SHUTDOWN);
    }

    /** As long as the clock's range is no lifetime at all. */
    @Test
    void aVeryLongLifetimeDoesNotEndAtOnce() {
        final Pair pair = new Pair();
        pair.now = 1000 * MS;
        pair.connect();
        for (final long lifetimeNs : new long[] {SctpEndpoint.NO_LIFETIME - 1, Long.MAX_VALUE - 900 * MS,
            Long.MAX_VALUE / 2}) {
            pair.a.core.send(pair.a.association, 1, 7, false, lifetimeNs, new byte[] {'x'}, 0, 1, pair.now);
        }
        pair.run(50 * MS);
        assertThat(pair.z.messages).hasSize(3);
        assertThat(pair.a.core.counters().get(SctpCounter.MESSAGES_ABANDONED)).isZero();
    }
}
