// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.poolswitch.isup.CauseIndicators;
import org.poolswitch.isup.IsupMessages;
import org.poolswitch.isup.IsupType;
import org.poolswitch.ras.DisengageConfirm;
import org.poolswitch.runtime.MalformedException;

/** What a controller makes of a signaling gateway's messages that begin or end calls. */
class SignalingInputTest {
    private static final int CIC = 7;
    private final Bench bench = new Bench(1);

    private void seize() throws MalformedException {
        bench.callerSays(IsupMessages.iam(CIC, "12025550143", "12025550177"));
        bench.gatekeeperAdmits();
        bench.gatewayObeys();
    }

    private void giveBack() throws MalformedException {
        bench.gatekeeperSays(DisengageConfirm.of(bench.asked().requestSeqNum()));
        assertThat(bench.core.calls()).as("the context is still there").isOne();
        bench.gatewayObeys();
    }

    @Test
    void aReleaseOrAResetOfAnIdleCircuitIsConfirmed() {
        bench.callerSays(IsupMessages.rel(CIC, CauseIndicators.USER, CauseIndicators.NORMAL_CLEARING));
        bench.callerSays(IsupMessages.rsc(CIC));
        assertThat(bench.element.sent).containsExactly(IsupType.RLC, IsupType.RLC);
    }

    @Test
    void aResetGivesEverythingBackBeforeItIsConfirmed() throws MalformedException {
        seize();
        bench.callerSays(IsupMessages.rsc(CIC));
        assertThat(bench.element.sent).containsExactly(IsupType.ACM);
        giveBack();
        assertThat(bench.element.sent).containsExactly(IsupType.ACM, IsupType.RLC);
        assertThat(bench.core.calls()).isZero();
    }

    /** The IAM was lost once, so the REL of a caller who had no patience came with it. */
    @Test
    void aCallThatIsReleasedWhileItWaitsForItsCircuitNeverBegins() throws MalformedException {
        seize();
        bench.callerSays(IsupMessages.iam(CIC, "12025550199", null));
        bench.callerSays(IsupMessages.rel(CIC, CauseIndicators.USER, CauseIndicators.NORMAL_CLEARING));
        assertNothingBegins();
    }

    @Test
    void norIfTheCallBeforeItIsAnOrphan() throws MalformedException {
        seize();
        bench.core.onUserDown(1, 0);
        bench.callerSays(IsupMessages.iam(CIC, "12025550199", null));
        bench.callerSays(IsupMessages.rel(CIC, CauseIndicators.USER, CauseIndicators.NORMAL_CLEARING));
        assertNothingBegins();
    }

    /** The SG has gone to another controller, and sends there what waited here. */
    @Test
    void norIfItsSignalingGatewayIsGone() throws MalformedException {
        seize();
        bench.callerSays(IsupMessages.iam(CIC, "12025550199", null));
        bench.core.onUserDown(1, 0);
        giveBack();
        bench.core.onDeadline(0);
        assertThat(bench.core.calls()).isZero();
    }

    /** An SG that got no RLC for long reuses the circuit all the same (Q.764 section 2.9.6). */
    @Test
    void anRlcThatNobodyWaitsForIsNotTakenForTheNextCalls() throws MalformedException {
        seize();
        bench.callerSays(IsupMessages.rel(CIC, CauseIndicators.USER, CauseIndicators.NORMAL_CLEARING));
        bench.callerSays(IsupMessages.iam(CIC, "12025550199", null));
        giveBack();
        bench.core.onDeadline(bench.core.nextDeadlineNs());
        assertThat(bench.element.sent).containsExactly(IsupType.ACM);
        assertThat(bench.core.calls()).isOne();
    }

    private void assertNothingBegins() throws MalformedException {
        giveBack();
        bench.core.onDeadline(0);
        assertThat(bench.element.sent).containsExactly(IsupType.ACM, IsupType.RLC);
        assertThat(bench.core.calls()).isZero();
    }

    @Test
    void aNumberThatNobodyCanDialIsRefused() {
        bench.callerSays(IsupMessages.iam(CIC, "1".repeat(21), null));
        assertThat(bench.element.sent).containsExactly(IsupType.REL);
        assertThat(bench.core.counters().get(GwcCounter.CALLS_REFUSED_NUMBER)).isOne();
    }

    @Test
    void oneCallTooManyIsRefused() throws MalformedException {
        seize();
        bench.callerSays(IsupMessages.iam(CIC + 1, "12025550144", null));
        assertThat(bench.element.sent).containsExactly(IsupType.ACM, IsupType.REL);
        assertThat(bench.core.counters().get(GwcCounter.CALLS_REFUSED_FULL)).isOne();
        assertThat(bench.core.calls()).isOne();
    }

    @Test
    void aNewCallWaitsUntilTheCircuitsLastOneIsGivenBack() throws MalformedException {
        seize();
        bench.callerSays(IsupMessages.iam(CIC, "12025550199", null));
        final int asked = bench.gatekeeper().messages;
        giveBack();
        assertThat(bench.core.calls()).isZero();
        bench.core.onDeadline(bench.core.nextDeadlineNs());
        assertThat(bench.core.calls()).isOne();
        assertThat(asked).as("ARQ and DRQ of the first call").isEqualTo(2);
        assertThat(bench.gatekeeper().messages).as("in a session of its own, the ARQ of the second").isOne();
    }
}
