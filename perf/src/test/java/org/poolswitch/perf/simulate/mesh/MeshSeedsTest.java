// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolswitch.enrp.core.TakeoverRule;
import org.poolswitch.sim.LinkQuality;

/** Many meshes drawn from seeds; what they found wrong has become {@link MeshScenariosTest}. */
class MeshSeedsTest {
    private static final int SEEDS = 500;

    @Test
    void everyMeshHeals() {
        final List<String> wrong = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            wrong.addAll(new MeshScenario(seed).run());
        }
        assertThat(wrong).as("each with its seed: ./poolswitch simulate mesh --seeds N").isEmpty();
    }

    /** A registrar that takes over one from which it is cut off gets elements of which it never heard. */
    @Test
    void whatTheNewHomeNeverHeardOfIsNotLost() {
        assertThat(new MeshScenario(925).run()).isEmpty();
    }

    @Test
    void aSeedIsOneHistory() {
        final MeshScenario once = new MeshScenario(7);
        final MeshScenario again = new MeshScenario(7);
        final MeshScenario another = new MeshScenario(8);
        assertThat(once.run()).isEqualTo(again.run());
        another.run();
        assertThat(once.traceHash()).isEqualTo(again.traceHash()).isNotEqualTo(another.traceHash());
    }

    @Test
    void newSeedsToo() {
        final long first = Long.getLong("poolswitch.seed", System.nanoTime() >>> 1);
        for (long seed = first; seed < first + 10; seed++) {
            assertThat(new MeshScenario(seed).run()).as("seed " + seed).isEmpty();
        }
    }

    @Test
    void aMeshThatHasNotHealedIsTold() {
        final MeshWorld mesh = new MeshWorld(1, LinkQuality.LAN, 2, TakeoverRule.RFC, 0);
        mesh.registrar(1);
        mesh.registrar(2);
        mesh.element(List.of(1));
        mesh.element(List.of(1, 2));
        mesh.runMillis(1000);
        assertThat(new MeshChecks(mesh).complaints()).isEmpty();
        mesh.world().kill("pe1");
        mesh.world().restart("pe1");
        assertThat(new MeshChecks(mesh).complaints()).anyMatch(text -> text.contains("keeps a dead element pool-1/"))
            .anyMatch(text -> text.contains("pe1 is not registered"));
        mesh.world().cut("r1", "r2");
        mesh.runMillis(1000);
        assertThat(new MeshChecks(mesh).complaints()).anyMatch(text -> text.contains("r1 has 0 peers of 1"));
    }
}
