// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.poolswitch.isup.CauseIndicators;
import org.poolswitch.isup.IsupMessages;
import org.poolswitch.isup.IsupType;
import org.poolswitch.ras.DisengageConfirm;
import org.poolswitch.runtime.MalformedException;

/** A context that some call left in a circuit must not cost every later call on it. */
class LeftoverContextTest {
    private static final int CIC = 7;
    private final Bench bench = new Bench(10);

    private void gatewaySays(final String actions) {
        bench.gatewaySays(actions, 0);
    }

    private void meetLeftover() throws MalformedException {
        bench.callerSays(IsupMessages.iam(CIC, "12025550143", null));
        bench.gatekeeperAdmits();
        gatewaySays("C=${A=tdm/1_2_7{ER=433{\"in context 9\"}}}");
        gatewaySays("C=9{MF=tdm/1_2_7}");
        gatewaySays("C=9{MF=line/12025550143{ER=435{\"not in that context\"}}}");
        assertThat(bench.told()).contains("C=9{S=*");
    }

    @Test
    void itIsTakenDownAndTheCallIsMade() throws MalformedException {
        meetLeftover();
        bench.gatewayObeys();
        assertThat(bench.told()).contains("C=${A=tdm/1_2_7");
        bench.gatewayObeys();
        assertThat(bench.element.sent).containsExactly(IsupType.ACM);
        assertThat(bench.core.counters().get(GwcCounter.LEFTOVERS)).isOne();
    }

    /** The SG is with another controller, which claims that context: a search would take it away. */
    @Test
    void anOrphanLooksForNoContext() throws MalformedException {
        bench.callerSays(IsupMessages.iam(CIC, "12025550143", null));
        bench.gatekeeperAdmits();
        bench.core.onUserDown(1, 0);
        final int asked = bench.gateway().messages;
        gatewaySays("C=${A=tdm/1_2_7{ER=433{\"in context 9\"}}}");
        assertThat(bench.gateway().messages).isEqualTo(asked);
    }

    @Test
    void norDoesOneThatHasLookedTakeItDown() throws MalformedException {
        bench.callerSays(IsupMessages.iam(CIC, "12025550143", null));
        bench.gatekeeperAdmits();
        gatewaySays("C=${A=tdm/1_2_7{ER=433{\"in context 9\"}}}");
        bench.core.onUserDown(1, 0);
        final int asked = bench.gateway().messages;
        gatewaySays("C=9{MF=tdm/1_2_7}");
        assertThat(bench.gateway().messages).isEqualTo(asked);
    }

    @Test
    void aCallerWhoHangsUpMeanwhileGetsHisCircuitBack() throws MalformedException {
        meetLeftover();
        bench.callerSays(IsupMessages.rel(CIC, CauseIndicators.USER, CauseIndicators.NORMAL_CLEARING));
        bench.gatewayObeys();
        // whether there is a context for this call after all is asked once more
        gatewaySays("ER=411{\"no context\"}");
        bench.gatekeeperSays(DisengageConfirm.of(bench.asked().requestSeqNum()));
        bench.core.onDeadline(0);
        assertThat(bench.element.sent).containsExactly(IsupType.RLC);
        assertThat(bench.core.calls()).isZero();
    }
}
