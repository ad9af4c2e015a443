// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.poolswitch.call.OrdinaryCalls;
import org.poolswitch.isup.CauseIndicators;
import org.poolswitch.isup.IsupMessages;
import org.poolswitch.isup.IsupType;
import org.poolswitch.runtime.MalformedException;

/** A gatekeeper or media gateway that lives and does not answer must not keep a circuit for ever. */
class ClearingLimitTest {
    private static final int CIC = 7;
    private static final byte[] KEY = "a key that only tests have".getBytes(StandardCharsets.US_ASCII);
    private static final long CLEARING_NS = GwcConfig.defaults(KEY).clearingNs();
    private final Bench bench = new Bench(new OrdinaryCalls(Map.of(OrdinaryCalls.NO_ANSWER_SECONDS, "1")));

    @BeforeEach
    void seize() throws MalformedException {
        bench.callerSays(IsupMessages.iam(CIC, "12025550143", null));
        bench.gatekeeperAdmits();
    }

    private void callerHangsUp() {
        bench.callerSays(IsupMessages.rel(CIC, CauseIndicators.USER, CauseIndicators.NORMAL_CLEARING));
    }

    /** Time passes, nobody answers. */
    private void waitInVain() {
        for (int i = 0; i < 10 && bench.core.nextDeadlineNs() != Long.MAX_VALUE; i++) {
            bench.core.onDeadline(bench.core.nextDeadlineNs());
        }
    }

    @Test
    void theCallerGetsHisCircuitBackIfAddIsNotAnswered() {
        callerHangsUp();
        assertThat(bench.element.sent).as("the gateway has time").isEmpty();
        waitInVain();
        assertThat(bench.element.sent).containsExactly(IsupType.RLC);
        assertThat(bench.core.calls()).isZero();
        assertThat(bench.core.counters().get(GwcCounter.CLEARINGS_GIVEN_UP)).isOne();
        assertThat(bench.gateway().closed).isTrue();
        assertThat(bench.gatekeeper().closed).isTrue();
    }

    @Test
    void orIfNeitherSubtractNorDrqIs() throws MalformedException {
        bench.gatewayObeys();
        callerHangsUp();
        waitInVain();
        assertThat(bench.element.sent).endsWith(IsupType.RLC);
        assertThat(bench.core.calls()).isZero();
        assertThat(bench.core.counters().get(GwcCounter.CLEARINGS_GIVEN_UP)).isOne();
    }

    /** T1 that ran while REL was under way does not cut the wait short. */
    @Test
    void andNotBeforeItsTime() throws MalformedException {
        bench.gatewayObeys();
        bench.core.onDeadline(1_000_000_000L);
        assertThat(bench.element.sent).as("nobody answers").endsWith(IsupType.REL);
        callerHangsUp();
        bench.core.onDeadline(CLEARING_NS - 1);
        assertThat(bench.element.sent).doesNotContain(IsupType.RLC);
        bench.core.onDeadline(CLEARING_NS);
        assertThat(bench.element.sent).endsWith(IsupType.RLC);
    }

    @Test
    void howLongThatIsTheOperatorSays() throws MalformedException {
        assertThat(GwcConfig.defaults(KEY).withClearing(7).clearingNs()).isEqualTo(7);
        assertThatThrownBy(() -> GwcConfig.defaults(KEY).withClearing(0)).hasMessage(
            "a call that is over waits for more than 0 ns until it is cleared, not 0");
        bench.configure(config -> config.withClearing(CLEARING_NS / 3));
        seize();
        callerHangsUp();
        bench.core.onDeadline(CLEARING_NS / 3 - 1);
        assertThat(bench.element.sent).isEmpty();
        bench.core.onDeadline(CLEARING_NS / 3);
        assertThat(bench.element.sent).containsExactly(IsupType.RLC);
    }

    @Test
    void theNextCallOnTheCircuitDoesNotWaitForEverEither() throws MalformedException {
        bench.callerSays(IsupMessages.iam(CIC, "12025550144", null));
        waitInVain();
        assertThat(bench.core.counters().get(GwcCounter.CALLS)).isEqualTo(2);
        bench.gatekeeperAdmits();
        bench.gatewayObeys();
        assertThat(bench.element.sent).endsWith(IsupType.ACM);
    }

    @Test
    void anOrphanThatNobodyAnswersForGoesToo() {
        bench.core.onUserDown(1, 0);
        waitInVain();
        assertThat(bench.core.calls()).isZero();
        assertThat(bench.core.counters().get(GwcCounter.ORPHANS_CLEARED)).isOne();
        assertThat(bench.core.counters().get(GwcCounter.CLEARINGS_GIVEN_UP)).isOne();
    }
}
