// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.poolswitch.enrp.core.AsapRig.GWC;
import static org.poolswitch.enrp.core.AsapRig.MS;
import static org.poolswitch.enrp.core.AsapRig.SERVER;
import static org.poolswitch.enrp.core.AsapRig.element;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolswitch.asap.wire.AsapType;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.PoolElementEntry;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.TransportParameter;

/** Reports of users about elements of other registrars, step by step; and the home's side of it. */
class ForeignWatchTest {
    private static final int HOME = 0x22222222;

    private final AsapRig rig = new AsapRig(RegistrarConfig.carrier()).up(1).up(2);
    private final List<String> heard = new ArrayList<>();

    ForeignWatchTest() {
        rig.server.listen(new HandlespaceListener() {
            @Override
            public void onOwnedAdded(final PoolElementEntry element, final long nowNs) {
                heard.add("ours");
            }

            @Override
            public void onOwnedUpdated(final PoolElementEntry element, final long nowNs) {
                heard.add("alive");
            }

            @Override
            public void onOwnedRemoved(final PoolElementEntry element, final long nowNs) {
                heard.add("removed");
            }

            @Override
            public void onForeignUnreachable(final PoolElementEntry element, final long nowNs) {
                heard.add("home is told");
            }
        });
    }

    private static PoolElementParameter foreign(final int id) {
        return element(id, 50).withHome(HOME).withAsapTransport(
            TransportParameter.sctp(40_000, 0, List.of(AsapRig.ip("10.0.0.50"))).octets());
    }

    private boolean there(final int id) {
        return rig.server.handlespace().find(GWC, id) != null;
    }

    private AsapRig.Sent report(final int id) {
        return rig.ofElement(2, AsapType.ENDPOINT_UNREACHABLE, id);
    }

    @Test
    void itIsAskedItselfAndAnAnswerIsTheEndOfIt() {
        rig.server.putForeign(GWC, foreign(7), rig.nowNs);
        final AsapRig.Sent asked = report(7);
        assertThat(asked.type()).isEqualTo(AsapType.ENDPOINT_KEEP_ALIVE);
        assertThat(asked.flags()).as("we are not its home").isZero();
        assertThat(asked.association()).isEqualTo(100);
        assertThat(report(7)).as("not twice at a time").isNull();
        rig.ofElement(100, AsapType.ENDPOINT_KEEP_ALIVE_ACK, 7);
        assertThat(report(7)).as("over the same association").matches(s -> s.association() == 100);
        rig.ofElement(100, AsapType.ENDPOINT_KEEP_ALIVE_ACK, 7);
        rig.pass(5_000 * MS);
        assertThat(there(7)).isTrue();
        assertThat(rig.shut).as("no use for it any more").containsExactly(100);
        assertThat(heard).isEmpty();
    }

    /** Both call from the port they listen on, the element first: there is no second association (RFC 9260 1.3). */
    @Test
    void whoCalledFromItsOwnPortIsAskedOnItsOwnAssociation() {
        rig.ownPort = true;
        rig.server.putForeign(GWC, element(7, 1).withHome(HOME), rig.nowNs);
        assertThat(report(7)).matches(s -> s.type() == AsapType.ENDPOINT_KEEP_ALIVE && s.association() == 1);
        rig.ofElement(1, AsapType.ENDPOINT_KEEP_ALIVE_ACK, 7);
        rig.pass(5_000 * MS);
        assertThat(there(7)).isTrue();
        assertThat(rig.connected).isEmpty();
        assertThat(rig.shut).as("it is the element's").isEmpty();
        assertThat(heard).isEmpty();
    }

    @Test
    void whoCalledFromItsOwnPortIsTakenOverOnItsOwnAssociation() {
        rig.ownPort = true;
        rig.server.putForeign(GWC, element(7, 1).withHome(HOME), rig.nowNs);
        rig.adoptAll(HOME);
        assertThat(rig.pass(0)).singleElement()
            .matches(s -> s.association() == 1 && s.flags() == AsapType.FLAG_HOME);
        rig.ofElement(1, AsapType.ENDPOINT_KEEP_ALIVE_ACK, 7);
        rig.pass(300 * MS);
        assertThat(there(7)).isTrue();
        rig.down(1);
        assertThat(there(7)).as("it ends as any element's does").isFalse();
    }

    @Test
    void anAnswerOfSomebodyElseIsNone() {
        rig.server.putForeign(GWC, foreign(7), rig.nowNs);
        report(7);
        rig.ofElement(2, AsapType.ENDPOINT_KEEP_ALIVE_ACK, 7);
        rig.pass(401 * MS);
        assertThat(heard).containsExactly("home is told");
    }

    @Test
    void whenItIsSilentItsHomeHasTheWord() {
        rig.server.putForeign(GWC, foreign(7), rig.nowNs);
        report(7);
        rig.pass(401 * MS);
        assertThat(heard).containsExactly("home is told");
        assertThat(report(7)).as("its home is asked already").isNull();
        rig.server.putForeign(GWC, foreign(7), rig.nowNs);
        rig.pass(5_000 * MS);
        assertThat(there(7)).isTrue();
        assertThat(heard).hasSize(1);
    }

    @Test
    void whenItsHomeIsSilentTooItIsAskedOnceMoreAndRemoved() {
        rig.server.putForeign(GWC, foreign(7), rig.nowNs);
        report(7);
        rig.pass(401 * MS);
        final List<AsapRig.Sent> sent = rig.pass(400 * MS);
        assertThat(heard).containsExactly("home is told", "ours");
        assertThat(sent).hasSize(1).allMatch(s -> s.flags() == AsapType.FLAG_HOME);
        assertThat(there(7)).isTrue();
        rig.pass(401 * MS);
        assertThat(there(7)).isFalse();
        assertThat(heard).containsExactly("home is told", "ours", "removed");
        assertThat(rig.count(RegistrarCounter.FOREIGN_ADOPTED)).isEqualTo(1);
    }

    @Test
    void whenItLivesAfterAllItStaysWithUs() {
        rig.server.putForeign(GWC, foreign(7), rig.nowNs);
        report(7);
        rig.pass(401 * MS);
        final AsapRig.Sent again = rig.pass(400 * MS).get(0);
        rig.ofElement(again.association(), AsapType.ENDPOINT_KEEP_ALIVE_ACK, 7);
        rig.pass(401 * MS);
        assertThat(rig.server.handlespace().find(GWC, 7).homeServer()).isEqualTo(SERVER);
    }

    @Test
    void aPortThatRefusesIsNotTheLastWordWhereUsersReachItByAnother() {
        rig.server.putForeign(GWC, foreign(7), rig.nowNs);
        report(7);
        rig.sent.clear();
        rig.down(100);
        assertThat(rig.sent).hasSize(1).allMatch(s -> s.association() == 101);
        assertThat(heard).isEmpty();
        rig.down(101);
        assertThat(heard).containsExactly("home is told");
    }

    @Test
    void whomWeHaveNoWayToAskWeDoNotJudge() {
        final byte[] opaque = {0, ParameterType.OPAQUE_TRANSPORT, 0, 8, 1, 2, 3, 4};
        rig.server.putForeign(GWC, new PoolElementParameter(7, HOME, 60_000, opaque, element(7, 1).policy()),
            rig.nowNs);
        assertThat(report(7)).isNull();
        assertThat(heard).containsExactly("home is told");
        rig.pass(5_000 * MS);
        assertThat(there(7)).isTrue();
        assertThat(rig.server.handlespace().find(GWC, 7).homeServer()).isEqualTo(HOME);
    }

    @Test
    void soManyAtATime() {
        final AsapRig few = new AsapRig(RegistrarConfig.carrier().withForeign(new ForeignLimits(400 * MS, 2))).up(2);
        for (int id = 1; id <= 3; id++) {
            few.server.putForeign(GWC, foreign(id), few.nowNs);
            few.ofElement(2, AsapType.ENDPOINT_UNREACHABLE, id);
        }
        assertThat(few.count(RegistrarCounter.FOREIGN_ASKED)).isEqualTo(2);
        assertThat(few.count(RegistrarCounter.UNREACHABLE_REPORTS_LIMITED)).isEqualTo(1);
        // their home has the word about the first two: there is room again
        few.server.putForeign(GWC, foreign(1), few.nowNs);
        few.ofElement(2, AsapType.ENDPOINT_UNREACHABLE, 3);
        assertThat(few.count(RegistrarCounter.FOREIGN_ASKED)).isEqualTo(3);
        assertThatThrownBy(() -> new ForeignLimits(1, 1)).hasMessageContaining("1 ms or more");
        assertThatThrownBy(() -> new ForeignLimits(MS, 0)).hasMessageContaining("1 to 100000");
    }

    // ---- the home's side ----------------------------------------------------------------------------------------

    @Test
    void anElementOfOursThatAPeerDoubtsIsAskedAndItsAnswerIsTold() {
        rig.register(1, 7);
        heard.clear();
        rig.sent.clear();
        rig.server.doubt(rig.server.handlespace().find(GWC, 7), rig.nowNs);
        assertThat(rig.sent).hasSize(1).allMatch(s -> s.association() == 1
            && s.type() == AsapType.ENDPOINT_KEEP_ALIVE);
        rig.ofElement(1, AsapType.ENDPOINT_KEEP_ALIVE_ACK, 7);
        assertThat(heard).containsExactly("alive");
        rig.pass(200 * MS);
        assertThat(there(7)).isTrue();
    }

    @Test
    void anElementOfOursThatAPeerDoubtsAndThatIsSilentGoes() {
        rig.register(1, 7);
        heard.clear();
        rig.server.doubt(rig.server.handlespace().find(GWC, 7), rig.nowNs);
        rig.pass(101 * MS);
        assertThat(there(7)).isFalse();
        assertThat(heard).containsExactly("removed");
    }
}
