// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.poolswitch.isup.CauseIndicators;
import org.poolswitch.isup.IsupMessages;
import org.poolswitch.isup.IsupType;
import org.poolswitch.runtime.MalformedException;

/** The association with a media gateway is lost while calls are there, and comes back. */
class GatewayBackTest {
    private static final byte[] POOL = "mg.tg1".getBytes(StandardCharsets.US_ASCII);
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int OURS = 5;
    private static final int ANOTHER = 6;
    private final Bench bench = new Bench(10);

    @BeforeEach
    void aCallRings() throws MalformedException {
        bench.aCallRings();
    }

    /** Nothing was at stake, so its session is nowhere. */
    private void itIsLost() {
        bench.gateway().element = 0;
    }

    private void isBack(final int element) {
        bench.pools.element = element;
        bench.pools.observer.onElementUp(3, element, POOL, SECOND_NS);
        while (bench.core.nextDeadlineNs() <= SECOND_NS) {
            bench.core.onDeadline(SECOND_NS);
        }
    }

    private void says(final String reply) {
        bench.gatewaySays("C=9{MF=line/12025550143{" + reply + "}}", SECOND_NS);
    }

    @Test
    void anAnswerInBetweenIsHeard() {
        itIsLost();
        isBack(OURS);
        assertThat(bench.gateway().preferred).isEqualTo(OURS);
        assertThat(bench.told()).contains("C=9{MF=line/12025550143{AT{OE}}}");
        says("OE=1{20261127T06300000:cd/rt,20261127T06300100:al/of}");
        assertThat(bench.element.sent).containsExactly(IsupType.CPG, IsupType.ANM);
    }

    @Test
    void soIsAHangUp() {
        itIsLost();
        isBack(OURS);
        says("OE=1{20261127T06300000:al/of,20261127T06300100:al/on}");
        assertThat(bench.element.sent).containsExactly(IsupType.ANM, IsupType.REL);
    }

    /** The session moved to the new association because an answer of ours was still under way. */
    @Test
    void alsoIfTheSessionIsThereAlready() {
        isBack(OURS);
        assertThat(bench.told()).contains("C=9{MF=line/12025550143{AT{OE}}}");
    }

    @Test
    void othersAreNotAsked() {
        final int messages = bench.gateway().messages;
        isBack(ANOTHER);
        bench.pools.observer.onElementUp(3, OURS, "gk".getBytes(StandardCharsets.US_ASCII), SECOND_NS);
        bench.core.onDeadline(SECOND_NS);
        assertThat(bench.gateway().messages).isEqualTo(messages);
    }

    /** Whoever was cut off from the caller too must not take the context back from whoever has the call now. */
    @Test
    void nothingIsClaimedFromAnotherController() {
        itIsLost();
        isBack(OURS);
        assertThat(bench.told()).doesNotContain("E=");
        says("ER=402{\"context 9 is another's\"}");
        assertThat(bench.element.sent).isEmpty();
        assertThat(bench.core.counters().get(GwcCounter.RENEWALS_REFUSED)).isOne();
    }

    @Test
    void aCallIsNotEndedIfItIsLostAgain() {
        itIsLost();
        isBack(OURS);
        bench.gateway().fail();
        assertThat(bench.element.sent).isEmpty();
        isBack(OURS);
        says("OE=1{20261127T06300000:al/of}");
        assertThat(bench.element.sent).containsExactly(IsupType.ANM);
    }

    @Test
    void norIsWhatAnotherGatewaySaysOfItHeard() {
        itIsLost();
        isBack(OURS);
        bench.gateway().element = ANOTHER;
        says("ER=411{\"no such context\"}");
        assertThat(bench.element.sent).isEmpty();
        assertThat(bench.core.calls()).isOne();
    }

    /** Its end overtakes the question. */
    @Test
    void aCallThatEndsMeanwhileIsGivenBack() {
        itIsLost();
        isBack(OURS);
        bench.callerSays(IsupMessages.rel(7, CauseIndicators.USER, CauseIndicators.NORMAL_CLEARING));
        assertThat(bench.told()).contains("C=9{S=*");
    }

    /** A thousand calls are not asked for in one instant. */
    @Test
    void theyAreAskedForOneAfterAnother() throws MalformedException {
        for (int cic = 8; cic < 12; cic++) {
            bench.callerSays(IsupMessages.iam(cic, "12025550143", null));
            bench.gatekeeperAdmits();
            bench.gatewayObeys();
        }
        bench.pools.observer.onElementUp(3, OURS, POOL, SECOND_NS);
        bench.core.onDeadline(SECOND_NS);
        assertThat(bench.core.counters().get(GwcCounter.RENEWALS)).isOne();
        bench.core.onDeadline(SECOND_NS + 4 * AdmissionRenewal.standard().gapNs());
        assertThat(bench.core.counters().get(GwcCounter.RENEWALS)).isEqualTo(5);
    }
}
