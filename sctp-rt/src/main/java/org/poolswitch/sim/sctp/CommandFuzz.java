// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim.sctp;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.SctpSettings;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.UndeliveredMessage;
import org.poolswitch.sctp.core.SctpEndpointCore;

/**
 * Commands in any order to two bare machines with two addresses each, and everything that a network can do with each
 * single packet between them: late, lost, twice, overtaken, from another port. The dice decide every step, and a ledger
 * watches. In the end everything gets through, and nothing may be left.
 */
public final class CommandFuzz {
    private static final long MS = 1_000_000L;
    private static final int PORT = 5000;
    private static final int UDP = 9899;
    private static final int MOST_ON_THE_WAY = 256;
    private static final int LONGEST = 9_000;

    private record Packet(Side to, InetAddress from, InetAddress at, int udpPort, byte[] bytes) {
    }

    /** A machine and its user. */
    private final class Side implements SctpListener {
        private final String name;
        private final List<InetAddress> hosts;
        private final SctpEndpointCore core;
        private final Map<Integer, Ledger.Conversation> open = new HashMap<>();
        private final Map<Integer, Integer> streams = new HashMap<>();
        private int seenPort = UDP;

        Side(final String name, final int last, final RandomGenerator chance) {
            this.name = name;
            this.hosts = List.of(host(0, last), host(1, last));
            this.core = new SctpEndpointCore(SctpSettings.apply(SctpConfig.carrier(), "Path.MTU=600,Message.Max="
                + LONGEST + ",Send.Buffer=20000,Receive.Buffer=20000,Receive.Gap.Max=64,Streams.Out=8,Streams.In=5,"
                + "Associations.Max=8"), new SctpAddress(hosts, PORT, UDP), true, chance, this::sent);
        }

        private void sent(final InetAddress from, final InetAddress to, final int port, final byte[] packet,
            final int offset, final int length, final long nowNs) {
            if (way.size() < MOST_ON_THE_WAY) {
                way.add(new Packet(this == a ? z : a, from, to, seenPort, Arrays.copyOfRange(packet, offset, offset
                    + length)));
            }
        }

        private Ledger.Conversation conversation(final int id) {
            final Ledger.Conversation conversation = open.get(id);
            if (conversation == null) {
                throw new IllegalStateException(name + ": an event of association " + id + ", which does not exist");
            }
            return conversation;
        }

        @Override
        public void onAssociationUp(final int id, final SctpAddress remote, final boolean incoming,
            final int outStreams, final int inStreams, final long nowNs) {
            if (incoming) {
                open.put(id, ledger.begin(name + "/" + id));
            }
            conversation(id);
            streams.put(id, outStreams);
        }

        @Override
        public void onMessage(final int id, final int stream, final int ppid, final boolean unordered, final byte[] b,
            final int offset, final int length, final long nowNs) {
            ledger.received(conversation(id), stream, ppid, unordered, b, offset, length);
        }

        @Override
        public void onMessageAbandoned(final int id, final UndeliveredMessage message, final long nowNs) {
            ledger.abandoned(conversation(id), message, !streams.containsKey(id));
        }

        @Override
        public void onStreamsReset(final int id, final boolean incoming, final int[] which, final long nowNs) {
            conversation(id);
            ledger.streamsReset();
        }

        @Override
        public void onAssociationDown(final int id, final DownCause cause, final List<UndeliveredMessage> undelivered,
            final long nowNs) {
            ledger.over(conversation(id), undelivered);
            open.remove(id);
        }
    }

    private final RandomGenerator dice;
    private final Ledger ledger = new Ledger();
    private final List<Packet> way = new ArrayList<>();
    private final Side a;
    private final Side z;
    private long now = MS;

    /** @param dice decides about every step */
    public CommandFuzz(final RandomGenerator dice) {
        this.dice = dice;
        final RandomGenerator chance = new SplittableRandom(11);
        a = new Side("a", 1, chance);
        z = new Side("z", 2, chance);
    }

    private static InetAddress host(final int network, final int last) {
        try {
            return InetAddress.getByAddress(new byte[] {10, (byte) network, 0, (byte) last});
        } catch (final java.net.UnknownHostException e) {
            throw new IllegalStateException("four octets are an address", e);
        }
    }

    /**
     * So many steps, then a good end.
     *
     * @return what happened
     * @throws RuntimeException if a promise is broken
     */
    public SctpOutcome run(final int steps) {
        connect(a, z);
        for (int i = 0; i < steps; i++) {
            step();
        }
        finish();
        final List<String> wrong = ledger.complaints();
        if (!wrong.isEmpty()) {
            throw new IllegalStateException(String.join("; ", wrong));
        }
        return ledger.outcome();
    }

    private void step() {
        final Side side = dice.nextBoolean() ? a : z;
        switch (dice.nextInt(16)) {
            case 0, 1, 2 -> command(side);
            case 3 -> now += 1 + dice.nextInt(60_000) * 1000L;
            case 4 -> now += MS;
            case 5 -> side.core.poll(side, 1 + dice.nextInt(8), now);
            case 6, 7 -> drive(side);
            default -> network();
        }
        a.core.audit();
        z.core.audit();
    }

    private void drive(final Side side) {
        side.core.onDeadline(now);
        side.core.poll(side, 64, now);
        side.core.flush(now);
    }

    private void connect(final Side from, final Side to) {
        final int id = from.core.connect(new SctpAddress(to.hosts, PORT, UDP), now);
        if (id > 0) {
            from.open.put(id, ledger.begin(from.name + "/" + id));
        }
    }

    private void command(final Side side) {
        final List<Integer> open = new ArrayList<>(side.open.keySet());
        if (open.isEmpty()) {
            connect(side, side == a ? z : a);
            return;
        }
        final int id = open.get(dice.nextInt(open.size()));
        switch (dice.nextInt(24)) {
            case 0 -> side.core.shutdown(id, now);
            case 1 -> side.core.abort(id, now);
            case 2 -> side.core.resetStreams(id, new int[] {dice.nextInt(8)}, now);
            case 3 -> side.core.resetStreams(id, new int[0], now);
            case 4 -> side.core.setPrimary(id, (side == a ? z : a).hosts.get(dice.nextInt(2)), now);
            case 5 -> side.core.probe(id, now);
            case 6 -> side.core.onPortUnreachable((side == a ? z : a).hosts.get(dice.nextInt(2)), UDP, now);
            case 7 -> side.core.onClockJump(50 * MS, now);
            case 8 -> connect(side, side == a ? z : a);
            case 9 -> side.seenPort = UDP + dice.nextInt(4);
            default -> send(side, id);
        }
    }

    private void send(final Side side, final int id) {
        final long number = ledger.nextNumber();
        final int length = Noise.LEAST + (dice.nextInt(4) == 0 ? dice.nextInt(LONGEST - Noise.LEAST)
            : dice.nextInt(100));
        final int stream = dice.nextInt(side.streams.getOrDefault(id, 8));
        final boolean unordered = dice.nextInt(4) == 0;
        final boolean perishable = dice.nextInt(4) == 0;
        final SendStatus status = side.core.send(id, stream, 3, unordered, perishable ? 1 + dice.nextInt(100) * MS
            : SctpEndpoint.NO_LIFETIME, Noise.message(number, length), 0, length, now);
        if (status == SendStatus.ACCEPTED) {
            ledger.accepted(number, side.open.get(id), stream, 3, unordered, perishable, length, now);
        }
    }

    /** One of the packets on their way: it arrives, first or late, or twice, or never. */
    private void network() {
        if (way.isEmpty()) {
            return;
        }
        final int which = dice.nextInt(4) == 0 ? dice.nextInt(way.size()) : 0;
        switch (dice.nextInt(10)) {
            case 0 -> way.remove(which);
            case 1 -> arrive(way.get(which));
            default -> arrive(way.remove(which));
        }
    }

    private void arrive(final Packet p) {
        p.to().core.onPacket(p.at(), p.from(), p.udpPort(), p.bytes(), 0, p.bytes().length, now);
    }

    /** The network is good, everybody says goodbye. */
    private void finish() {
        for (int ms = 0; ms < 6_000 && (!a.open.isEmpty() || !z.open.isEmpty() || !way.isEmpty()
            || a.core.associations() + z.core.associations() > 0); ms++) {
            now += MS;
            for (final Side side : List.of(a, z)) {
                if (ms > 300) {
                    List.copyOf(side.open.keySet()).forEach(id -> side.core.shutdown(id, now));
                }
                drive(side);
            }
            for (int n = way.size(); n > 0; n--) {
                arrive(way.remove(0));
            }
        }
        a.core.audit();
        z.core.audit();
        if (a.core.associations() + z.core.associations() > 0) {
            throw new IllegalStateException("associations are left: " + state(a) + state(z));
        }
    }

    private static String state(final Side side) {
        final StringBuilder text = new StringBuilder(side.name);
        side.open.keySet().forEach(id -> text.append(' ').append(id).append(' ').append(side.core.state(id)));
        return text.append(' ').toString();
    }
}
