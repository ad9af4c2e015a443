// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.poolswitch.isup.IsupMessages;
import org.poolswitch.isup.IsupType;
import org.poolswitch.megaco.MegacoMessage;
import org.poolswitch.runtime.MalformedException;

/** T9, 90 s, of a call that rings and changes hands: however often it does, nobody rings for ever. */
class RingingTimeTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long T9_NS = 90 * SECOND_NS;
    private static final Pattern TRANSACTION = Pattern.compile("T=([0-9]+)");
    private final Bench bench = new Bench(10);

    @BeforeEach
    void aCallRings() throws MalformedException {
        bench.callerSays(IsupMessages.iam(7, "12025550143", null));
        bench.gatekeeperAdmits();
        bench.gatewayObeys();
        bench.element.sent.clear();
    }

    private void takeOver() {
        bench.restart(10);
        bench.core.onCookieEcho(1, 3, bench.element.cookie, 0, bench.element.cookie.length, 0);
    }

    private void gatewaySays(final String descriptors) {
        final String asked = new String(bench.gateway().last, StandardCharsets.US_ASCII);
        assertThat(asked).contains("C=9{MF=line/12025550143", "AT{OE,SA}");
        final Matcher transaction = TRANSACTION.matcher(asked);
        assertThat(transaction.find()).isTrue();
        bench.gateway().say(MegacoMessage.PPID, ("!/1 [10.0.0.5]:2944 P=" + transaction.group(1)
            + "{C=9{MF=line/12025550143{" + descriptors + "}}}").getBytes(StandardCharsets.US_ASCII));
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
