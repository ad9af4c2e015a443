// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.poolswitch.enrp.core.EnrpConfig;
import org.poolswitch.enrp.core.EnrpCounter;
import org.poolswitch.enrp.core.EnrpServer;
import org.poolswitch.enrp.core.RegistrarConfig;
import org.poolswitch.enrp.core.RegistrarCounter;
import org.poolswitch.enrp.core.TakeoverRule;
import org.poolswitch.rserpool.PoolElementEntry;
import org.poolswitch.sim.LinkQuality;

/**
 * ENDPOINT_UNREACHABLE at a registrar that is not the element's home (RFC 5352 section 3.5): the dead go, also when
 * their home is in no state to see to it, and the living stay, whoever says what.
 */
class UnreachableReportsTest {
    private static final long MS = 1_000_000L;
    private static final int ELEMENTS = 12;

    private static MeshWorld mesh(final EnrpConfig enrp) {
        final MeshWorld mesh = new MeshWorld(19, LinkQuality.LAN, 3, TakeoverRule.RFC, 0)
            .with(enrp, RegistrarConfig.carrier());
        for (int i = 1; i <= 3; i++) {
            mesh.registrar(i);
        }
        mesh.runMillis(enrp.timers().mentorHuntNs() / MS + 500);
        for (int i = 0; i < 6; i++) {
            mesh.element(List.of(1, 2));
        }
        mesh.runMillis(1500);
        assertThat(new MeshChecks(mesh).complaints()).isEmpty();
        return mesh;
    }

    /** One whose home is number {@code registrar}: its node's name. */
    private static String elementOf(final MeshWorld mesh, final int registrar) {
        final int home = mesh.server(registrar).identifier();
        return mesh.elements().stream().filter(node -> mesh.server(registrar).asap().handlespace()
            .find(MeshWorld.pool(1), node.machine(MeshElement.class).identifier()).homeServer() == home)
            .findFirst().orElseThrow().name();
    }

    private static int identifier(final MeshWorld mesh, final String element) {
        return mesh.world().node(element).machine(MeshElement.class).identifier();
    }

    private static boolean knows(final MeshWorld mesh, final int registrar, final int element) {
        return mesh.server(registrar).asap().handlespace().find(MeshWorld.pool(1), element) != null;
    }

    private static Map<String, Integer> homes(final EnrpServer server) {
        final Map<String, Integer> homes = new TreeMap<>();
        for (PoolElementEntry e = server.asap().handlespace().first(); e != null; e = e.next()) {
            homes.put(e.pool().handle() + "/" + e.identifier(), e.homeServer());
        }
        return homes;
    }

    private static long count(final MeshWorld mesh, final int registrar, final RegistrarCounter counter) {
        return mesh.server(registrar).counters().get(counter);
    }

    @Test
    void aLivingElementStaysWhateverIsSaidOfItAndWhereverAndKeepsItsHome() {
        final MeshWorld mesh = mesh(EnrpConfig.carrier());
        final Map<String, Integer> before = homes(mesh.server(1));
        final List<RawUser> slanderers = List.of(new RawUser(mesh, 1, 6), new RawUser(mesh, 2, 6),
            new RawUser(mesh, 3, 6));
        for (int i = 0; i < 300; i++) {
            slanderers.forEach(RawUser::reportAll);
            mesh.runMillis(10);
            for (int r = 1; r <= 3; r++) {
                assertThat(homes(mesh.server(r))).isEqualTo(before);
            }
        }
        assertThat(count(mesh, 1, RegistrarCounter.FOREIGN_ASKED)).isPositive();
        for (int r = 1; r <= 3; r++) {
            assertThat(count(mesh, r, RegistrarCounter.FOREIGN_DOUBTED)).isZero();
        }
        mesh.runMillis(2000);
        assertThat(new MeshChecks(mesh).complaints()).isEmpty();
    }

    @Test
    void aLivingElementStaysThoughItsHomeIsDead() {
        final MeshWorld mesh = mesh(EnrpConfig.carrier());
        final RawUser slanderer = new RawUser(mesh, 1, 6);
        mesh.world().powerOff("r2");
        for (int i = 0; i < 300; i++) {
            slanderer.reportAll();
            mesh.runMillis(10);
            assertThat(mesh.server(1).elements()).isEqualTo(ELEMENTS);
            assertThat(mesh.server(3).elements()).isEqualTo(ELEMENTS);
        }
        mesh.world().restart("r2");
        mesh.runMillis(3000);
        assertThat(new MeshChecks(mesh).complaints()).isEmpty();
    }

    /** The registrar that hears the report cannot reach the element; its home can, and has the last word. */
    @Test
    void aLivingElementThatOneRegistrarCannotReachStays() {
        final MeshWorld mesh = mesh(EnrpConfig.carrier());
        final String name = elementOf(mesh, 2);
        final int element = identifier(mesh, name);
        mesh.world().cut("r1", name);
        final RawUser slanderer = new RawUser(mesh, 1, 6);
        for (int i = 0; i < 300; i++) {
            slanderer.report(MeshWorld.pool(1), element);
            mesh.runMillis(10);
            for (int r = 1; r <= 3; r++) {
                assertThat(knows(mesh, r, element)).isTrue();
            }
        }
        assertThat(count(mesh, 1, RegistrarCounter.FOREIGN_DOUBTED)).isPositive();
        assertThat(count(mesh, 2, RegistrarCounter.DOUBTS_OF_PEERS)).isPositive();
        assertThat(count(mesh, 1, RegistrarCounter.FOREIGN_ADOPTED)).isZero();
        mesh.world().heal("r1", name);
        mesh.runMillis(2000);
        assertThat(new MeshChecks(mesh).complaints()).isEmpty();
    }

    /** Its home is stopped, and with the standard's timers nobody will know for a minute. */
    @Test
    void aDeadElementOfAStoppedHomeIsGoneEverywhereSoonAfterOneReport() {
        final MeshWorld mesh = mesh(EnrpConfig.rfc());
        final String name = elementOf(mesh, 2);
        final int element = identifier(mesh, name);
        final RawUser user = new RawUser(mesh, 1, 1);
        mesh.runMillis(100);
        mesh.world().pause("r2");
        mesh.world().powerOff(name);
        user.report(MeshWorld.pool(1), element);
        // 400 ms for the element, as much for its home, and again for the element
        final long from = mesh.world().nowNs();
        assertThat(mesh.world().runUntil(() -> !knows(mesh, 1, element) && !knows(mesh, 3, element),
            from + 1500 * MS)).isTrue();
        assertThat(mesh.server(1).elements()).as("only it, not what lives").isEqualTo(ELEMENTS - 1);
        assertThat(count(mesh, 1, RegistrarCounter.FOREIGN_ADOPTED)).isEqualTo(1);
        assertThat(mesh.server(1).meshCounters().get(EnrpCounter.TAKEOVERS_STARTED)).isZero();
        mesh.world().resume("r2");
        mesh.runMillis(1500);
        assertThat(knows(mesh, 2, element)).isFalse();
        mesh.world().restart(name);
        mesh.runMillis(2000);
        assertThat(new MeshChecks(mesh).complaints()).isEmpty();
    }
}
