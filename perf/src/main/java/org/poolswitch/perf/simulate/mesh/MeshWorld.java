// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate.mesh;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.enrp.core.EnrpConfig;
import org.poolswitch.enrp.core.EnrpServer;
import org.poolswitch.enrp.core.MeshObserver;
import org.poolswitch.enrp.core.MeshSetup;
import org.poolswitch.enrp.core.RegistrarConfig;
import org.poolswitch.enrp.core.RegistrarJournal;
import org.poolswitch.enrp.core.TakeoverRule;
import org.poolswitch.enrp.wire.EnrpType;
import org.poolswitch.launch.NodeOptions;
import org.poolswitch.rserpool.PolicyType;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.rserpool.SelectionPolicies;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sim.LinkQuality;
import org.poolswitch.sim.SimConfig;
import org.poolswitch.sim.SimNode;
import org.poolswitch.sim.SimWorld;

/** A simulated mesh of registrars with processes that are elements and users of pools. Nodes boot as real ones do. */
public final class MeshWorld {
    private static final long MS = 1_000_000L;
    private static final int UDP = SctpAddress.DEFAULT_ENCAPSULATION_PORT;
    private static final int ELEMENT_PORT = 7000;
    private static final int USER_PORT = 40_000;

    private final SimWorld world;
    private final RandomGenerator random;
    private final int planned;
    private final TakeoverRule rule;
    private final List<SimNode> registrars = new ArrayList<>();
    private final List<SimNode> elements = new ArrayList<>();
    private final List<SimNode> users = new ArrayList<>();
    private final long driftPpm;
    private EnrpConfig enrp = EnrpConfig.carrier();
    private RegistrarConfig asap = RegistrarConfig.carrier();

    /** @param registrars how many there will be; all are told of all */
    public MeshWorld(final long seed, final LinkQuality link, final int registrars, final TakeoverRule rule,
        final long driftPpm) {
        world = new SimWorld(seed, SimConfig.defaults(SctpConfig.carrier()).withLink(link));
        random = new SplittableRandom(~seed);
        planned = registrars;
        this.rule = rule;
        this.driftPpm = driftPpm;
    }

    private static InetAddress host(final int network, final int number) {
        try {
            return InetAddress.getByAddress(new byte[] {10, (byte) network, (byte) (number >> 8), (byte) number});
        } catch (final UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private long drift() {
        return driftPpm == 0 ? 0 : random.nextLong(-driftPpm, driftPpm + 1);
    }

    private List<SctpAddress> addresses(final int port, final int without) {
        final List<SctpAddress> all = new ArrayList<>();
        for (int i = 1; i <= planned; i++) {
            if (i != without) {
                all.add(SctpAddress.of(host(0, i), port, UDP));
            }
        }
        Collections.shuffle(all, new java.util.Random(random.nextLong()));
        return all;
    }

    /** Other settings for the registrars that are added from now on; peers and takeover rule are the mesh's own. */
    public MeshWorld with(final EnrpConfig towardsPeers, final RegistrarConfig towardsElements) {
        enrp = towardsPeers;
        asap = towardsElements;
        return this;
    }

    /** A host for somebody who speaks raw ASAP to a registrar. */
    static InetAddress rawUserHost(final int registrar) {
        return host(3, registrar);
    }

    /** A registrar's ASAP or ENRP port. */
    public static SctpAddress address(final int registrar, final int port) {
        return SctpAddress.of(host(0, registrar), port, UDP);
    }

    /** Adds registrar number 1, 2, ... */
    public SimNode registrar(final int number) {
        return registrar(number, RegistrarJournal.NONE, MeshObserver.NONE);
    }

    /** The same with a journal that survives it. */
    public SimNode registrar(final int number, final RegistrarJournal journal, final MeshObserver observer) {
        final EnrpConfig config = enrp.withPeers(addresses(EnrpType.PORT, number), UDP)
            .withTakeoverRule(rule);
        final RegistrarConfig registrar = asap;
        final SimNode node = world.addNode("r" + number, List.of(host(0, number)),
            (List<SctpEndpoint> ports, RandomGenerator dice) -> new EnrpServer(registrar, ports.get(0),
                dice, SelectionPolicies.standard(),
                MeshSetup.of(config, ports.get(1)).withJournal(journal).withObserver(observer)),
            List.of(NodeOptions.ASAP_PORT, EnrpType.PORT), true, drift());
        registrars.add(node);
        return node;
    }

    /** Name of a pool. */
    public static PoolHandle pool(final int number) {
        return PoolHandle.of("pool-" + number);
    }

    /** Adds a process that is in these pools. */
    public SimNode element(final List<Integer> pools) {
        return element(pools, addresses(NodeOptions.ASAP_PORT, 0));
    }

    /** The same with a list of registrars of its own. */
    SimNode element(final List<Integer> pools, final List<SctpAddress> hunt) {
        final int number = elements.size() + 1;
        final List<PoolHandle> handles = pools.stream().map(MeshWorld::pool).toList();
        final SimNode node = world.addNode("pe" + number, host(1, number), (endpoint, dice) -> new MeshElement(
            AsapConfig.carrier(hunt, endpoint.localAddress(), UDP), endpoint, dice, handles, PolicyType.ROUND_ROBIN),
            ELEMENT_PORT, true, drift());
        elements.add(node);
        return node;
    }

    /** Adds a process that talks to these pools. */
    public SimNode user(final List<Integer> pools) {
        final int number = users.size() + 1;
        final List<SctpAddress> hunt = addresses(NodeOptions.ASAP_PORT, 0);
        final List<PoolHandle> handles = pools.stream().map(MeshWorld::pool).toList();
        final SimNode node = world.addNode("pu" + number, host(2, number), (endpoint, dice) -> new MeshUser(
            AsapConfig.carrier(hunt, endpoint.localAddress(), UDP), endpoint, dice, handles), USER_PORT, false,
            drift());
        users.add(node);
        return node;
    }

    /** Lets time pass. */
    public void runMillis(final long millis) {
        world.runFor(millis * MS);
    }

    /** A registrar's machine. */
    public EnrpServer server(final int number) {
        return world.node("r" + number).machine(EnrpServer.class);
    }

    /** The world. */
    public SimWorld world() {
        return world;
    }

    List<SimNode> registrars() {
        return registrars;
    }

    List<SimNode> elements() {
        return elements;
    }

    List<SimNode> users() {
        return users;
    }
}
