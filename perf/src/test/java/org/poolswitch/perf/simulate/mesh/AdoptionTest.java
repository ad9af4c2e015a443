// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.enrp.core.EnrpConfig;
import org.poolswitch.enrp.core.EnrpTimers;
import org.poolswitch.enrp.core.RegistrarConfig;
import org.poolswitch.enrp.core.RegistrarCounter;
import org.poolswitch.enrp.core.RegistrarSettings;
import org.poolswitch.enrp.core.TakeoverRule;
import org.poolswitch.launch.NodeOptions;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sim.LinkQuality;
import org.poolswitch.sim.SimNode;

/**
 * An element that was told of one registrar only, and that one goes: who takes it over is a stranger to it, and becomes
 * its home all the same. Once it acknowledged and went on with the dead one; when its life ended it was removed.
 */
class AdoptionTest {
    /** Three registrations' lives in the carrier profile, and a little. */
    private static final long LIVES_MILLIS = 65_000;

    private MeshWorld mesh;
    private SimNode element;

    private void boot() {
        // so quick that the H bit comes before the element's transport has noticed anything
        final EnrpConfig quick = EnrpConfig.carrier().withTimers(RegistrarSettings.apply(EnrpTimers.carrier(),
            "PEER-HEARTBEAT-CYCLE=10ms,MAX-TIME-LAST-HEARD=20ms,MAX-TIME-NO-RESPONSE=10ms,Takeover.Timeout=20ms"));
        mesh = new MeshWorld(29, LinkQuality.LAN, 3, TakeoverRule.RFC, 0).with(quick, RegistrarConfig.carrier());
        for (int i = 1; i <= 3; i++) {
            mesh.registrar(i);
        }
        mesh.runMillis(1_500);
        element = mesh.element(List.of(1, 2), List.of(MeshWorld.address(1, NodeOptions.ASAP_PORT)));
        mesh.runMillis(500);
        assertThat(mesh.server(1).ownedElements()).isEqualTo(2);
    }

    private long registrations(final int registrar) {
        return mesh.server(registrar).counters().get(RegistrarCounter.REGISTRATIONS);
    }

    private SctpAddress home() {
        return element.machine(MeshElement.class).home();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kill", "powerOff", "pause", "cut"})
    void theNewHomeIsWhereItIsRenewed(final String what) {
        boot();
        switch (what) {
            case "kill" -> mesh.world().kill("r1");
            case "pause" -> mesh.world().pause("r1");
            case "cut" -> List.of("r2", "r3", element.name()).forEach(other -> mesh.world().cut("r1", other));
            default -> mesh.world().powerOff("r1");
        }
        mesh.runMillis(2_000);
        final int heir = mesh.server(2).ownedElements() == 2 ? 2 : 3;
        assertThat(mesh.server(heir).ownedElements()).isEqualTo(2);
        assertThat(element.machine(MeshElement.class).counters().get(AsapCounter.HOME_CLAIMS)).isPositive();
        assertThat(home()).isNotNull();
        assertThat(home().host()).isEqualTo(MeshWorld.address(heir, 1).host());
        final long before = registrations(heir);
        for (long t = 0; t < LIVES_MILLIS; t += 500) {
            mesh.runMillis(500);
            assertThat(mesh.server(2).elements()).isEqualTo(2);
            assertThat(mesh.server(3).elements()).isEqualTo(2);
        }
        assertThat(registrations(heir) - before).as("T4 is 5 s, pools are two").isGreaterThan(20);
        assertThat(mesh.server(heir).counters().get(RegistrarCounter.REMOVED_EXPIRED)).isZero();
        switch (what) {
            case "pause" -> mesh.world().resume("r1");
            case "cut" -> List.of("r2", "r3", element.name()).forEach(other -> mesh.world().heal("r1", other));
            default -> mesh.world().restart("r1");
        }
        mesh.runMillis(3_000);
        assertThat(new MeshChecks(mesh).complaints()).isEmpty();
    }

    /** A mesh that was cut in two: the other half takes over an element whose home lives, and is not believed. */
    @Test
    void aHomeThatLivesKeepsItsElement() {
        boot();
        mesh.world().cut("r1", "r2");
        mesh.world().cut("r1", "r3");
        for (int i = 0; i < 20; i++) {
            mesh.runMillis(1_000);
            assertThat(home().host()).isEqualTo(MeshWorld.address(1, 1).host());
            assertThat(mesh.server(1).ownedElements()).isEqualTo(2);
        }
        assertThat(element.machine(MeshElement.class).counters().get(AsapCounter.HOME_CLAIMS)).isPositive();
        mesh.world().heal("r1", "r2");
        mesh.world().heal("r1", "r3");
        mesh.runMillis(3_000);
        assertThat(new MeshChecks(mesh).complaints()).isEmpty();
    }
}
