// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.poolswitch.isup.CauseIndicators;
import org.poolswitch.isup.IsupMessages;
import org.poolswitch.ras.AdmissionRequest;
import org.poolswitch.ras.DisengageConfirm;
import org.poolswitch.ras.Guid;
import org.poolswitch.ras.InfoRequest;
import org.poolswitch.ras.InfoRequestResponse;
import org.poolswitch.ras.RasCodec;
import org.poolswitch.ras.RasMessage;
import org.poolswitch.runtime.MalformedException;

/** A gatekeeper asks whether a call that it admitted is there (IRQ). */
class StatusRequestTest {
    private final Bench bench = new Bench(10);
    private Guid call;

    @BeforeEach
    void aCallRings() throws MalformedException {
        bench.callerSays(IsupMessages.iam(7, "12025550143", null));
        call = ((AdmissionRequest) bench.asked()).callIdentifier();
        bench.gatekeeperAdmits();
        bench.gatewayObeys();
    }

    private InfoRequestResponse answer(final Guid of) throws MalformedException {
        says(InfoRequest.of(9, 0, of));
        final byte[] octets = bench.pools.aside;
        return (InfoRequestResponse) RasCodec.decode(octets, 0, octets.length);
    }

    private void says(final RasMessage message) {
        final byte[] octets = RasCodec.encode(message);
        bench.pools.observer.onElementMessage(3, RasCodec.PPID, octets, 0, octets.length, 0);
    }

    @Test
    void itIs() throws MalformedException {
        final InfoRequestResponse answer = answer(call);
        assertThat(answer.requestSeqNum()).isEqualTo(9);
        assertThat(answer.endpointIdentifier()).isEqualTo("gwc-77");
        assertThat(answer.hasCalls()).isTrue();
        assertThat(answer.call().callIdentifier()).isEqualTo(call);
    }

    @Test
    void anotherIsNot() throws MalformedException {
        assertThat(answer(new Guid(1, 2)).hasCalls()).isFalse();
    }

    @Test
    void soIsOneThatIsOver() throws MalformedException {
        bench.callerSays(IsupMessages.rel(7, CauseIndicators.USER, CauseIndicators.NORMAL_CLEARING));
        assertThat(answer(call).hasCalls()).as("DRQ and Subtract are under way").isTrue();
        bench.gatewayObeys();
        bench.gatekeeperSays(DisengageConfirm.of(bench.asked().requestSeqNum()));
        assertThat(bench.core.calls()).isZero();
        assertThat(answer(call).hasCalls()).isFalse();
    }

    /** What was given up, because the gatekeeper did not answer, is told when it asks. */
    @Test
    void soIsOneWhoseDrqWasNeverAnswered() throws MalformedException {
        bench.callerSays(IsupMessages.rel(7, CauseIndicators.USER, CauseIndicators.NORMAL_CLEARING));
        bench.gatewayObeys();
        while (bench.core.nextDeadlineNs() != Long.MAX_VALUE) {
            bench.core.onDeadline(bench.core.nextDeadlineNs());
        }
        assertThat(bench.core.counters().get(GwcCounter.CLEARINGS_GIVEN_UP)).isOne();
        assertThat(answer(call).hasCalls()).isFalse();
    }

    @Test
    void nothingElseIsAnsweredThere() {
        says(DisengageConfirm.of(1));
        says(new InfoRequest(9, 7, null, null, null));
        bench.pools.observer.onElementMessage(3, RasCodec.PPID, new byte[1], 0, 1, 0);
        bench.pools.observer.onElementMessage(3, 99, new byte[1], 0, 1, 0);
        assertThat(bench.pools.aside).isNull();
        assertThat(bench.core.counters().get(GwcCounter.UNEXPECTED)).isEqualTo(3);
        assertThat(bench.core.counters().get(GwcCounter.MALFORMED)).isOne();
    }
}
