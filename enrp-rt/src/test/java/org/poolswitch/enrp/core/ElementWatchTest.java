// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.poolswitch.enrp.core.AsapRig.GWC;
import static org.poolswitch.enrp.core.AsapRig.MS;
import static org.poolswitch.enrp.core.AsapRig.SERVER;
import static org.poolswitch.enrp.core.AsapRig.element;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolswitch.asap.wire.AsapType;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.TransportParameter;
import org.poolswitch.runtime.RateLimit;

/** Keep-alives, unreachable reports, the end of registrations, elements taken over, limits on everybody. */
class ElementWatchTest {
    private final AsapRig rig = new AsapRig(RegistrarConfig.carrier()).up(1).up(2);

    private boolean there(final int id) {
        return rig.server.handlespace().find(GWC, id) != null;
    }

    @Test
    void whoAnswersStaysAndWhoIsSilentGoes() {
        rig.register(1, 7);
        rig.register(2, 8);
        for (int i = 0; i < 50; i++) {
            for (final AsapRig.Sent s : rig.pass(100 * MS)) {
                if (s.association() == 1) {
                    rig.ofElement(1, AsapType.ENDPOINT_KEEP_ALIVE_ACK, 7);
                }
            }
        }
        assertThat(there(7)).isTrue();
        assertThat(there(8)).isFalse();
        assertThat(rig.count(RegistrarCounter.REMOVED_SILENT)).isEqualTo(1);
        assertThat(rig.count(RegistrarCounter.KEEP_ALIVE_ACKS)).isBetween(3L, 12L);
    }

    @Test
    void anAnswerOfSomebodyElseIsNone() {
        rig.register(1, 7);
        for (int i = 0; i < 30; i++) {
            rig.pass(100 * MS);
            rig.ofElement(2, AsapType.ENDPOINT_KEEP_ALIVE_ACK, 7);
        }
        assertThat(there(7)).isFalse();
        assertThat(rig.count(RegistrarCounter.KEEP_ALIVE_ACKS_UNEXPECTED)).isEqualTo(30);
    }

    @Test
    void aReportAsksAtOnce() {
        rig.register(1, 7);
        final AsapRig.Sent asked = rig.ofElement(2, AsapType.ENDPOINT_UNREACHABLE, 7);
        assertThat(asked.type()).isEqualTo(AsapType.ENDPOINT_KEEP_ALIVE);
        assertThat(asked.association()).isEqualTo(1);
        assertThat(rig.ofElement(2, AsapType.ENDPOINT_UNREACHABLE, 7)).as("not twice at a time").isNull();
        rig.pass(399 * MS);
        assertThat(there(7)).isTrue();
        rig.pass(2 * MS);
        assertThat(there(7)).isFalse();
    }

    @Test
    void manyReportersMakeItFaster() {
        rig.register(1, 7);
        for (int user = 2; user <= 5; user++) {
            rig.up(user).ofElement(user, AsapType.ENDPOINT_UNREACHABLE, 7);
        }
        rig.pass(99 * MS);
        assertThat(there(7)).isTrue();
        rig.pass(2 * MS);
        assertThat(there(7)).isFalse();
        assertThat(rig.count(RegistrarCounter.REMOVED_REPORTED)).isEqualTo(1);
    }

    /** One liar, and a conspiracy, against an element that answers within 20 ms. */
    @Test
    void nobodyIsSlanderedOut() {
        rig.register(1, 7);
        for (int user = 2; user <= 40; user++) {
            rig.up(user);
        }
        for (int i = 0; i < 2000; i++) {
            for (int user = 2; user <= 40; user++) {
                rig.ofElement(user, AsapType.ENDPOINT_UNREACHABLE, 7);
            }
            rig.pass(20 * MS);
            rig.ofElement(1, AsapType.ENDPOINT_KEEP_ALIVE_ACK, 7);
            if (i % 400 == 0) {
                rig.register(1, 7);
            }
            assertThat(there(7)).isTrue();
        }
        assertThat(rig.count(RegistrarCounter.UNREACHABLE_REPORTS_LIMITED)).isPositive();
        assertThat(rig.count(RegistrarCounter.KEEP_ALIVES_SENT)).as("reports do not become a flood of questions")
            .isLessThan(2100);
    }

    @Test
    void theLifeEnds() {
        rig.register(1, GWC, new PoolElementParameter(7, 0, 300,
            element(7, 1).userTransport(), element(7, 1).policy()));
        final List<AsapRig.Sent> sent = rig.pass(301 * MS);
        assertThat(there(7)).isFalse();
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).type()).isEqualTo(AsapType.DEREGISTRATION_RESPONSE);
    }

    @Test
    void aLostAssociationTakesItsElementsAlong() {
        for (int id = 1; id <= 5; id++) {
            rig.register(1, id);
        }
        rig.register(2, 6);
        rig.down(1);
        assertThat(rig.server.handlespace().elements()).isEqualTo(1);
        assertThat(there(6)).isTrue();
        assertThat(rig.count(RegistrarCounter.REMOVED_LOST)).isEqualTo(5);
    }

    /** The dead registrar's elements are asked over a new association, with the H bit. */
    @Test
    void takeover() {
        final byte[] asap = TransportParameter.sctp(2905, 0, List.of(AsapRig.ip("10.0.0.50"))).octets();
        for (int id = 1; id <= 3; id++) {
            rig.server.putForeign(GWC, element(id, id == 3 ? 60 : 50).withHome(0x22222222)
                .withAsapTransport(id == 3 ? null : asap), rig.nowNs);
        }
        rig.adoptAll(0x22222222);
        assertThat(rig.server.handlespace().owned(SERVER)).isEqualTo(3);
        final List<AsapRig.Sent> asked = rig.pass(0);
        assertThat(asked).hasSize(3).allMatch(s -> s.type() == AsapType.ENDPOINT_KEEP_ALIVE
            && s.flags() == AsapType.FLAG_HOME);
        assertThat(rig.connected).as("one association for each place").containsExactly(100, 101);
        rig.ofElement(100, AsapType.ENDPOINT_KEEP_ALIVE_ACK, 1);
        rig.up(5).remotes.put(5, rig.remotes.get(101));
        rig.register(5, GWC, element(3, 60));
        assertThat(rig.shut).as("no use for it any more").containsExactly(101);
        rig.pass(401 * MS);
        assertThat(there(1)).isTrue();
        assertThat(there(2)).as("no answer").isFalse();
        assertThat(there(3)).isTrue();
    }

    /** So many that not all can be asked in one pass: others get their turn in between, and nobody has less time. */
    @Test
    void aLargeTakeoverIsAskedInParts() {
        final AsapRig few = new AsapRig(RegistrarSettings.apply(RegistrarConfig.carrier(), "Elements.Per.Pass=2"));
        for (int id = 1; id <= 7; id++) {
            few.server.putForeign(GWC, element(id, 50 + id).withHome(0x22222222), few.nowNs);
        }
        few.adoptAll(0x22222222);
        assertThat(few.server.handlespace().owned(SERVER)).as("they are ours, and the checksum says so").isEqualTo(7);
        few.server.onDeadline(few.nowNs);
        assertThat(few.sent).hasSize(2);
        assertThat(few.server.nextDeadlineNs()).as("the rest is due").isLessThanOrEqualTo(few.nowNs);
        few.sent.clear();
        // a busy host: the rest comes late, and late is its time up
        few.nowNs += 300 * MS;
        for (int i = 0; i < 3; i++) {
            few.server.onDeadline(few.nowNs);
        }
        assertThat(few.connected).as("each once").containsExactly(100, 101, 102, 103, 104, 105, 106);
        assertThat(few.server.nextDeadlineNs()).isGreaterThan(few.nowNs);
        final List<AsapRig.Sent> later = List.copyOf(few.sent);
        assertThat(later).hasSize(5);
        few.pass(350 * MS);
        assertThat(few.count(RegistrarCounter.REMOVED_SILENT)).as("asked first, and silent").isEqualTo(2);
        for (final AsapRig.Sent s : later) {
            few.ofElement(s.association(), AsapType.ENDPOINT_KEEP_ALIVE_ACK,
                s.all(ParameterType.PE_IDENTIFIER).get(0).getInt(0));
        }
        few.pass(100 * MS);
        assertThat(few.count(RegistrarCounter.REMOVED_SILENT)).isEqualTo(2);
        assertThat(few.server.handlespace().elements()).isEqualTo(5);
    }

    @Test
    void aPeersElementGoesWithItsLife() {
        rig.server.putForeign(GWC, element(1, 50).withHome(0x22222222), rig.nowNs);
        rig.pass(59_000 * MS);
        rig.server.putForeign(GWC, element(1, 50).withHome(0x22222222), rig.nowNs);
        rig.pass(59_000 * MS);
        assertThat(there(1)).isTrue();
        rig.pass(2_000 * MS);
        assertThat(there(1)).isFalse();
    }

    @Test
    void ourOwnPauseBlamesNobody() {
        rig.register(1, 7);
        rig.ofElement(2, AsapType.ENDPOINT_UNREACHABLE, 7);
        rig.nowNs += 5_000 * MS;
        rig.server.onClockJump(rig.nowNs);
        rig.server.onDeadline(rig.nowNs);
        assertThat(there(7)).isTrue();
        rig.pass(401 * MS);
        assertThat(there(7)).isFalse();
    }

    /** A pause gives nobody more time than who is asked after it has. */
    @Test
    void whoIsReportedAfterOurPauseHasTheTimeOfAReportedOne() {
        rig.register(1, 7);
        rig.register(1, 8);
        rig.ofElement(2, AsapType.ENDPOINT_UNREACHABLE, 8);
        rig.nowNs += 300 * MS;
        rig.server.onClockJump(rig.nowNs);
        for (int user = 2; user <= 5; user++) {
            rig.up(user).ofElement(user, AsapType.ENDPOINT_UNREACHABLE, 7);
        }
        rig.pass(99 * MS);
        assertThat(there(7)).isTrue();
        rig.pass(2 * MS);
        assertThat(there(7)).isFalse();
        assertThat(there(8)).as("asked before the pause").isTrue();
        rig.pass(300 * MS);
        assertThat(there(8)).isFalse();
    }

    @Test
    void oneUsersFloodIsItsOwn() {
        final RateLimits few = RateLimits.NONE.with("resolutions", new RateLimit(100, 10))
            .with("registrations", new RateLimit(100, 10)).with("element-registrations", new RateLimit(10, 3));
        final AsapRig limited = new AsapRig(RegistrarConfig.carrier().withRates(few)).up(1).up(2);
        limited.register(1, 7);
        int answered = 0;
        for (int i = 0; i < 1000; i++) {
            limited.pass(MS);
            answered += limited.resolve(2, 0) == null ? 0 : 1;
        }
        assertThat(answered).as("a second's worth and the burst").isBetween(105, 112);
        assertThat(limited.count(RegistrarCounter.RESOLUTIONS_LIMITED)).isEqualTo(1000 - answered);
        assertThat(limited.resolve(1, 0)).as("others are served").isNotNull();
        int again = 0;
        for (int i = 0; i < 6; i++) {
            again += limited.register(1, 7) == null ? 0 : 1;
        }
        assertThat(again).as("an element's own limit").isEqualTo(3);
        assertThat(limited.register(1, 8)).as("not its neighbour's").isNotNull();
    }

    @Test
    void rateLimitsAsText() {
        assertThat(RateLimit.parse("100/20")).isEqualTo(new RateLimit(100, 20));
        assertThat(RateLimit.parse("100")).isEqualTo(new RateLimit(100, 100));
        assertThat(RateLimit.parse("0").allows(RateLimit.FRESH, 0)).isTrue();
        for (final String wrong : new String[] {"x", "100/", "/20", "100/20/3"}) {
            assertThatThrownBy(() -> RateLimit.parse(wrong)).as(wrong).hasMessageContaining("RATE or RATE/BURST");
        }
    }
}
