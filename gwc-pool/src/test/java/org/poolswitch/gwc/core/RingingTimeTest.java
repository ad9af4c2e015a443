// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.poolswitch.isup.IsupType;
import org.poolswitch.runtime.MalformedException;

/** T9, 90 s, of a call that rings and changes hands: however often it does, nobody rings for ever. */
class RingingTimeTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long T9_NS = 90 * SECOND_NS;
    private final Bench bench = new Bench(10);

    @BeforeEach
    void aCallRings() throws MalformedException {
        bench.aCallRings();
    }

    private void takeOver() {
        bench.restart(10);
        bench.core.onCookieEcho(1, 3, bench.element.cookie, 0, bench.element.cookie.length, 0);
    }

    private void gatewaySays(final String descriptors) {
        assertThat(bench.told()).contains("C=9{MF=line/12025550143", "AT{OE,SA}");
        bench.gatewaySays("C=9{MF=line/12025550143{" + descriptors + "}}", 0);
    }

    private void assertGivenUpAfter(final long ns) {
        bench.core.onDeadline(ns - 1);
        assertThat(bench.element.sent).doesNotContain(IsupType.REL);
        bench.core.onDeadline(ns);
        assertThat(bench.element.sent).endsWith(IsupType.REL);
    }

    @Test
    void itGoesOnWhereItWas() {
        takeOver();
        gatewaySays("SA{nt/dur=60000}");
        assertGivenUpAfter(T9_NS - 60 * SECOND_NS);
    }

    @Test
    void alsoIfItIsOver() {
        takeOver();
        gatewaySays("SA{nt/dur=999999999999}");
        assertGivenUpAfter(0);
    }

    /** Nobody has heard the answer; the same reply tells of it. */
    @Test
    void butWhoHasAnsweredIsNotGivenUp() {
        takeOver();
        gatewaySays("OE=1{20261127T06300000:al/of},SA{nt/dur=999999999999}");
        bench.core.onDeadline(T9_NS);
        assertThat(bench.element.sent).containsExactly(IsupType.ANM);
    }

    @Test
    void aGatewayThatDoesNotCountHasItBegunAnew() {
        takeOver();
        gatewaySays("OE=1{20261127T06300000:cd/rt}");
        assertGivenUpAfter(T9_NS);
    }

    @Test
    void neitherDoesOneThatTalksNonsense() {
        takeOver();
        gatewaySays("SA{nt/dur=-5,nt/dur=\"a while\",nt/os=7}");
        assertGivenUpAfter(T9_NS);
    }
}
