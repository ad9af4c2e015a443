// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.poolswitch.enrp.core.EnrpCounter;
import org.poolswitch.enrp.core.EnrpServer;
import org.poolswitch.enrp.core.MeshObserver;
import org.poolswitch.enrp.core.RegistrarCounter;
import org.poolswitch.enrp.core.TakeoverRule;
import org.poolswitch.sim.LinkQuality;

/** One story each: what a mesh of registrars must do, and what once went wrong. */
class MeshScenariosTest {
    private static final long MS = 1_000_000L;

    private static MeshWorld mesh(final int registrars, final TakeoverRule rule) {
        final MeshWorld mesh = new MeshWorld(7, LinkQuality.LAN, registrars, rule, 0);
        for (int i = 1; i <= registrars; i++) {
            mesh.registrar(i);
        }
        for (int i = 0; i < 6; i++) {
            mesh.element(List.of(1, 2, 3));
        }
        mesh.runMillis(1500);
        assertThat(new MeshChecks(mesh).complaints()).isEmpty();
        return mesh;
    }

    private static long millisUntil(final MeshWorld mesh, final BooleanSupplier condition) {
        final long from = mesh.world().nowNs();
        assertThat(mesh.world().runUntil(condition, from + 10_000 * MS)).isTrue();
        return (mesh.world().nowNs() - from) / MS;
    }

    private static void assertHealed(final MeshWorld mesh) {
        assertThat(new MeshChecks(mesh).complaints()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(TakeoverRule.class)
    void aKilledRegistrarIsTakenOverWithinHalfASecond(final TakeoverRule rule) {
        final MeshWorld mesh = mesh(3, rule);
        final int dead = mesh.server(2).identifier();
        mesh.world().kill("r2");
        final long millis = millisUntil(mesh, () -> mesh.server(1).peers() == 1 && mesh.server(3).peers() == 1);
        assertThat(millis).isLessThan(500);
        for (final int i : new int[] {1, 3}) {
            assertThat(mesh.server(i).asap().handlespace().owned(dead)).isZero();
            assertThat(mesh.server(i).elements()).isEqualTo(18);
        }
        // one of the two, and all of it
        assertThat(mesh.server(1).meshCounters().get(EnrpCounter.TAKEOVERS_DONE)
            + mesh.server(3).meshCounters().get(EnrpCounter.TAKEOVERS_DONE)).isEqualTo(1);
        mesh.runMillis(1000);
        assertThat(mesh.server(1).ownedElements() + mesh.server(3).ownedElements()).isEqualTo(18);
        mesh.world().restart("r2");
        mesh.runMillis(2000);
        assertHealed(mesh);
    }

    @Test
    void twoRegistrarsNeedNobodyElseForATakeover() {
        final MeshWorld mesh = mesh(2, TakeoverRule.RFC);
        mesh.world().powerOff("r1");
        assertThat(millisUntil(mesh, () -> mesh.server(2).ownedElements() == 18)).isLessThan(1000);
        mesh.world().restart("r1");
        mesh.runMillis(2000);
        assertHealed(mesh);
    }

    @Test
    void twoOfThreeThatDieTogetherAreBothTakenOver() {
        final MeshWorld mesh = mesh(3, TakeoverRule.RFC);
        mesh.world().powerOff("r1");
        mesh.world().powerOff("r2");
        millisUntil(mesh, () -> mesh.server(3).peers() == 0 && mesh.server(3).ownedElements() == 18);
        mesh.world().restart("r1");
        mesh.world().restart("r2");
        mesh.runMillis(2500);
        assertHealed(mesh);
    }

    @Test
    void aKilledElementIsGoneEverywhereWithin200Milliseconds() {
        final MeshWorld mesh = mesh(3, TakeoverRule.RFC);
        mesh.world().kill("pe4");
        assertThat(millisUntil(mesh, () -> mesh.server(1).elements() == 15 && mesh.server(2).elements() == 15
            && mesh.server(3).elements() == 15)).isLessThan(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 7})
    void registrarsThatStartTogetherFindTogether(final int count) {
        final MeshWorld mesh = new MeshWorld(3, LinkQuality.LAN, count, TakeoverRule.RFC, 0);
        for (int i = 1; i <= count; i++) {
            mesh.registrar(i);
        }
        final long millis = millisUntil(mesh, () -> mesh.registrars().stream().allMatch(
            node -> node.machine(EnrpServer.class).isInService()));
        assertThat(millis).isLessThan(1000);
        mesh.runMillis(500);
        assertHealed(mesh);
    }

    @Test
    void aRegistrarThatJoinsHasTheWholeTableBeforeItServes() {
        final MeshWorld mesh = new MeshWorld(5, LinkQuality.LAN, 2, TakeoverRule.RFC, 0);
        mesh.registrar(1);
        mesh.runMillis(1200);
        for (int i = 0; i < 40; i++) {
            mesh.element(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
        }
        mesh.runMillis(1000);
        mesh.registrar(2);
        millisUntil(mesh, () -> mesh.server(2).isInService());
        assertThat(mesh.server(2).elements()).isEqualTo(400);
        // more than one page of it
        assertThat(mesh.server(2).meshCounters().get(EnrpCounter.TABLE_PAGES_RECEIVED)).isGreaterThan(1);
        assertThat(mesh.server(2).meshCounters().get(EnrpCounter.AUDITS)).isZero();
        mesh.runMillis(500);
        assertHealed(mesh);
    }

    @Test
    void anOrderlyLeaverGivesItsElementsAwayFirst() {
        final MeshWorld mesh = mesh(3, TakeoverRule.RFC);
        final int owned = mesh.server(1).ownedElements();
        assertThat(owned).isPositive();
        mesh.world().node("r1").act(endpoint -> mesh.server(1).beginDrain(mesh.world().node("r1").clockNs()));
        assertThat(millisUntil(mesh, () -> mesh.server(1).isDrained())).isLessThan(200);
        assertThat(mesh.server(1).ownedElements()).isZero();
        assertThat(mesh.server(2).elements()).isEqualTo(18);
        assertThat(mesh.server(2).meshCounters().get(EnrpCounter.TAKEOVERS_STARTED)).isZero();
        mesh.world().kill("r1");
        mesh.runMillis(1000);
        assertThat(mesh.server(2).ownedElements() + mesh.server(3).ownedElements()).isEqualTo(18);
    }

    @Test
    void aLastLeaverHasNobodyToGiveTo() {
        final MeshWorld mesh = mesh(1, TakeoverRule.RFC);
        mesh.world().node("r1").act(endpoint -> mesh.server(1).beginDrain(mesh.world().node("r1").clockNs()));
        assertThat(mesh.server(1).isDrained()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(TakeoverRule.class)
    void aMeshThatWasSplitIsOneAgainWithinTwoSeconds(final TakeoverRule rule) {
        final MeshWorld mesh = mesh(4, rule);
        for (final String a : List.of("r1", "r2")) {
            mesh.world().cut(a, "r3");
            mesh.world().cut(a, "r4");
        }
        mesh.runMillis(3000);
        // both halves serve all elements: none of them was cut off
        assertThat(mesh.server(1).peers()).isEqualTo(1);
        assertThat(mesh.server(1).elements()).isEqualTo(18);
        assertThat(mesh.server(3).elements()).isEqualTo(18);
        for (final String a : List.of("r1", "r2")) {
            mesh.world().heal(a, "r3");
            mesh.world().heal(a, "r4");
        }
        assertThat(millisUntil(mesh, () -> new MeshChecks(mesh).complaints().isEmpty())).isLessThan(2000);
    }

    @Test
    void aRegistrarThatWasPausedAndTakenOverComesBack() {
        // once the elements that others had taken over were lost: it claimed them back and could not reach them
        final MeshWorld mesh = mesh(3, TakeoverRule.RFC);
        mesh.world().pause("r2");
        mesh.runMillis(1500);
        assertThat(mesh.server(1).peers()).isEqualTo(1);
        mesh.world().resume("r2");
        mesh.runMillis(2000);
        assertHealed(mesh);
    }

    @Test
    void anElementThatChangesItsRegistrarTwiceInAMomentIsKnownAtTheLast() {
        // once a registrar insisted on a claim of 390 ms ago, and an element registered elsewhere was lost (seed 200)
        final MeshWorld mesh = mesh(3, TakeoverRule.RFC);
        for (int i = 1; i <= 3; i++) {
            mesh.world().cut("pe3", "r" + i);
            mesh.runMillis(390);
            mesh.world().heal("pe3", "r" + i);
        }
        mesh.runMillis(2000);
        assertHealed(mesh);
    }

    @Test
    void anElementThatWasSilentButLivesRegistersAgain() {
        // once it never learned that it had been removed, for its association had outlived the silence (seed 82)
        final MeshWorld mesh = mesh(2, TakeoverRule.RFC);
        mesh.world().pause("pe2");
        mesh.runMillis(1800);
        assertThat(mesh.server(1).elements()).isEqualTo(15);
        mesh.world().resume("pe2");
        mesh.runMillis(2000);
        assertHealed(mesh);
    }

    @Test
    void oneDirectionAloneIsNotEnoughForAPeer() {
        final MeshWorld mesh = mesh(3, TakeoverRule.RFC);
        mesh.world().cutOneWay("r1", "r2");
        mesh.runMillis(2000);
        mesh.world().heal("r1", "r2");
        mesh.runMillis(2000);
        assertHealed(mesh);
    }

    @Test
    void aStormOfRegistrationsLeavesTheMeshOfOneMind() {
        final MeshWorld mesh = new MeshWorld(11, LinkQuality.LAN.withLoss(0.01), 3, TakeoverRule.RFC, 100);
        for (int i = 1; i <= 3; i++) {
            mesh.registrar(i);
        }
        for (int i = 0; i < 30; i++) {
            mesh.element(List.of(1, 2, 3, 4, 5, 6, 7, 8));
        }
        mesh.runMillis(1500);
        for (int i = 1; i <= 30; i++) {
            mesh.world().kill("pe" + i);
            mesh.world().restart("pe" + i);
        }
        mesh.runMillis(2500);
        assertHealed(mesh);
    }

    @Test
    void aLoneRegistrarComesBackFromItsJournal() {
        final MeshWorld mesh = new MeshWorld(13, LinkQuality.LAN, 1, TakeoverRule.RFC, 0);
        mesh.registrar(1, new MemoryJournal(), MeshObserver.NONE);
        for (int i = 0; i < 4; i++) {
            mesh.element(List.of(1, 2));
        }
        mesh.runMillis(500);
        final int identifier = mesh.server(1).identifier();
        mesh.world().kill("r1");
        mesh.world().kill("pe4");
        mesh.runMillis(50);
        mesh.world().restart("r1");
        // at once, before anybody has registered again
        assertThat(mesh.server(1).identifier()).isEqualTo(identifier);
        assertThat(mesh.server(1).elements()).isEqualTo(8);
        assertThat(mesh.server(1).isInService()).isTrue();
        // and then each was asked: who is dead is gone
        mesh.runMillis(1000);
        assertThat(mesh.server(1).elements()).isEqualTo(6);
        mesh.world().restart("pe4");
        mesh.runMillis(1000);
        assertHealed(mesh);
    }

    @Test
    void aRegistrarWithAJournalBelievesItsPeersMore() {
        final MeshWorld mesh = new MeshWorld(17, LinkQuality.LAN, 3, TakeoverRule.RFC, 0);
        final MemoryJournal journal = new MemoryJournal();
        mesh.registrar(1, journal, MeshObserver.NONE);
        mesh.registrar(2);
        mesh.registrar(3);
        for (int i = 0; i < 6; i++) {
            mesh.element(List.of(1, 2));
        }
        mesh.runMillis(1500);
        mesh.world().kill("r1");
        mesh.runMillis(1000);
        // one goes and one comes while it is away
        mesh.world().kill("pe1");
        mesh.element(List.of(1, 2));
        mesh.runMillis(1000);
        mesh.world().restart("r1");
        mesh.runMillis(2000);
        assertThat(mesh.server(1).elements()).isEqualTo(12);
        assertThat(journal.size()).isEqualTo(12);
        mesh.world().restart("pe1");
        mesh.runMillis(1000);
        assertHealed(mesh);
    }

    @Test
    void aJournalIsWrittenWhenSomethingChangesNotWhenRegistrationsGoOn() {
        final MeshWorld mesh = new MeshWorld(37, LinkQuality.LAN, 2, TakeoverRule.RFC, 0);
        final List<MemoryJournal> journals = List.of(new MemoryJournal(), new MemoryJournal());
        mesh.registrar(1, journals.get(0), MeshObserver.NONE);
        mesh.registrar(2, journals.get(1), MeshObserver.NONE);
        for (int i = 0; i < 6; i++) {
            mesh.element(List.of(1, 2));
        }
        mesh.runMillis(3000);
        final long registrations = mesh.server(1).counters().get(RegistrarCounter.REGISTRATIONS)
            + mesh.server(2).counters().get(RegistrarCounter.REGISTRATIONS);
        final List<Integer> puts = journals.stream().map(MemoryJournal::puts).toList();
        mesh.runMillis(20_000);
        assertThat(mesh.server(1).counters().get(RegistrarCounter.REGISTRATIONS)
            + mesh.server(2).counters().get(RegistrarCounter.REGISTRATIONS)).isGreaterThan(registrations + 30);
        assertThat(journals.stream().map(MemoryJournal::puts).toList()).isEqualTo(puts);
        // longer ago than a registration lives: a restart begins all lives anew, and asks everybody
        mesh.world().kill("r1");
        mesh.runMillis(20);
        mesh.world().restart("r1");
        assertThat(mesh.server(1).elements()).isEqualTo(12);
        mesh.runMillis(3000);
        assertHealed(mesh);
    }
}
