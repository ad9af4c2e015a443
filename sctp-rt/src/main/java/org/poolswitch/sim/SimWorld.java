// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.poolswitch.sctp.SctpConfig;

/**
 * A world of its own: virtual time, a network, nodes, faults. Everything that is random comes from one seed, so the
 * same seed and the same calls give the same history, datagram for datagram ({@link #traceHash}).
 */
public final class SimWorld {
    private final long seed;
    private final SimConfig config;
    private final SplittableRandom root;
    private final SimNetwork network;
    private final SimClock clock = new SimClock();
    private final SimHistory history = new SimHistory(clock);
    private final Map<String, SimNode> nodes = new LinkedHashMap<>();
    private final List<Invariant> invariants = new ArrayList<>();
    private long nextCheckNs;

    /** An empty world at time 0. */
    public SimWorld(final long seed, final SimConfig config) {
        this.seed = seed;
        this.config = config;
        this.root = new SplittableRandom(seed);
        this.network = new SimNetwork(this, root.split(), config.link());
    }

    /** Adds a listening node and boots it at once. */
    public SimNode addNode(final String name, final InetAddress host, final SimNodeFactory factory,
        final int listenPort) {
        return addNode(name, host, factory, listenPort, true, 0);
    }

    /** Adds a node that only opens associations, and boots it at once. */
    public SimNode addClient(final String name, final InetAddress host, final SimNodeFactory factory,
        final int localPort) {
        return addNode(name, host, factory, localPort, false, 0);
    }

    /**
     * Adds a node and boots it at once.
     *
     * @param driftPpm how many parts per million its clock runs too fast
     */
    public SimNode addNode(final String name, final InetAddress host, final SimNodeFactory factory, final int port,
        final boolean listening, final long driftPpm) {
        return addNode(name, List.of(host), factory, port, listening, driftPpm);
    }

    /** The same for a multi-homed node: its addresses, the primary first. */
    public SimNode addNode(final String name, final List<InetAddress> hosts, final SimNodeFactory factory,
        final int port, final boolean listening, final long driftPpm) {
        return addNode(name, hosts, factory, port, listening, driftPpm, config.sctp());
    }

    /** The same for a node with SCTP settings of its own. */
    public SimNode addNode(final String name, final List<InetAddress> hosts, final SimNodeFactory factory,
        final int port, final boolean listening, final long driftPpm, final SctpConfig sctp) {
        return addNode(name, hosts, (endpoints, random) -> factory.boot(endpoints.get(0), random), List.of(port),
            listening, driftPpm, sctp);
    }

    /** The same for a node with several SCTP ports behind its UDP port. */
    public SimNode addNode(final String name, final List<InetAddress> hosts,
        final SimNodeFactory.OfSeveralPorts factory, final List<Integer> ports, final boolean listening,
        final long driftPpm) {
        return addNode(name, hosts, factory, ports, listening, driftPpm, config.sctp());
    }

    private SimNode addNode(final String name, final List<InetAddress> hosts,
        final SimNodeFactory.OfSeveralPorts factory, final List<Integer> ports, final boolean listening,
        final long driftPpm, final SctpConfig sctp) {
        final SimNode node = new SimNode(this, name, hosts, factory, ports, listening, driftPpm, sctp);
        if (nodes.putIfAbsent(name, node) != null) {
            throw new IllegalArgumentException("there is a node " + name + " already");
        }
        hosts.forEach(network::addHost);
        guarded(name + " boots", () -> node.boot(root.split()));
        return node;
    }

    /** A node by its name. */
    public SimNode node(final String name) {
        final SimNode node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException("there is no node " + name);
        }
        return node;
    }

    /** All nodes, in the order in which they were added. */
    public Collection<SimNode> nodes() {
        return nodes.values();
    }

    /** SIGKILL: the process is gone, its host answers for it. */
    public void kill(final String name) {
        history.note("kill " + name);
        node(name).kill();
    }

    /** The power fails: gone, and nothing answers. */
    public void powerOff(final String name) {
        history.note("power off " + name);
        node(name).hosts().forEach(network::isolate);
        node(name).kill();
    }

    /** Boots a dead node again (and gives its host power and cable). */
    public void restart(final String name) {
        history.note("restart " + name);
        node(name).hosts().forEach(network::rejoin);
        guarded(name + " boots", () -> node(name).boot(root.split()));
    }

    /** SIGSTOP. */
    public void pause(final String name) {
        history.note("pause " + name);
        node(name).pause();
    }

    /** SIGCONT. */
    public void resume(final String name) {
        history.note("resume " + name);
        guarded(name + " resumes", () -> node(name).resume());
    }

    /** From now on each datagram costs this node so much time; 0 makes it fast again. */
    public void slow(final String name, final long nsPerDatagram) {
        history.note("slow " + name + " " + nsPerDatagram);
        node(name).setProcessingNs(nsPerDatagram);
    }

    /** The node's user takes no events from its transport, or does again. */
    public void deafen(final String name, final boolean deaf) {
        history.note((deaf ? "deafen " : "undeafen ") + name);
        guarded(name + " hears again", () -> node(name).setDeaf(deaf));
    }

    /** The NAT in front of the node gives its connections other ports. */
    public void rebind(final String name) {
        history.note("rebind " + name);
        network.rebind(node(name));
    }

    /** From now on so much of what one node sends to another is lost, whatever the link's quality. */
    public void burst(final String from, final String to, final double loss) {
        history.note("burst " + from + " > " + to + " " + loss);
        for (final InetAddress a : node(from).hosts()) {
            node(to).hosts().forEach(b -> network.setBurst(a, b, loss));
        }
    }

    /** Nothing passes between two nodes. */
    public void cut(final String a, final String b) {
        cutOneWay(a, b);
        cutOneWay(b, a);
    }

    /** Nothing passes from one node to the other. */
    public void cutOneWay(final String from, final String to) {
        history.note("cut " + from + " > " + to);
        for (final InetAddress a : node(from).hosts()) {
            node(to).hosts().forEach(b -> network.cutOneWay(a, b));
        }
    }

    /** Undoes {@link #cut}. */
    public void heal(final String a, final String b) {
        history.note("heal " + a + " " + b);
        for (final InetAddress x : node(a).hosts()) {
            for (final InetAddress y : node(b).hosts()) {
                network.healOneWay(x, y);
                network.healOneWay(y, x);
            }
        }
    }

    /** One cable of several is pulled: the one at this address of the node. */
    public void cutPath(final String name, final int hostIndex) {
        history.note("cut path " + hostIndex + " of " + name);
        network.isolate(host(name, hostIndex));
    }

    /** Undoes {@link #cutPath}. */
    public void healPath(final String name, final int hostIndex) {
        history.note("heal path " + hostIndex + " of " + name);
        network.rejoin(host(name, hostIndex));
    }

    private InetAddress host(final String name, final int index) {
        final List<InetAddress> hosts = node(name).hosts();
        return hosts.get(index % hosts.size());
    }

    /** Pulls all cables of a node. */
    public void isolate(final String name) {
        history.note("isolate " + name);
        node(name).hosts().forEach(network::isolate);
    }

    /** Plugs them in again. */
    public void rejoin(final String name) {
        history.note("rejoin " + name);
        node(name).hosts().forEach(network::rejoin);
    }

    /** Runs something at a time that is not in the past. */
    public void schedule(final long atNs, final Runnable action) {
        clock.schedule(atNs, action);
    }

    /** Runs something after a while. */
    public void after(final long delayNs, final Runnable action) {
        clock.schedule(clock.nowNs() + delayNs, action);
    }

    /** Adds something that must be true all the time. */
    public void addInvariant(final Invariant invariant) {
        invariants.add(invariant);
    }

    /** Lets time pass until {@code untilNs}. */
    public void run(final long untilNs) {
        runUntil(() -> false, untilNs);
    }

    /** Lets time pass. */
    public void runFor(final long ns) {
        run(clock.nowNs() + ns);
    }

    /**
     * Lets time pass until a condition holds.
     *
     * @param untilNs when to give up
     * @return whether it holds
     */
    public boolean runUntil(final BooleanSupplier condition, final long untilNs) {
        while (!condition.getAsBoolean()) {
            final Runnable next = clock.next(untilNs);
            if (next == null) {
                checkInvariants();
                return condition.getAsBoolean();
            }
            if (clock.eventsNow() > config.maxEventsAtOneTime()) {
                throw failure("somebody runs in circles");
            }
            guarded("an event", next);
            if (clock.nowNs() >= nextCheckNs) {
                checkInvariants();
            }
        }
        return true;
    }

    private void checkInvariants() {
        nextCheckNs = clock.nowNs() + config.checkEveryNs();
        for (final Invariant invariant : invariants) {
            guarded("an invariant does not hold", () -> invariant.check(this));
        }
    }

    private void guarded(final String what, final Runnable action) {
        try {
            action.run();
        } catch (final SimFailure e) {
            throw e;
        } catch (final RuntimeException | AssertionError e) {
            throw failure(what + ": " + e, e);
        }
    }

    void trace(final long value) {
        history.trace(value);
    }

    /** A number that two histories share only if every datagram and fault was the same at the same time. */
    public long traceHash() {
        return history.hash();
    }

    /** Virtual time. */
    public long nowNs() {
        return clock.nowNs();
    }

    /** The seed. */
    public long seed() {
        return seed;
    }

    /** A fresh generator for workload or faults, its sequence fixed by the seed and by the order of such calls. */
    public RandomGenerator newRandom() {
        return root.split();
    }

    /** The network. */
    public SimNetwork network() {
        return network;
    }

    /** The settings. */
    public SimConfig config() {
        return config;
    }

    /** A failure of this world, with its seed and faults, for whoever finds one from outside. */
    public SimFailure failure(final String what) {
        return failure(what, null);
    }

    private SimFailure failure(final String what, final Throwable cause) {
        return new SimFailure(seed, clock.nowNs(), what + history.text(), cause);
    }
}
