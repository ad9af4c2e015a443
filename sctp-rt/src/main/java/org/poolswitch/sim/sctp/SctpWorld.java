// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim.sctp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.poolswitch.runtime.NodeMachine;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.udp.EncapsulatedEndpoint;
import org.poolswitch.sim.FaultPlan;
import org.poolswitch.sim.LinkQuality;
import org.poolswitch.sim.SimConfig;
import org.poolswitch.sim.SimNode;
import org.poolswitch.sim.SimWorld;

/**
 * Two or three endpoints and their users under faults, all drawn from a seed.
 *
 * <p>Safety, all the time: per stream once and in order; octets intact; every message received, handed back or
 * abandoned; books that agree with what is held; limits kept. Liveness, when everything is healed: every association
 * moves data or dies, and is opened again. In the end everything is closed, and nothing may be left.
 */
public final class SctpWorld {
    private static final long MS = 1_000_000L;
    private static final long CHECK_NS = 20 * MS;
    private static final int FIRST_PORT = 49_152;

    private final WorldPlan plan;
    private final FaultPlan faults;
    private final SimWorld world;
    private final Ledger ledger = new Ledger();
    private final Map<String, Talker> talkers = new LinkedHashMap<>();

    /** Boots everybody. */
    public SctpWorld(final long seed) {
        final RandomGenerator random = new SplittableRandom(seed);
        plan = WorldPlan.draw(random);
        faults = plan.faults(random);
        world = new SimWorld(seed, SimConfig.defaults(plan.nodes().get(0).sctp()).withLink(plan.link())
            .withCheckEveryNs(CHECK_NS));
        world.addInvariant(w -> w.nodes().forEach(node -> {
            if (node.state() != SimNode.State.DEAD) {
                node.core().audit();
            }
        }));
        plan.nodes().forEach(this::add);
    }

    private void add(final WorldPlan.Node node) {
        world.addNode(node.name(), node.hosts(), (endpoint, random) -> boot(node, endpoint, random), node.port(),
            node.listening(), node.driftPpm(), node.sctp());
    }

    private NodeMachine boot(final WorldPlan.Node node, final SctpEndpoint endpoint, final RandomGenerator random) {
        if (node.sticky()) {
            ((EncapsulatedEndpoint) endpoint).core().startPortsAt(Math.max(FIRST_PORT, node.port()));
        }
        final Talker before = talkers.get(node.name());
        if (before != null) {
            before.die();
        }
        final List<SctpAddress> peers = new ArrayList<>();
        for (final WorldPlan.Node other : plan.nodes()) {
            if (node.caller() && other != node && other.listening()) {
                peers.add(new SctpAddress(other.hosts(), other.port(), world.config().encapsulationPort()));
            }
        }
        final Talker talker = new Talker(node.name(), endpoint, random, peers, plan.habits(), ledger);
        talkers.put(node.name(), talker);
        return talker;
    }

    /** The simulated world, for taps and the like. */
    public SimWorld world() {
        return world;
    }

    /**
     * Lives through it.
     *
     * @return what happened
     * @throws org.poolswitch.sim.SimFailure if a promise is broken; it names the seed
     */
    public SctpOutcome run() {
        faults.apply(world);
        world.run(WorldPlan.FAULTS_END_NS + 1);
        world.network().healAll();
        world.network().setQuality(LinkQuality.LAN);
        talkers.values().forEach(Talker::beQuiet);
        final long healedNs = world.nowNs();
        wait("not healed", talker -> talker.isWellSince(healedNs), plan.patient() ? 600_000 * MS : 20_000 * MS);
        talkers.values().forEach(Talker::leave);
        wait("not closed", Talker::isIdle, plan.patient() ? 600_000 * MS : 10_000 * MS);
        // what duplicates of packets may still be on their way
        world.runFor(100 * MS);
        final List<String> wrong = ledger.complaints();
        for (final SimNode node : world.nodes()) {
            if (node.core().associations() > 0) {
                wrong.add(node.name() + " still has " + node.core().associations() + " associations");
            }
        }
        if (!wrong.isEmpty()) {
            throw failure(String.join("; ", wrong));
        }
        return ledger.outcome();
    }

    private void wait(final String otherwise, final Predicate<Talker> condition, final long longestNs) {
        if (!world.runUntil(() -> talkers.values().stream().allMatch(condition), world.nowNs() + longestNs)) {
            throw failure(otherwise + ": " + talkers.values().stream().map(Talker::state).toList());
        }
    }

    private AssertionError failure(final String what) {
        return world.failure(what + "\n" + plan + "\n" + faults);
    }
}
