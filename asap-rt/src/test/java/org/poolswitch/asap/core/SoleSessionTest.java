// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.asap.PoolSession.RETAIN;
import static org.poolswitch.asap.core.Rig.MS;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.poolswitch.asap.AsapBounds;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.PoolSession;
import org.poolswitch.sctp.DownCause;

/** With one stream an association is one session's, on stream 0, as elements want it that take the two for one. */
class SoleSessionTest {
    private final Rig rig = new Rig(Rig.config().withBounds(
        AsapBounds.standard().withSessions(100, 1).withPreconnect(0)));
    private PoolSession s;
    private int first;

    @BeforeEach
    void talk() {
        rig.elements(1, 2).start();
        s = rig.open();
        rig.send(s, "hello", RETAIN);
        rig.settle();
        first = s.element();
        rig.got(first);
    }

    @Test
    void allIsOnStream0() {
        rig.says(first, 0, "hi");
        rig.says(first, 0, "#cookie");
        assertThat(rig.received).containsExactly("hi");
        assertThat(s.hasCookie()).isTrue();
    }

    @Test
    void anotherSessionGetsAnotherElementAndAThirdNone() {
        final PoolSession t = rig.open();
        rig.send(t, "t", 0);
        rig.settle();
        assertThat(t.element()).isEqualTo(3 - first);
        final PoolSession u = rig.open();
        rig.send(u, "u", 0);
        rig.run(500 * MS);
        assertThat(u.element()).isZero();
        assertThat(rig.got(1)).doesNotContain("u");
        assertThat(rig.got(2)).doesNotContain("u");
    }

    @Test
    void aClosedSessionTakesItsAssociationAlongAndNobodyIsReported() {
        s.releaseRetained(1);
        s.close(rig.now);
        rig.settle();
        assertThat(rig.at(first)).isNull();
        assertThat(rig.asked(9)).isZero();
        final PoolSession t = rig.open();
        rig.send(t, "t", 0);
        final PoolSession u = rig.open();
        rig.send(u, "u", 0);
        rig.run(1000 * MS);
        assertThat(new int[] {t.element(), u.element()}).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void failsOverWithItsCookieLikeAnyOther() {
        rig.says(first, 0, "#cookie");
        rig.kill(first, DownCause.PEER_ABORTED);
        assertThat(rig.got(3 - first)).containsExactly("#cookie", "hello");
        assertThat(rig.count(AsapCounter.FAILOVERS)).isEqualTo(1);
    }

    @Test
    void anApplicationsFailoverLeavesTheElementForGood() {
        final FakeEndpoint.Association left = rig.at(first);
        s.failover(rig.now);
        rig.settle();
        assertThat(s.element()).isEqualTo(3 - first);
        assertThat(left.gone).isTrue();
        assertThat(rig.asked(9)).isZero();
    }
}
