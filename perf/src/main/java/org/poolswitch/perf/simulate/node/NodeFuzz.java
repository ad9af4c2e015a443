// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate.node;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.call.OrdinaryCalls;
import org.poolswitch.enrp.core.AddressScope;
import org.poolswitch.enrp.core.EnrpConfig;
import org.poolswitch.enrp.core.EnrpServer;
import org.poolswitch.enrp.core.MeshSetup;
import org.poolswitch.enrp.core.RateLimits;
import org.poolswitch.enrp.core.RegistrarConfig;
import org.poolswitch.gk.admission.PrefixAdmission;
import org.poolswitch.gk.core.GkConfig;
import org.poolswitch.gk.core.GkNode;
import org.poolswitch.gk.core.GkObserver;
import org.poolswitch.gwc.core.GwcConfig;
import org.poolswitch.gwc.core.GwcNode;
import org.poolswitch.gwc.core.GwcObserver;
import org.poolswitch.mg.core.CalledSide;
import org.poolswitch.mg.core.MgConfig;
import org.poolswitch.mg.core.MgNode;
import org.poolswitch.rserpool.ChecksumRule;
import org.poolswitch.rserpool.HandlespaceLimits;
import org.poolswitch.rserpool.SelectionPolicies;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sg.core.CallOutcome;
import org.poolswitch.sg.core.CallRecord;
import org.poolswitch.sg.core.CallRequest;
import org.poolswitch.sg.core.SgConfig;
import org.poolswitch.sg.core.SgNode;
import org.poolswitch.sg.core.SgObserver;

/**
 * Every node that takes octets from others, as a whole machine and with calls in it, while a {@link MadPeer} speaks to
 * all of them and, in most worlds, what nodes say to each other arrives changed. No machine may throw, each table
 * stays within its bound, and when the peer is gone, calls are served as before.
 */
public final class NodeFuzz {
    static final int ASAP_PORT = 3863;
    static final int ENRP_PORT = 9901;
    static final int GWC_PORT = 2905;
    static final int GK_PORT = 1719;
    static final int MG_PORT = 2944;
    private static final int SG_PORT = 49_151;
    private static final long MS = MessageNetwork.MS;
    private static final long S = 1_000 * MS;
    private static final byte[] KEY = "a key that only simulations have".getBytes(StandardCharsets.US_ASCII);
    private static final int CIRCUITS = 60;
    private static final int PLACED_EVERY = 25;
    private static final int LOOK_EVERY = 200;
    private static final int ANNOUNCED_EVERY = 20;
    private static final int LAST_CALLS = 20;
    private static final HandlespaceLimits SPACE = new HandlespaceLimits(300, 1_000, 600, 4096, 0, ChecksumRule.RFC);

    private final RandomGenerator dice;
    private final MessageNetwork network;
    private final SampleBook book;
    private final Mutations mutations;
    private final Map<Long, CallRecord> records = new LinkedHashMap<>();
    private final Bounds bounds;
    private final MadPeer mad;
    private final SgNode sg;
    /** One of so many messages between nodes arrives changed; 0 = none. */
    private int changedOneOf;
    private long placed;
    private boolean isQuiet = true;

    /** @param seed everything follows from it */
    public NodeFuzz(final long seed) {
        dice = new SplittableRandom(seed);
        book = new SampleBook(dice);
        mutations = new Mutations(dice);
        network = new MessageNetwork(dice, this::pass);
        final List<MessageNetwork.Node> registrars = List.of(registrar(1), registrar(2));
        final MessageNetwork.Node gk = network.add("gk");
        final MessagePort gkPort = gk.port(host(20), GK_PORT);
        gk.boot(new GkNode(GkConfig.defaults(KEY), PrefixAdmission.of(Map.of()), asap(gkPort), gkPort, random(),
            GkObserver.NONE));
        final MessageNetwork.Node mg = network.add("mg");
        final MessagePort mgPort = mg.port(host(5), MG_PORT);
        mg.boot(new MgNode(MgConfig.standard().withCalledSide(new CalledSide(0.1, 0.1, 0.4, 5 * MS, 80 * MS, 150 * MS,
            true)), asap(mgPort), mgPort, random()));
        final List<MessageNetwork.Node> controllers = List.of(controller(1), controller(2));
        final MessageNetwork.Node gateway = network.add("sg");
        final MessagePort sgPort = gateway.port(host(9), SG_PORT);
        sg = new SgNode(SgConfig.defaults().withTrunks(1, 2, 1, CIRCUITS), asap(sgPort), sgPort, random(),
            new SgObserver() {
                @Override
                public void onEnd(final CallRecord record) {
                    records.put(record.index, record);
                }
            });
        gateway.boot(sg);
        final MessageNetwork.Node stranger = network.add("mad peer");
        stranger.anyPort = true;
        final List<SctpAddress> targets = new ArrayList<>();
        network.nodes().forEach(node -> node.ports.forEach(port -> targets.add(port.localAddress())));
        mad = new MadPeer(stranger.port(host(66), GWC_PORT), targets, book, random());
        stranger.boot(mad);
        bounds = new Bounds(SPACE, registrars, controllers, gk, mg, sg);
    }

    private RandomGenerator random() {
        return new SplittableRandom(dice.nextLong());
    }

    private static InetAddress host(final int last) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
        } catch (final UnknownHostException e) {
            throw new IllegalStateException("four octets are an address", e);
        }
    }

    private static SctpAddress at(final int host, final int port) {
        return SctpAddress.of(host(host), port, SctpAddress.DEFAULT_ENCAPSULATION_PORT);
    }

    private static AsapConfig asap(final MessagePort port) {
        return AsapConfig.carrier(List.of(at(1, ASAP_PORT), at(2, ASAP_PORT)), port.localAddress(),
            SctpAddress.DEFAULT_ENCAPSULATION_PORT).withAnnounceGroup(group(ASAP_PORT));
    }

    private static InetSocketAddress group(final int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {(byte) 239, 0, 0, 50}), port);
        } catch (final UnknownHostException e) {
            throw new IllegalStateException("four octets are an address", e);
        }
    }

    private MessageNetwork.Node registrar(final int n) {
        final MessageNetwork.Node node = network.add("registrar " + n);
        final MessagePort asap = node.port(host(n), ASAP_PORT);
        final MessagePort enrp = node.port(host(n), ENRP_PORT);
        RegistrarConfig config = RegistrarConfig.carrier().withHandlespace(SPACE);
        if (dice.nextBoolean()) {
            config = config.withAddresses(false, AddressScope.LOOPBACK);
        }
        if (dice.nextBoolean()) {
            config = config.withRates(RateLimits.NONE);
        }
        node.boot(new EnrpServer(config, asap, random(), SelectionPolicies.standard(), MeshSetup.of(
            EnrpConfig.carrier().withPeers(List.of(at(3 - n, ENRP_PORT)), SctpAddress.DEFAULT_ENCAPSULATION_PORT),
            enrp).withGroups(group(ASAP_PORT), group(ENRP_PORT))));
        return node;
    }

    private MessageNetwork.Node controller(final int n) {
        final MessageNetwork.Node node = network.add("gwc " + n);
        final MessagePort port = node.port(host(10 + n), GWC_PORT);
        node.boot(new GwcNode(GwcConfig.defaults(KEY), new OrdinaryCalls(Map.of(OrdinaryCalls.NO_ANSWER_SECONDS,
            "0.6")), asap(port), port, random(), GwcObserver.NONE));
        return node;
    }

    /** What was said between two nodes, and what arrives. */
    private List<byte[]> pass(final MessageNetwork.Node from, final MessageNetwork.Node to, final int ppid,
        final byte[] message) {
        if (from.machine == mad) {
            return List.of(message);
        }
        book.add(ppid, message);
        if (isQuiet || changedOneOf == 0 || dice.nextInt(changedOneOf) > 0) {
            return List.of(message);
        }
        final byte[] other = mutations.mutate(ppid, message, book.any(ppid));
        return switch (dice.nextInt(4)) {
            case 0 -> List.of(message, other);
            case 1 -> List.of(other, message);
            case 2 -> List.of(message, message);
            default -> List.of(other);
        };
    }

    /**
     * Runs it.
     *
     * @param steps what the mad peer does
     * @return messages that it sent
     * @throws IllegalStateException if a machine threw, or something is not as it should be
     */
    public long run(final int steps) {
        network.run(3 * S);
        call(LAST_CALLS);
        settle("at first");
        changedOneOf = List.of(0, 0, 5, 50, 500).get(dice.nextInt(5));
        isQuiet = false;
        for (int step = 0; step < steps; step++) {
            mad.act(network.nowNs());
            if (step % ANNOUNCED_EVERY == 0) {
                announce();
            }
            if (step % PLACED_EVERY == 0) {
                call(1);
            }
            network.run(dice.nextInt(300) == 0 ? dice.nextLong(5 * S) : dice.nextLong(3 * MS));
            if (step % LOOK_EVERY == 0) {
                bounds.check();
            }
        }
        isQuiet = true;
        mad.leave(network.nowNs());
        network.run(60 * S);
        bounds.check();
        call(LAST_CALLS);
        settle("when the mad peer had gone");
        return mad.sent();
    }

    /** A datagram to all who hear the multicast groups. */
    private void announce() {
        final byte[] said = mad.announcement(dice.nextBoolean() ? SampleBook.ASAP : SampleBook.ENRP);
        final InetSocketAddress source = new InetSocketAddress(host(66), dice.nextInt(1 << 16));
        network.nodes().forEach(node -> node.machine.announcementPorts().forEach(port -> node.input("announcement",
            said, () -> port.listener().onAnnouncement(said.clone(), 0, said.length, source, network.nowNs()))));
    }

    private void call(final int count) {
        for (int i = 0; i < count; i++) {
            final long index = placed++;
            network.run(10 * MS);
            network.nodes().stream().filter(node -> node.machine == sg).forEach(node -> node.input("a call", null,
                () -> sg.core().place(new CallRequest(index, network.nowNs(), "12025" + (100_000 + index),
                    "12025550177", 30 * S, 200 * MS), network.nowNs())));
        }
    }

    /** All calls end, and those placed last are served. */
    private void settle(final String when) {
        final long end = network.nowNs() + 400 * S;
        while (!sg.core().isQuiet() && network.nowNs() < end) {
            network.run(S);
        }
        if (!sg.core().isQuiet()) {
            throw new IllegalStateException(sg.core().active() + " calls have no end " + when);
        }
        for (long index = placed - LAST_CALLS; index < placed; index++) {
            final CallRecord record = records.get(index);
            if (record == null || record.outcome == CallOutcome.LOST) {
                throw new IllegalStateException("call " + index + " was not served " + when + ": "
                    + (record == null ? "refused" : record.csv()));
            }
        }
    }
}
