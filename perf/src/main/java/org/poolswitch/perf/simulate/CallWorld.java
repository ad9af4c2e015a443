// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.call.CallMachine;
import org.poolswitch.call.OrdinaryCalls;
import org.poolswitch.enrp.core.EnrpServer;
import org.poolswitch.enrp.core.RegistrarConfig;
import org.poolswitch.gk.admission.PrefixAdmission;
import org.poolswitch.gk.core.GkConfig;
import org.poolswitch.gk.core.GkCounter;
import org.poolswitch.gk.core.GkNode;
import org.poolswitch.gk.core.GkObserver;
import org.poolswitch.gwc.core.GwcConfig;
import org.poolswitch.gwc.core.GwcNode;
import org.poolswitch.gwc.core.GwcObserver;
import org.poolswitch.mg.core.CalledSide;
import org.poolswitch.mg.core.MgConfig;
import org.poolswitch.mg.core.MgNode;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sg.core.CallGenerator;
import org.poolswitch.sg.core.CallOutcome;
import org.poolswitch.sg.core.CallRecord;
import org.poolswitch.sg.core.SgConfig;
import org.poolswitch.sg.core.SgCounter;
import org.poolswitch.sg.core.SgNode;
import org.poolswitch.sg.core.SgObserver;
import org.poolswitch.sg.core.TrafficConfig;
import org.poolswitch.sim.FaultPlan;
import org.poolswitch.sim.LinkQuality;
import org.poolswitch.sim.SimConfig;
import org.poolswitch.sim.SimWorld;

/**
 * The whole telephone network on a simulated clock and a simulated network: the very machines that production runs, a
 * registrar, three GWCs, two GKs, two or three MGs and an SG with its calls. Everything that happens follows from the
 * seed.
 */
public final class CallWorld {
    /** Controllers. */
    public static final List<String> CONTROLLERS = List.of("gwc1", "gwc2", "gwc3", "gk1", "gk2");
    /** Media gateways; every third world has the last one too. */
    public static final List<String> GATEWAYS = List.of("mg1", "mg2", "mg3");
    private static final int FEWEST_GATEWAYS = 2;
    private static final int ONE_MORE_EVERY = 3;
    /** All nodes. */
    static final List<String> NODES = Stream.of(List.of("registrar", "sg"), GATEWAYS, CONTROLLERS)
        .flatMap(List::stream).toList();
    private static final long MS = 1_000_000L;
    private static final byte[] KEY = "a key that only simulations have".getBytes(StandardCharsets.US_ASCII);
    private static final long SETTLE_NS = 200 * MS;
    /** Calls that talk are asked for now and then, and none may be given up for it. */
    private static final long STATUS_NS = 500 * MS;
    private static final long SHORT_TALK_NS = 200 * MS;
    private static final long LONG_TALK_NS = 2_000 * MS;
    /** Few, so that circuits are used again soon: late clearing must not hit the next call. */
    private static final int CIRCUITS = 120;

    private final SimWorld world;
    private final SimulatedGateways gateways = new SimulatedGateways();
    private final List<CallRecord> records = new ArrayList<>();
    private final long calls;
    /** When the last fault is undone. */
    private long calmNs;

    /**
     * @param loss  probability that a datagram vanishes
     * @param calls how many calls the SG places
     * @param rate  calls per second
     */
    public CallWorld(final long seed, final double loss, final long calls, final double rate) {
        this(seed, loss, calls, rate, new OrdinaryCalls(Map.of(OrdinaryCalls.NO_ANSWER_SECONDS, "0.6")));
    }

    /** The same with another call machine in the controllers. */
    public CallWorld(final long seed, final double loss, final long calls, final double rate,
        final CallMachine machine) {
        this(seed, loss, calls, rate, machine, SHORT_TALK_NS);
    }

    /** With people who wait and talk longer than any fault lasts, so that what is not heard shows. */
    static CallWorld patient(final long seed, final double loss, final long calls, final double rate) {
        return new CallWorld(seed, loss, calls, rate, new OrdinaryCalls(Map.of(OrdinaryCalls.NO_ANSWER_SECONDS, "20")),
            LONG_TALK_NS);
    }

    private CallWorld(final long seed, final double loss, final long calls, final double rate,
        final CallMachine machine, final long talkNs) {
        this.calls = calls;
        world = new SimWorld(seed, SimConfig.defaults(SctpConfig.carrier()).withLink(LinkQuality.LAN.withLoss(loss)));
        world.addNode("registrar", host(1), (e, r) -> new EnrpServer(RegistrarConfig.carrier(), e, r), 3863);
        for (int i = 1; i <= 2; i++) {
            world.addNode("gk" + i, host(20 + i), (e, r) -> new GkNode(
                GkConfig.defaults(KEY).withStatus(STATUS_NS, 3 * STATUS_NS), PrefixAdmission.of(Map.of()), asap(e), e,
                r, GkObserver.NONE), 1719);
        }
        for (int i = 0; i < gatewaysOf(seed); i++) {
            final String name = GATEWAYS.get(i);
            world.addNode(name, host(5 + i), (e, r) -> gateways.started(name, new MgNode(
                MgConfig.standard().withCalledSide(new CalledSide(0.1, 0.1, 0.4, 5 * MS, 80 * MS, 150 * MS, true)),
                asap(e), e, r)), 2944);
        }
        for (int i = 1; i <= 3; i++) {
            world.addNode("gwc" + i, host(10 + i), (e, r) -> new GwcNode(GwcConfig.defaults(KEY),
                machine, asap(e), e, r, GwcObserver.NONE),
                2905);
        }
        world.runFor(SETTLE_NS);
        world.addClient("sg", host(9), (e, r) -> sg(e, r, rate, talkNs), 49151);
    }

    private static int gatewaysOf(final long seed) {
        return Math.floorMod(seed, ONE_MORE_EVERY) == 0 ? FEWEST_GATEWAYS + 1 : FEWEST_GATEWAYS;
    }

    /** Those of some nodes that this seed's world has. */
    static List<String> present(final long seed, final List<String> nodes) {
        final List<String> missing = GATEWAYS.subList(gatewaysOf(seed), GATEWAYS.size());
        return nodes.stream().filter(node -> !missing.contains(node)).toList();
    }

    private SgNode sg(final SctpEndpoint endpoint, final java.util.random.RandomGenerator random, final double rate,
        final long talkNs) {
        final SgObserver recorder = new SgObserver() {
            @Override
            public void onEnd(final CallRecord record) {
                records.add(record);
            }
        };
        final SgNode sg = new SgNode(SgConfig.defaults().withTrunks(1, 2, 1, CIRCUITS), asap(endpoint), endpoint,
            random, recorder);
        sg.generate(new CallGenerator(new TrafficConfig(calls, rate, true, "12025", 6, "12025550177", talkNs, 0.6,
            0.1, 60 * MS), random, world.nowNs() + SETTLE_NS));
        return sg;
    }

    private static AsapConfig asap(final SctpEndpoint endpoint) {
        return AsapConfig.carrier(List.of(SctpAddress.of(host(1), 3863, SctpAddress.DEFAULT_ENCAPSULATION_PORT)),
            endpoint.localAddress(), SctpAddress.DEFAULT_ENCAPSULATION_PORT);
    }

    private static InetAddress host(final int last) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
        } catch (final UnknownHostException e) {
            throw new IllegalStateException("four octets are an address", e);
        }
    }

    /** The simulated world, for faults and clocks. */
    public SimWorld world() {
        return world;
    }

    /** Applies a plan of faults. */
    public CallWorld with(final FaultPlan plan) {
        plan.faults().forEach(fault -> {
            gateways.willBeHit(fault);
            calmNs = Math.max(calmNs, fault.atNs() + fault.lastsNs());
        });
        plan.apply(world);
        return this;
    }

    private SgNode sg() {
        return world.node("sg").machine(SgNode.class);
    }

    /** Calls that have ended. */
    public List<CallRecord> records() {
        return records;
    }

    /** Runs until every call has ended and everything held for calls is given back, or the time is up. */
    public void run(final long longestNs) {
        world.runUntil(() -> records.size() >= calls && sg().core().isQuiet() && held() == 0, world.nowNs()
            + longestNs);
    }

    private long held() {
        long held = gateways.owed();
        for (final String name : CONTROLLERS) {
            if (world.node(name).machine() instanceof GwcNode gwc) {
                held += gwc.core().calls();
            } else if (world.node(name).machine() instanceof GkNode gk) {
                held += gk.core().admissions();
            }
        }
        return held;
    }

    private String leftovers() {
        final StringBuilder text = new StringBuilder(gateways.toString());
        for (final String name : CONTROLLERS) {
            if (world.node(name).machine() instanceof GwcNode gwc) {
                text.append(", ").append(name).append(' ').append(gwc.core().describeCalls());
            } else if (world.node(name).machine() instanceof GkNode gk) {
                text.append(", ").append(name).append(' ').append(gk.core().admissions()).append(" admissions");
            }
        }
        return text.toString();
    }

    /** What is wrong with this world's outcome: a sentence each, none if every call went as it should. */
    public List<String> complaints() {
        final List<String> wrong = outcomes();
        if (calmNs == 0 && endedByInquiry() > 0) {
            wrong.add(endedByInquiry() + " admissions ended because a gatekeeper asked, though nothing had happened");
        }
        if (held() > 0) {
            wrong.add("left behind: " + leftovers());
        }
        return wrong;
    }

    private long endedByInquiry() {
        long ended = 0;
        for (final String name : CONTROLLERS) {
            if (world.node(name).machine() instanceof GkNode gk) {
                ended += gk.core().counters().get(GkCounter.STATUS_ENDED)
                    + gk.core().counters().get(GkCounter.STATUS_UNANSWERED);
            }
        }
        return ended;
    }

    /** What is wrong with the calls alone. */
    public List<String> outcomes() {
        final List<String> wrong = new ArrayList<>();
        if (records.size() != calls) {
            wrong.add(calls - records.size() + " of " + calls + " calls have no end");
        }
        for (final CallRecord record : records) {
            if (record.outcome == CallOutcome.LOST) {
                wrong.add("lost: call " + record.index + " on circuit " + record.cic + ", cause " + record.cause
                    + ", sent at " + record.sentNs / MS + " ms, ended at " + record.endNs / MS + " ms, failovers "
                    + record.failovers);
            }
        }
        final long doubled = sg().core().counters().get(SgCounter.CALLS_DOUBLED);
        if (doubled > 0) {
            wrong.add(doubled + " backward messages were doubled");
        }
        wrong.addAll(gateways.complaints(records, calmNs));
        return wrong;
    }
}
