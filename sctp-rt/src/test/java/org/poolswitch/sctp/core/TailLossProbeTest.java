// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.wire.ChunkType;

/** A peer whose SACKs come later than Tail.Loss.Probe. */
class TailLossProbeTest {
    private static final int SLOW_MS = 20;
    private static final int MESSAGES = 50;

    private record Late(long atNs, byte[] packet) {
    }

    private final Pair pair = new Pair().connect();
    private final ArrayDeque<Late> coming = new ArrayDeque<>();

    private long count(final SctpCounter counter) {
        return pair.a.core.counters().get(counter);
    }

    /** HEARTBEATs are lost: with thousands of associations most have no turn to ask. */
    private void run(final int ms) {
        for (int i = 0; i < ms; i++) {
            pair.now += Pair.MS;
            while (!coming.isEmpty() && coming.peek().atNs() <= pair.now) {
                pair.arrive(pair.a, coming.poll().packet());
            }
            for (int turn = 0; turn < 4; turn++) {
                pair.a.core.onDeadline(pair.now);
                pair.a.core.flush(pair.now);
            }
            pair.a.out.stream().filter(packet -> packet[12] != ChunkType.HEARTBEAT)
                .forEach(packet -> pair.arrive(pair.z, packet));
            pair.a.out.clear();
            pair.z.core.onDeadline(pair.now);
            pair.z.core.poll(pair.z, 100, pair.now);
            pair.z.core.flush(pair.now);
            pair.z.out.forEach(packet -> coming.add(new Late(pair.now + SLOW_MS * Pair.MS, packet)));
            pair.z.out.clear();
        }
    }

    @Test
    void itsRoundTripIsLearntAndItIsNotProbedForEveryMessage() {
        // as long as it is quick, its round trip is a short one
        for (int i = 0; i < 8; i++) {
            pair.send(pair.a, "y");
            pair.send(pair.a, "y");
            pair.run(10 * Pair.MS);
        }
        assertThat(pair.a.core.smoothedRttNs(pair.a.association)).isLessThan(4 * Pair.MS);
        pair.z.messages.clear();
        final long repeated = count(SctpCounter.RETRANSMISSIONS);
        for (int i = 0; i < MESSAGES; i++) {
            pair.send(pair.a, "x");
            run(60);
        }
        assertThat(count(SctpCounter.RETRANSMISSIONS) - repeated).isLessThan(MESSAGES / 3);
        assertThat(pair.a.core.smoothedRttNs(pair.a.association)).isGreaterThan(SLOW_MS / 2 * Pair.MS);
        assertThat(pair.z.messages).hasSize(MESSAGES);
        assertThat(pair.a.downs).isEmpty();
    }

    /** With every pause of ours the probe would be due again, for each of thousands of associations. */
    @Test
    void whatWasProbedIsNotProbedAgainAfterEachPauseOfOurs() {
        // a round trip is measured: before, T3-rtx would come first
        pair.send(pair.a, "y");
        pair.send(pair.a, "y");
        pair.run(10 * Pair.MS);
        pair.send(pair.a, "x");
        pair.a.core.flush(pair.now);
        pair.a.out.clear();
        int untilProbeMs = 0;
        while (count(SctpCounter.TAIL_LOSS_PROBES) == 0) {
            assertThat(++untilProbeMs).isLessThan(200);
            silent(1);
        }
        for (int i = 0; i < 5; i++) {
            pair.a.core.onClockJump(30 * Pair.MS, pair.now);
            silent(untilProbeMs + 2);
        }
        assertThat(count(SctpCounter.TAIL_LOSS_PROBES)).isEqualTo(1);
    }

    private void silent(final int ms) {
        for (int i = 0; i < ms; i++) {
            pair.now += Pair.MS;
            pair.a.core.onDeadline(pair.now);
            pair.a.core.flush(pair.now);
            pair.a.out.clear();
        }
    }
}
