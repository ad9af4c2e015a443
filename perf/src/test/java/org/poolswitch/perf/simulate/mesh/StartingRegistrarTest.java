// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.poolswitch.enrp.core.EnrpConfig;
import org.poolswitch.enrp.core.EnrpCounter;
import org.poolswitch.enrp.core.MeshObserver;
import org.poolswitch.enrp.core.RegistrarConfig;
import org.poolswitch.enrp.core.RegistrarJournal;
import org.poolswitch.enrp.core.RegistrarSettings;
import org.poolswitch.enrp.core.TakeoverRule;
import org.poolswitch.rserpool.ParameterReader;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sim.LinkQuality;

/** RFC 5353 section 3.2: a registrar has its table before it serves, and until then says nothing that is untrue. */
class StartingRegistrarTest {
    private static final long MS = 1_000_000L;

    private static MeshWorld world() {
        return new MeshWorld(29, LinkQuality.LAN, 2, TakeoverRule.RFC, 0);
    }

    private static boolean isNegative(final byte[] answer) {
        final ParameterReader in = new ParameterReader(ByteBuffer.wrap(answer, 4, answer.length - 4).slice());
        try {
            while (in.next()) {
                if (in.type() == ParameterType.OPERATION_ERROR) {
                    return true;
                }
            }
        } catch (final MalformedException e) {
            throw new AssertionError(e);
        }
        return false;
    }

    @Test
    void whoAsksARegistrarThatIsDownloadingItsTableIsAnsweredWhenItHasIt() {
        final MeshWorld mesh = world();
        mesh.registrar(1);
        mesh.runMillis(1200);
        for (int i = 0; i < 60; i++) {
            mesh.element(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
        }
        mesh.runMillis(1000);
        mesh.registrar(2);
        final RawUser user = new RawUser(mesh, 2, 1);
        int asked = 0;
        while (!mesh.server(2).isInService()) {
            user.resolve(MeshWorld.pool(1 + asked++ % 10));
            mesh.world().runFor(MS / 10);
        }
        assertThat(mesh.server(2).meshCounters().get(EnrpCounter.HELD)).as("some came too soon").isPositive();
        mesh.runMillis(100);
        assertThat(user.answers()).hasSize(asked).noneMatch(StartingRegistrarTest::isNegative);
    }

    @Test
    void nobodyWaitsLongerThanTheMentorHunt() {
        final MeshWorld mesh = world();
        // the other one is not there
        mesh.registrar(2);
        final RawUser user = new RawUser(mesh, 2, 1);
        user.resolve(MeshWorld.pool(1));
        mesh.runMillis(EnrpConfig.carrier().timers().mentorHuntNs() / MS - 50);
        assertThat(user.answers()).isEmpty();
        mesh.runMillis(100);
        assertThat(user.answers()).hasSize(1).allMatch(StartingRegistrarTest::isNegative);
    }

    @Test
    void registrationsWaitTooAndAreAcceptedInTheEnd() {
        final MeshWorld mesh = world();
        mesh.registrar(2);
        mesh.element(List.of(1));
        mesh.runMillis(900);
        assertThat(mesh.server(2).elements()).isZero();
        mesh.runMillis(300);
        assertThat(mesh.server(2).elements()).isEqualTo(1);
    }

    @Test
    void whatWaitsIsBounded() {
        final MeshWorld mesh = world().with(EnrpConfig.carrier().withTimers(RegistrarSettings.apply(
            EnrpConfig.carrier().timers(), "Start.Held.Messages=3")), RegistrarConfig.carrier());
        mesh.registrar(2);
        final RawUser user = new RawUser(mesh, 2, 1);
        for (int i = 0; i < 10; i++) {
            user.resolve(MeshWorld.pool(1));
        }
        mesh.runMillis(1200);
        assertThat(user.answers()).hasSize(3);
        assertThat(mesh.server(2).meshCounters().get(EnrpCounter.HELD_DROPPED)).isEqualTo(7);
    }

    /** With nobody to ask there is nothing to wait for. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLoneRegistrarAnswersAtOnce(final boolean withJournal) {
        final MeshWorld mesh = new MeshWorld(31, LinkQuality.LAN, 1, TakeoverRule.RFC, 0);
        mesh.registrar(1, withJournal ? new MemoryJournal() : RegistrarJournal.NONE, MeshObserver.NONE);
        final RawUser user = new RawUser(mesh, 1, 1);
        user.resolve(MeshWorld.pool(1));
        mesh.runMillis(20);
        assertThat(user.answers()).hasSize(1).allMatch(StartingRegistrarTest::isNegative);
        mesh.element(List.of(1));
        mesh.runMillis(200);
        mesh.world().kill("r1");
        mesh.runMillis(20);
        mesh.world().restart("r1");
        assertThat(mesh.server(1).isInService()).isTrue();
        assertThat(mesh.server(1).elements()).isEqualTo(withJournal ? 1 : 0);
    }
}
