// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.poolswitch.isup.CauseIndicators;
import org.poolswitch.isup.IsupMessages;
import org.poolswitch.isup.IsupType;
import org.poolswitch.ras.AdmissionReject;
import org.poolswitch.ras.AdmissionRejectReason;
import org.poolswitch.runtime.MalformedException;

/** A gatekeeper's admission that is lost ends no call: the pool is there so that calls outlive their gatekeepers. */
class AdmissionLossTest {
    private static final int CIC = 7;
    private final Bench bench = new Bench(10);

    private void seize() throws MalformedException {
        bench.callerSays(IsupMessages.iam(CIC, "12025550143", null));
        bench.gatekeeperAdmits();
        bench.gatewayObeys();
        assertThat(bench.element.sent).containsExactly(IsupType.ACM);
    }

    private void hangUpAndClear() throws MalformedException {
        bench.callerSays(IsupMessages.rel(CIC, CauseIndicators.USER, CauseIndicators.NORMAL_CLEARING));
        bench.gatewayObeys();
        assertThat(bench.element.sent).endsWith(IsupType.RLC);
        assertThat(bench.core.calls()).isZero();
    }

    @Test
    void aCallGoesOnWithoutAnyGatekeeper() throws MalformedException {
        seize();
        final int commands = bench.gateway().messages;
        bench.gatekeeper().fail();
        assertThat(bench.gateway().messages).as("commands to the media gateway").isEqualTo(commands);
        assertThat(bench.core.calls()).isOne();
        hangUpAndClear();
    }

    @Test
    void aCallThatWasTakenOverGoesOnIfItIsNotAdmittedAgain() throws MalformedException {
        seize();
        bench.restart(10);
        bench.core.onCookieEcho(1, 3, bench.element.cookie, 0, bench.element.cookie.length, 0);
        bench.gatewayObeys();
        bench.core.onDeadline(bench.core.nextDeadlineNs());
        bench.gatekeeperSays(AdmissionReject.of(bench.asked().requestSeqNum(),
            AdmissionRejectReason.RESOURCE_UNAVAILABLE));
        assertThat(bench.core.calls()).isOne();
        hangUpAndClear();
    }

    @Test
    void aReleaseWaitsForTheCallersAnswerAlsoIfTheAdmissionIsLost() throws MalformedException {
        seize();
        bench.core.onDeadline(bench.core.nextDeadlineNs());
        assertThat(bench.element.sent).as("nobody answers").endsWith(IsupType.REL);
        final int commands = bench.gateway().messages;
        bench.gatekeeper().fail();
        assertThat(bench.gateway().messages).as("the SG may not know yet that the call ends").isEqualTo(commands);
        bench.callerSays(IsupMessages.rlc(CIC));
        bench.gatewayObeys();
        assertThat(bench.core.calls()).isZero();
    }
}
