// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpSettings;
import org.poolswitch.sctp.SendStatus;

/** After a pause of ours every peer is asked, but not all at once: that would be the next pause. */
class ManyClockJumpsTest {
    private static final int COUNT = 1_000;

    private Pair pair = new Pair();
    private final List<Integer> ids = new ArrayList<>();

    private long heartbeats() {
        return pair.a.core.counters().get(SctpCounter.HEARTBEATS_SENT);
    }

    private void connectAll() {
        for (int i = 0; i < COUNT; i++) {
            ids.add(pair.a.core.connect(SctpAddress.of(pair.z.host, Pair.PORT, 9899), pair.now));
        }
        pair.run(5 * Pair.MS);
        assertThat(pair.a.core.associations()).isEqualTo(COUNT);
    }

    @Test
    void thousandAssociationsAreAskedOneAfterTheOther() {
        connectAll();
        final long before = heartbeats();
        pair.a.core.onClockJump(40 * Pair.MS, pair.now);
        pair.run(Pair.MS);
        assertThat(heartbeats() - before).isBetween(1L, 100L);
        pair.run(COUNT / 5 * Pair.MS + 10 * Pair.MS);
        assertThat(heartbeats() - before).isGreaterThanOrEqualTo(COUNT);
        assertThat(pair.a.downs).isEmpty();
    }

    @Test
    void howFarApartCanBeSet() {
        pair = new Pair(SctpSettings.apply(SctpConfig.carrier(), "HB.Port.Burst=10,HB.Pause.Interval=1ms"));
        connectAll();
        final long before = heartbeats();
        pair.a.core.onClockJump(40 * Pair.MS, pair.now);
        pair.run(20 * Pair.MS);
        assertThat(heartbeats() - before).as("10 at once, then one each millisecond").isBetween(20L, 40L);
    }

    @Test
    void allAtOnceCanBeSet() {
        pair = new Pair(SctpSettings.apply(SctpConfig.carrier(), "HB.Pause.Interval=0ms"));
        connectAll();
        final long before = heartbeats();
        pair.a.core.onClockJump(40 * Pair.MS, pair.now);
        pair.run(Pair.MS);
        assertThat(heartbeats() - before).isGreaterThanOrEqualTo(COUNT);
    }

    @Test
    void whoIsNotAskedYetHearsOfThePauseBeforeItsOwnTimersCount() {
        connectAll();
        for (final int id : ids) {
            assertThat(pair.a.core.send(id, 1, 7, false, new byte[] {1}, 0, 1, pair.now))
                .isEqualTo(SendStatus.ACCEPTED);
        }
        pair.a.core.flush(pair.now);
        pair.a.out.clear();
        final long probes = pair.a.core.counters().get(SctpCounter.TAIL_LOSS_PROBES);
        final long repeated = pair.a.core.counters().get(SctpCounter.RETRANSMISSIONS);
        // everything is long overdue when we wake up
        pair.now += 300 * Pair.MS;
        pair.a.core.onClockJump(300 * Pair.MS, pair.now);
        for (int i = 0; i < COUNT; i++) {
            pair.a.core.onDeadline(pair.now);
        }
        assertThat(pair.a.core.counters().get(SctpCounter.TAIL_LOSS_PROBES)).isEqualTo(probes);
        assertThat(pair.a.core.counters().get(SctpCounter.RETRANSMISSIONS)).isEqualTo(repeated);
        pair.run(300 * Pair.MS);
        assertThat(pair.a.core.associations()).isEqualTo(COUNT);
        assertThat(pair.z.core.counters().get(SctpCounter.MESSAGES_RECEIVED)).isEqualTo(COUNT);
    }

    @Test
    void whoWaitedForItsTurnComesFirstAfterTheNextPause() {
        connectAll();
        for (int pause = 0; pause < 5; pause++) {
            pair.a.core.onClockJump(40 * Pair.MS, pair.now);
            pair.run(COUNT / 20 * Pair.MS);
        }
        for (final int id : ids) {
            assertThat(pair.a.core.probeAnsweredNs(id)).isPositive();
        }
    }

    @Test
    void soItIsIfTheFirstOfThemAreClosedMeanwhile() {
        connectAll();
        pair.a.core.onClockJump(40 * Pair.MS, pair.now);
        pair.run(50 * Pair.MS);
        final List<Integer> waiting = ids.stream().filter(id -> pair.a.core.probeAnsweredNs(id) < 0).toList();
        assertThat(waiting).hasSizeGreaterThan(COUNT / 2);
        final List<Integer> left = new ArrayList<>();
        for (int i = 0; i < waiting.size(); i++) {
            if (i % (waiting.size() / 5) == 7) {
                left.add(waiting.get(i));
            } else {
                pair.a.core.abort(waiting.get(i), pair.now);
            }
        }
        pair.a.core.flush(pair.now);
        pair.a.core.onClockJump(40 * Pair.MS, pair.now);
        pair.run(2 * Pair.MS);
        assertThat(left).hasSizeGreaterThan(3)
            .allSatisfy(id -> assertThat(pair.a.core.probeAnsweredNs(id)).isPositive());
    }
}
