// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.poolswitch.perf.Peers;

/**
 * The interop suite of docs/interop.md: usrsctp and the Linux kernel's SCTP, both ways round. In CI each run carries
 * 100,000 messages, half of them each way, elsewhere fewer; {@code -Dpoolswitch.interop.messages=N} says how many go
 * each way.
 */
class InteropTest {
    private static final int FEW = 10_000;

    private static InteropSuite suite;

    @BeforeAll
    static void everythingIsInstalled() throws Exception {
        InteropSuite.PROGRAMS.forEach(program -> Peers.need(program, InteropSuite.PACKAGES));
        final int messages = Integer.getInteger("poolswitch.interop.messages",
            "true".equals(System.getenv("CI")) ? InteropSuite.MESSAGES : FEW);
        suite = InteropSuite.start(InteropCase.all(), Path.of("target", "interop"), messages, line -> { });
    }

    @AfterAll
    static void end() {
        if (suite != null) {
            suite.close();
        }
    }

    static List<InteropCase> cases() {
        return InteropCase.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void agreesWithAnIndependentPeer(final InteropCase run) throws Exception {
        final InteropSuite.Outcome outcome = suite.outcome(run).get(25, TimeUnit.MINUTES);
        System.out.println("interop: " + run + ": " + (outcome.isGood() ? "good, " : "FAILED, ") + outcome.values());
        assertThat(outcome.wrong()).as("%s", run).isEmpty();
    }

    /** A case that the list above forgot would be one that nobody plays. */
    @ParameterizedTest
    @EnumSource(PeerKind.class)
    void everyPeerIsPlayedBothWaysUnderEveryCondition(final PeerKind peer) {
        final int oneWay = 2;
        assertThat(InteropCase.all().stream().filter(c -> c.peer() == peer))
            .hasSize(2 * (Condition.values().length - oneWay) + oneWay)
            .contains(new InteropCase(peer, true, Condition.RESTART), new InteropCase(peer, false,
                Condition.COLLISION));
    }
}
