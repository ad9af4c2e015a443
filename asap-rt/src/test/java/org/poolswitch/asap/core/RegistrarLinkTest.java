// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.asap.core.Rig.MS;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.PoolSession;

/** The hunt for a registrar. */
class RegistrarLinkTest {
    private final Rig rig = new Rig(AsapConfig.carrier(List.of(Rig.REGISTRAR, Rig.REGISTRAR2), null, 9899));

    @Test
    void silentRegistrarIsLeftForTheNextAndTheMessageStays() {
        rig.elements(1).registrarAnswers = false;
        rig.start();
        final PoolSession s = rig.open();
        rig.send(s, "x", 0);
        rig.run(740 * MS);
        assertThat(rig.net.of(Rig.REGISTRAR)).isNotNull();
        assertThat(rig.asked(5)).isEqualTo(3);
        assertThat(rig.net.of(Rig.REGISTRAR).probes).isEqualTo(2);
        rig.run(20 * MS);
        assertThat(rig.net.of(Rig.REGISTRAR)).isNull();
        assertThat(rig.net.of(Rig.REGISTRAR2)).isNotNull();
        assertThat(rig.asked(5)).isEqualTo(4);
        rig.registrarAnswers = true;
        rig.run(300 * MS);
        assertThat(rig.got(1)).containsExactly("x");
        assertThat(rig.count(AsapCounter.REGISTRAR_LOSSES)).isEqualTo(1);
    }

    @Test
    void handshakeThatTakesTooLongIsAbandoned() {
        rig.registrarUp = true;
        rig.elements(1);
        rig.stack.start(0);
        final FakeEndpoint.Association slow = rig.net.of(Rig.REGISTRAR);
        rig.now = 500 * MS;
        rig.stack.onDeadline(rig.now);
        assertThat(slow.gone).isTrue();
        rig.settle();
        assertThat(rig.stack.registrarConnected()).isTrue();
        assertThat(rig.net.of(Rig.REGISTRAR2)).isNotNull();
    }

    @Test
    void neverGivesUpAndPacesItself() {
        rig.registrarUp = false;
        rig.start();
        rig.run(60_000 * MS);
        final long hunts = rig.count(AsapCounter.HUNTS);
        assertThat(hunts).isBetween(60L, 110L);
        rig.registrarUp = true;
        rig.run(2_000 * MS);
        assertThat(rig.stack.registrarConnected()).isTrue();
    }

    @Test
    void noRegistrarConfiguredIsQuiet() {
        final Rig alone = new Rig(AsapConfig.carrier(List.of(), null, 9899)).start();
        assertThat(alone.idle()).isTrue();
    }
}
