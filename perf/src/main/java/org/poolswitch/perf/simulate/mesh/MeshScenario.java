// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate.mesh;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.poolswitch.enrp.core.EnrpServer;
import org.poolswitch.enrp.core.MeshObserver;
import org.poolswitch.enrp.core.RegistrarJournal;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.sim.FaultPlan;
import org.poolswitch.sim.FaultPlan.Kind;
import org.poolswitch.sim.SimNode;

/** One seed: a mesh is built, hit, healed and judged. */
public final class MeshScenario {
    private static final long MS = 1_000_000L;
    /** Checksums agree, and every element is known everywhere, so long after the last fault is undone. */
    public static final long HEALED_MILLIS = 2_000;
    private static final long SETTLE_MILLIS = 1_500;
    private static final long FAULTY_MILLIS = 3_000;
    private static final long LONGEST_FAULT_MILLIS = 1_500;
    private static final int MOST_COMPLAINTS = 12;
    private static final long ASKED_MILLIS = 450;

    private final long seed;
    private long traceHash;

    /** @param seed everything follows from it */
    public MeshScenario(final long seed) {
        this.seed = seed;
    }

    /** Runs it. @return what went wrong, with what was done; empty if nothing did */
    public List<String> run() {
        final MeshPlan plan = MeshPlan.draw(seed);
        final MeshWorld mesh = build(plan);
        mesh.runMillis(SETTLE_MILLIS);
        final long now = mesh.world().nowNs();
        final FaultPlan faults = FaultPlan.draw(new SplittableRandom(~seed), List.of(Kind.KILL, Kind.CUT, Kind.PAUSE,
            Kind.ISOLATE, Kind.CUT_ONE_WAY, Kind.POWER_OFF, Kind.SLOW), victims(mesh), plan.faults(), now + 100 * MS,
            now + FAULTY_MILLIS * MS, LONGEST_FAULT_MILLIS * MS);
        faults.apply(mesh.world());
        if (plan.storm()) {
            mesh.world().after(FAULTY_MILLIS / 2 * MS, () -> storm(mesh));
        }
        mesh.world().addInvariant(world -> bounded(mesh, plan));
        mesh.runMillis(FAULTY_MILLIS + HEALED_MILLIS);
        List<String> wrong = new ArrayList<>(new MeshChecks(mesh).complaints());
        wrong.addAll(unanswered(mesh));
        traceHash = mesh.world().traceHash();
        if (!wrong.isEmpty()) {
            wrong = new ArrayList<>(wrong.size() > MOST_COMPLAINTS ? wrong.subList(0, MOST_COMPLAINTS) : wrong);
            wrong.add(0, "seed " + seed + ", " + plan + ", " + faults);
        }
        return wrong;
    }

    /** {@link org.poolswitch.sim.SimWorld#traceHash} of the run; 0 if it broke on its way. */
    public long traceHash() {
        return traceHash;
    }

    private MeshWorld build(final MeshPlan plan) {
        final MeshWorld mesh = new MeshWorld(seed, plan.link(), plan.registrars(), plan.rule(), plan.driftPpm());
        final SplittableRandom random = new SplittableRandom(seed + 1);
        for (int i = 1; i <= plan.registrars(); i++) {
            mesh.registrar(i, plan.journals() ? new MemoryJournal() : RegistrarJournal.NONE, MeshObserver.NONE);
            mesh.runMillis(random.nextInt(2) == 0 ? 0 : random.nextInt(300));
        }
        for (int i = 0; i < plan.processes(); i++) {
            mesh.element(some(plan.pools(), plan.poolsEach(), random));
        }
        for (int i = 0; i < plan.users(); i++) {
            mesh.user(some(plan.pools(), plan.poolsUsed(), random));
        }
        return mesh;
    }

    /** Every user, of every pool that has an element: asked four times, it answers. */
    private static List<String> unanswered(final MeshWorld mesh) {
        final Set<PoolHandle> served = new HashSet<>();
        mesh.elements().forEach(node -> served.addAll(node.machine(MeshElement.class).pools()));
        final List<MeshUser> users = mesh.users().stream().map(node -> node.machine(MeshUser.class)).toList();
        users.forEach(MeshUser::askAll);
        mesh.runMillis(ASKED_MILLIS);
        final List<String> wrong = new ArrayList<>();
        for (final SimNode node : mesh.users()) {
            node.machine(MeshUser.class).silent().stream().filter(served::contains)
                .forEach(pool -> wrong.add(node.name() + " has no answer from " + pool));
        }
        return wrong;
    }

    private static List<Integer> some(final int all, final int wanted, final SplittableRandom random) {
        final List<Integer> pools = new ArrayList<>();
        for (int i = 1; i <= all; i++) {
            pools.add(i);
        }
        Collections.shuffle(pools, new Random(random.nextLong()));
        return List.copyOf(pools.subList(0, wanted));
    }

    private static List<String> victims(final MeshWorld mesh) {
        final List<String> names = new ArrayList<>();
        mesh.registrars().forEach(node -> names.add(node.name()));
        mesh.elements().forEach(node -> names.add(node.name()));
        return names;
    }

    private static void storm(final MeshWorld mesh) {
        for (final SimNode node : mesh.elements()) {
            if (node.state() == SimNode.State.RUNNING) {
                mesh.world().kill(node.name());
                mesh.world().restart(node.name());
            }
        }
    }

    /** All the time: nobody knows more peers than there were incarnations, nor more elements than ever registered. */
    private static void bounded(final MeshWorld mesh, final MeshPlan plan) {
        int servers = 0;
        int elements = 0;
        for (final SimNode node : mesh.registrars()) {
            servers += node.incarnation();
        }
        for (final SimNode node : mesh.elements()) {
            elements += node.incarnation() * plan.poolsEach();
        }
        for (final SimNode node : mesh.registrars()) {
            final EnrpServer server = node.machine(EnrpServer.class);
            if (server.peers() >= servers || server.elements() > elements) {
                throw new IllegalStateException(node.name() + " knows " + server.peers() + " peers and "
                    + server.elements() + " elements, of " + servers + " and " + elements + " that ever were");
            }
        }
    }
}
