// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The driver loop, stepped by hand. */
class ShardTest {
    private static final long MS = 1_000_000L;

    private final List<String> log = new ArrayList<>();
    private final FakeEndpoint endpoint = new FakeEndpoint(log);
    private final FakeNode node = new FakeNode(log);
    private long now = 1000 * MS;
    private Shard shard;

    @BeforeEach
    void start() {
        shard = new Shard(new ShardConfig(2, 2, 4, 10 * MS, 25 * MS), () -> now);
        shard.start(endpoint, node);
        log.clear();
    }

    @Test
    void inputsThenDeadlinesThenOneFlush() {
        endpoint.events.add(1);
        node.deadlineNs = now;
        endpoint.deadlineNs = now - 1;
        assertThat(shard.run()).isEqualTo(3);
        assertThat(log).containsExactly("event 1", "node deadline", "endpoint deadline", "flush");
        assertThat(shard.nextDeadlineNs()).isEqualTo(Machine.NO_DEADLINE);
    }

    @Test
    void anIdleRunFlushesAndReportsNoWork() {
        assertThat(shard.run()).isZero();
        assertThat(log).containsExactly("flush");
        assertThat(shard.wasCut()).isFalse();
    }

    @Test
    void batchesAreBoundedAndTheFirstAnswersDoNotWaitForTheLast() {
        for (int i = 0; i < 100; i++) {
            endpoint.events.add(i);
        }
        assertThat(shard.run()).isEqualTo(8);
        assertThat(shard.wasCut()).isTrue();
        assertThat(log.subList(0, 6)).containsExactly("event 0", "event 1", "flush", "event 2", "event 3", "flush");
        assertThat(log).hasSize(12).endsWith("flush");
        assertThat(shard.counters().get(ShardCounter.RUNS_CUT)).isEqualTo(1);
    }

    @Test
    void eventsThatAFlushCausesAreDeliveredInTheSameRun() {
        final FakeEndpoint makingRoom = new FakeEndpoint(log) {
            private boolean done;

            @Override
            public void flush(final long nowNs) {
                super.flush(nowNs);
                if (!done) {
                    done = true;
                    events.add(7);
                }
            }
        };
        shard.addEndpoint(makingRoom, node);
        shard.run();
        assertThat(log).containsExactly("flush", "flush", "event 7", "flush", "flush");
    }

    @Test
    void aJumpIsToldBeforeAnythingThatWaited() {
        endpoint.events.add(1);
        node.deadlineNs = now + MS;
        now += 26 * MS;
        shard.run();
        assertThat(log).containsExactly("endpoint jump " + 26 * MS, "node jump " + 26 * MS, "event 1",
            "node deadline", "flush");
        assertThat(shard.counters().get(ShardCounter.CLOCK_JUMPS)).isEqualTo(1);
    }

    @Test
    void aGapBelowTheThresholdIsNoJump() {
        now += 25 * MS;
        shard.run();
        assertThat(log).containsExactly("flush");
    }

    @Test
    void aStopInTheMiddleOfABatchIsToldBeforeItsPacketsGoOut() {
        endpoint.events.add(1);
        node.onSendable = association -> now += 300 * MS;
        shard.run();
        assertThat(log.subList(0, 3)).containsExactly("event 1", "endpoint jump " + 300 * MS,
            "node jump " + 300 * MS);
        assertThat(log).endsWith("flush");
    }

    @Test
    void virtualTimeJumpsOnlyWhenTold() {
        final Shard virtual = new Shard(ShardConfig.virtualTime(), () -> now);
        virtual.start(endpoint, node);
        log.clear();
        now += 3600_000 * MS;
        virtual.run();
        assertThat(log).containsExactly("flush");
        virtual.onClockJump(5, now);
        assertThat(log).endsWith("endpoint jump 5", "node jump 5");
    }

    @Test
    void settingsThatContradictEachOtherAreRefusedInWords() {
        assertThatThrownBy(() -> new ShardConfig(1, 1, 2, 20 * MS, 25 * MS))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("at least twice the tick");
        assertThatThrownBy(() -> new ShardConfig(0, 1, 2, 20 * MS, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
