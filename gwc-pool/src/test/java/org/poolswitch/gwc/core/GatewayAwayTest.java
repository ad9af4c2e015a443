// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.poolswitch.isup.CauseIndicators;
import org.poolswitch.isup.IsupMessages;
import org.poolswitch.isup.IsupType;
import org.poolswitch.ras.AdmissionRequest;
import org.poolswitch.ras.DisengageConfirm;
import org.poolswitch.runtime.MalformedException;

/** A pool has several media gateways, and the one that has a call's context is out of reach for a moment. */
class GatewayAwayTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int OURS = 5;
    private static final int ANOTHER = 6;
    private final Bench bench = new Bench(10);

    @BeforeEach
    void aCallRings() throws MalformedException {
        bench.aCallRings();
    }

    private void takeOverWithoutIt() {
        bench.pools.element = ANOTHER;
        bench.restart(10);
        bench.core.onCookieEcho(1, 3, bench.element.cookie, 0, bench.element.cookie.length, 0);
    }

    private void anotherRefuses(final long nowNs) {
        anotherRefuses("MF=line/12025550143", nowNs);
    }

    private void anotherRefuses(final String command, final long nowNs) {
        assertThat(bench.told()).contains("C=9{" + command);
        bench.gatewaySays("C=9{" + command + "{ER=411{\"no such context\"}}}", nowNs);
    }

    @Test
    void whatAnotherOneSaysOfTheContextDoesNotEndTheCall() throws MalformedException {
        takeOverWithoutIt();
        anotherRefuses(0);
        bench.pools.element = OURS;
        bench.core.onDeadline(SECOND_NS);
        assertThat(bench.gateway().preferred).isEqualTo(OURS);
        bench.gatewayObeys();
        assertThat(bench.element.sent).doesNotContain(IsupType.REL);
        assertThat(bench.core.counters().get(GwcCounter.CONTEXTS_GONE)).isZero();
    }

    @Test
    void butItIsNotAwaitedForEver() {
        takeOverWithoutIt();
        // 10 s, as calls without their signaling gateway are kept
        for (int second = 0; second < 10; second++) {
            anotherRefuses(second * SECOND_NS);
            assertThat(bench.element.sent).doesNotContain(IsupType.REL);
            bench.core.onDeadline(second * SECOND_NS + SECOND_NS);
        }
        anotherRefuses(10 * SECOND_NS);
        assertThat(bench.element.sent).contains(IsupType.REL);
    }

    /** Nothing was at stake when the association was lost, so its session is nowhere. */
    @Test
    void itIsAskedToGiveBackWhatItHas() {
        final FakePools.Session before = bench.gateway();
        before.element = 0;
        bench.callerSays(IsupMessages.rel(7, CauseIndicators.USER, CauseIndicators.NORMAL_CLEARING));
        assertThat(before.closed).isTrue();
        assertThat(bench.gateway()).isNotSameAs(before);
        assertThat(bench.gateway().preferred).isEqualTo(OURS);
        assertThat(bench.told()).contains("C=9{S=*");
    }

    private void theCallerHangsUp() throws MalformedException {
        bench.callerSays(IsupMessages.rel(7, CauseIndicators.USER, CauseIndicators.NORMAL_CLEARING));
        bench.gatekeeperSays(DisengageConfirm.of(bench.asked().requestSeqNum()));
    }

    private void theSessionMovesToAnother() {
        bench.gateway().element = 0;
        bench.pools.element = ANOTHER;
    }

    @Test
    void whatAnotherOneSaysOfTheContextDoesNotGiveItBack() throws MalformedException {
        theSessionMovesToAnother();
        theCallerHangsUp();
        anotherRefuses("S=*", 0);
        assertThat(bench.element.sent).doesNotContain(IsupType.RLC);
        bench.pools.element = OURS;
        bench.core.onDeadline(SECOND_NS);
        assertThat(bench.told()).contains("C=9{MF=line/12025550143");
        bench.gatewayObeys();
        assertThat(bench.told()).contains("C=9{S=*");
        bench.gatewayObeys();
        assertThat(bench.element.sent).containsExactly(IsupType.RLC);
        assertThat(bench.core.calls()).isZero();
    }

    /** 3 s: then the circuit is free, and what is left is found when it is used there again. */
    @Test
    void butTheCallerDoesNotWaitForThatForEver() throws MalformedException {
        theSessionMovesToAnother();
        theCallerHangsUp();
        anotherRefuses("S=*", 0);
        for (int second = 1; second <= 3; second++) {
            assertThat(bench.element.sent).doesNotContain(IsupType.RLC);
            bench.core.onDeadline(second * SECOND_NS);
            anotherRefuses(second * SECOND_NS);
        }
        assertThat(bench.element.sent).containsExactly(IsupType.RLC);
        assertThat(bench.core.calls()).isZero();
    }

    @Test
    void norDoesTheNextCallOnTheCircuit() throws MalformedException {
        theSessionMovesToAnother();
        theCallerHangsUp();
        anotherRefuses("S=*", 0);
        bench.callerSays(IsupMessages.iam(7, "12025550144", null));
        bench.core.onDeadline(SECOND_NS);
        assertThat(bench.core.counters().get(GwcCounter.CALLS)).isOne();
        anotherRefuses(SECOND_NS);
        bench.core.onDeadline(SECOND_NS);
        assertThat(bench.core.counters().get(GwcCounter.CALLS)).isEqualTo(2);
        assertThat(bench.asked()).isInstanceOf(AdmissionRequest.class);
    }

    @Test
    void noCallOfWhichItIsSoughtIsForgotten() throws MalformedException {
        takeOverWithoutIt();
        anotherRefuses(0);
        bench.callerSays(IsupMessages.rel(7, CauseIndicators.USER, CauseIndicators.NORMAL_CLEARING));
        bench.pools.element = OURS;
        bench.core.onDeadline(SECOND_NS);
        assertThat(bench.told()).contains("C=9{MF=line/12025550143");
        bench.gatewayObeys();
        assertThat(bench.told()).contains("C=9{S=*");
    }
}
