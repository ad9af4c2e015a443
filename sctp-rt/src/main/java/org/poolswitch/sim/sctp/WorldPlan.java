// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim.sctp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpSettings;
import org.poolswitch.sim.FaultPlan;
import org.poolswitch.sim.LinkQuality;

/**
 * What a seed draws: who is there, how they are set, how bad the network is, what goes wrong when.
 *
 * @param patient  whether all have the standard's timers rather than the carrier's
 * @param nodes    two or three
 * @param link     quality of all links while things go wrong
 * @param habits   how users behave
 */
record WorldPlan(boolean patient, List<Node> nodes, LinkQuality link, Habits habits) {
    /** When the last fault is over. */
    static final long FAULTS_END_NS = 1_600_000_000L;
    private static final long MS = 1_000_000L;
    private static final int LONGEST = 65_536;
    private static final int FIRST_PORT = 49_152;

    /**
     * One endpoint.
     *
     * @param caller whether it opens associations to the others
     * @param sticky whether it uses the same source ports again after a restart
     */
    record Node(String name, List<InetAddress> hosts, boolean listening, boolean caller, boolean sticky, int port,
        long driftPpm, SctpConfig sctp) {
    }

    static WorldPlan draw(final RandomGenerator random) {
        final boolean patient = random.nextInt(8) == 0;
        final int longest = random.nextInt(4) == 0 ? 2_000 : LONGEST;
        final int families = random.nextInt(3);
        final int count = 2 + random.nextInt(2);
        final boolean glare = random.nextInt(6) == 0;
        // both sides call from the port on which they listen: one association between two hosts, whoever opens it
        final boolean fixed = glare && random.nextBoolean();
        final List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            // the first one only listens, the last one only calls, unless all do both
            final boolean listening = glare || i < count - 1;
            final boolean caller = glare || i > 0;
            nodes.add(new Node("n" + i, hosts(i, 1 + random.nextInt(3), families), listening, caller,
                glare || random.nextBoolean(), glare ? FIRST_PORT + i : 2905, random.nextInt(-500, 501),
                SctpSettings.apply(sctp(random, patient, longest), "Source.Port=" + (fixed ? FIRST_PORT + i : 0))));
        }
        return new WorldPlan(patient, nodes, LinkQuality.draw(random).withCorruption(random.nextDouble() * 0.01),
            Habits.draw(random, patient, longest));
    }

    private static List<InetAddress> hosts(final int node, final int count, final int families) {
        final List<InetAddress> hosts = new ArrayList<>();
        for (int network = 0; network < count; network++) {
            final boolean six = families == 1 || families == 2 && network % 2 == 1;
            final byte[] address = new byte[six ? 16 : 4];
            address[0] = six ? (byte) 0xfd : 10;
            address[1] = (byte) network;
            address[address.length - 1] = (byte) (1 + node);
            try {
                hosts.add(InetAddress.getByAddress(address));
            } catch (final UnknownHostException e) {
                throw new IllegalStateException("4 or 16 octets are an address", e);
            }
        }
        return hosts;
    }

    /** Limits small enough to be reached. */
    private static SctpConfig sctp(final RandomGenerator random, final boolean patient, final int longest) {
        final int most = random.nextInt(3) == 0 ? longest : 1 << 20;
        final int buffer = Math.max(longest, Math.min(most, 1 << 14 + random.nextInt(7)));
        return SctpSettings.apply(patient ? SctpConfig.rfc() : SctpConfig.carrier(), String.join(",",
            "Path.MTU=" + (512 + 4 * random.nextInt(240)), "Message.Max=" + longest,
            "Send.Buffer=" + buffer, "Receive.Buffer=" + Math.max(longest, buffer >> random.nextInt(3)),
            "Receive.Total=" + (random.nextInt(3) == 0 ? buffer : 1 << 22), "Send.Total=" + (1 << 22),
            "Streams.Out=" + (6 + random.nextInt(20)), "Streams.In=" + (1 + random.nextInt(25)),
            "SACK.Frequency=" + (1 + random.nextInt(3)), "Max.Burst=" + (1 + random.nextInt(16)),
            "Receive.Gap.Max=" + (64 << random.nextInt(7)), "Gap.Blocks.Max=" + (1 + random.nextInt(64)),
            "Events.Max=" + (random.nextInt(3) == 0 ? 64 : 65_536), "Associations.Max=64"));
    }

    /** Some kinds of faults, some victims. */
    FaultPlan faults(final RandomGenerator random) {
        final List<FaultPlan.Kind> kinds = new ArrayList<>(List.of(FaultPlan.Kind.values()));
        Collections.shuffle(kinds, new Random(random.nextLong()));
        return FaultPlan.draw(random, kinds, nodes.stream().map(Node::name).toList(), 2 + random.nextInt(6), 50 * MS,
            FAULTS_END_NS, (patient ? 800 : 400) * MS);
    }
}
