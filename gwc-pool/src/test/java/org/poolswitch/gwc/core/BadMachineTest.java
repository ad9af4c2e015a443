// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.poolswitch.call.CallControl;
import org.poolswitch.call.CallMachine;
import org.poolswitch.isup.IsupMessages;
import org.poolswitch.isup.IsupType;
import org.poolswitch.runtime.Machine;
import org.poolswitch.runtime.MalformedException;

/** Whatever a user's call machine does wrong costs the call in which it does it, and nothing else. */
class BadMachineTest {
    private static final int CIC = 7;

    private static Stream<Consumer<CallControl>> wrongs() {
        return Stream.of(
            call -> {
                throw new IllegalStateException("the database is away");
            }, call -> {
                throw new NoClassDefFoundError("example/Helper");
            }, call -> {
                throw new AssertionError("never");
            },
            BadMachineTest::endless,
            call -> call.release(0), call -> call.release(128), call -> call.release(-1),
            call -> call.startTimer(-1), call -> call.redirectTo("alice"), call -> call.redirectTo(""));
    }

    private static void endless(final CallControl call) {
        endless(call);
    }

    private static CallMachine atSetup(final Consumer<CallControl> does) {
        return new CallMachine() {
            @Override
            public void onSetup(final CallControl call) {
                does.accept(call);
            }
        };
    }

    @ParameterizedTest
    @MethodSource("wrongs")
    void theCallIsReleased(final Consumer<CallControl> wrong) {
        final Bench bench = new Bench(atSetup(wrong));
        bench.callerSays(IsupMessages.iam(CIC, "12025550143", null));
        assertThat(bench.element.sent).containsExactly(IsupType.REL);
        assertThat(bench.core.counters().get(GwcCounter.MACHINE_FAULTS)).isOne();
        bench.callerSays(IsupMessages.iam(CIC + 1, "12025550143", null));
        assertThat(bench.core.counters().get(GwcCounter.MACHINE_FAULTS)).as("the next call has its turn").isEqualTo(2);
    }

    @Test
    void aTimerOfForeverNeverFires() {
        final Bench bench = new Bench(atSetup(call -> call.startTimer(Long.MAX_VALUE)));
        bench.callerSays(IsupMessages.iam(CIC, "12025550143", null));
        assertThat(bench.core.nextDeadlineNs()).isEqualTo(Machine.NO_DEADLINE);
        bench.core.onDeadline(1_000_000_000L);
        assertThat(bench.element.sent).isEmpty();
    }

    @Test
    void aNoAnswerTimeThatCannotBeHadEndsTheCallAlsoAfterATakeover() throws MalformedException {
        final Bench bench = new Bench(new CallMachine() { });
        bench.callerSays(IsupMessages.iam(CIC, "12025550143", null));
        bench.gatekeeperAdmits();
        bench.gatewayObeys();
        bench.restart(1, new CallMachine() {
            @Override
            public long noAnswerNs() {
                throw new IllegalStateException("no configuration");
            }
        });
        bench.core.onCookieEcho(1, 3, bench.element.cookie, 0, bench.element.cookie.length, 0);
        assertThat(bench.element.sent).containsExactly(IsupType.ACM, IsupType.REL);
        assertThat(bench.core.counters().get(GwcCounter.MACHINE_FAULTS)).isOne();
    }
}
