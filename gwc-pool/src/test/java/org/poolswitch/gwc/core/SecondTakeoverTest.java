// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.poolswitch.call.CallControl;
import org.poolswitch.call.CallMachine;
import org.poolswitch.isup.IsupMessages;
import org.poolswitch.isup.IsupType;
import org.poolswitch.runtime.MalformedException;

/** A call that changes hands twice, as in a rolling restart: each controller must find its context and its gateway. */
class SecondTakeoverTest {
    private final Bench bench = new Bench(10);

    @BeforeEach
    void aCallRings() throws MalformedException {
        ring();
    }

    private void ring() throws MalformedException {
        bench.callerSays(IsupMessages.iam(7, "12025550143", null));
        bench.gatekeeperAdmits();
        bench.gatewayObeys();
        assertThat(bench.element.sent).containsExactly(IsupType.ACM);
        bench.element.sent.clear();
    }

    /** The controller is gone, the next one gets the newest cookie. */
    private void takeOver() {
        bench.restart(10);
        bench.core.onCookieEcho(1, 3, bench.element.cookie, 0, bench.element.cookie.length, 0);
    }

    private void assertClaimed() {
        assertThat(bench.told()).contains("C=9{MF=line/12025550143");
        assertThat(bench.gateway().preferred).isEqualTo(bench.gateway().element());
        assertThat(bench.core.counters().get(GwcCounter.CLAIMS)).isOne();
    }

    @Test
    void eachClaimsTheContextWhereItIs() throws MalformedException {
        for (int i = 0; i < 3; i++) {
            takeOver();
            assertClaimed();
            bench.gatewayObeys();
        }
    }

    /** The one before died before the gateway had answered it. */
    @Test
    void evenIfItWasNotAnsweredBefore() {
        for (int i = 0; i < 3; i++) {
            takeOver();
            assertClaimed();
        }
    }

    /** A machine that tells the caller early has nothing to say when the line is seized: no reason for a cookie. */
    @Test
    void evenIfTheMachineSaidNothing() throws MalformedException {
        bench.restart(10, new CallMachine() {
            @Override
            public void onAdmitted(final CallControl call) {
                call.sendAddressComplete(false);
                call.connect();
            }

            @Override
            public void onConnected(final CallControl call) {
                // told already
            }
        });
        ring();
        takeOver();
        assertClaimed();
    }
}
