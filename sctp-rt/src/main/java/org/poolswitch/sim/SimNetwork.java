// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;
import org.poolswitch.observe.PacketTap;

/**
 * Carries datagrams between the nodes of a world, badly if told so. A datagram for a port that nobody has bound brings
 * its sender an ICMP port unreachable, but only if it left through a connected socket, as on a real host; a host that
 * is cut off or switched off answers nothing.
 */
public final class SimNetwork {
    private record Link(InetAddress from, InetAddress to) {
        /** Hosts have neighbouring addresses, so the one that Java makes is the same for many links. */
        @Override
        public int hashCode() {
            return from.hashCode() * 0x9e3779b1 + to.hashCode() * 0x85ebca6b;
        }

        @Override
        public boolean equals(final Object other) {
            return other instanceof Link link && from.equals(link.from) && to.equals(link.to);
        }
    }

    /** First port handed out to connected sockets (RFC 6335 section 6). */
    private static final int FIRST_EPHEMERAL = 49_152;

    private final SimWorld world;
    private final RandomGenerator random;
    private final Map<InetSocketAddress, SimSocket> sockets = new HashMap<>();
    private final Set<InetAddress> hosts = new HashSet<>();
    private final Set<InetAddress> isolated = new HashSet<>();
    private final Set<Link> cuts = new HashSet<>();
    private final Map<Link, LinkQuality> qualities = new HashMap<>();
    private final Map<Link, Long> lastArrival = new HashMap<>();
    private final List<SimAnnouncements> members = new ArrayList<>();
    private final Map<Link, Double> bursts = new HashMap<>();
    private final Nat nat = new Nat();
    private final CRC32C crc = new CRC32C();
    private LinkQuality quality;
    private PacketTap tap = PacketTap.NONE;
    private int nextEphemeral = FIRST_EPHEMERAL;
    private long carried;
    private long lost;

    SimNetwork(final SimWorld world, final RandomGenerator random, final LinkQuality quality) {
        this.world = world;
        this.random = random;
        this.quality = quality;
    }

    void addHost(final InetAddress host) {
        hosts.add(host);
    }

    boolean bind(final SimSocket socket) {
        return sockets.putIfAbsent(socket.local(), socket) == null;
    }

    /** A port that was not used before on that host: what is late for a dead process reaches nobody. */
    InetSocketAddress ephemeral(final InetAddress host) {
        InetSocketAddress free;
        do {
            free = new InetSocketAddress(host, nextEphemeral);
            nextEphemeral = nextEphemeral == 65_535 ? FIRST_EPHEMERAL : nextEphemeral + 1;
        } while (sockets.containsKey(free));
        return free;
    }

    void unbind(final SimSocket socket) {
        sockets.remove(socket.local(), socket);
        nat.forget(socket.local());
    }

    /** From now on the node's connected sockets are seen with other ports; what goes to the old ones is lost. */
    void rebind(final SimNode node) {
        for (final SimSocket socket : sockets.values().stream().filter(s -> s.node() == node && s.remote() != null)
            .sorted(Comparator.comparing(s -> s.local().toString())).toList()) {
            nat.rebind(socket.local(), ephemeral(socket.local().getAddress()));
        }
    }

    void setBurst(final InetAddress from, final InetAddress to, final double loss) {
        bursts.put(new Link(from, to), loss);
    }

    /** Sends a copy of a datagram. */
    void send(final SimSocket socket, final InetSocketAddress to, final byte[] packet, final int offset,
        final int length) {
        final byte[] copy = new byte[length];
        System.arraycopy(packet, offset, copy, 0, length);
        tap.sent(world.nowNs(), socket.local().getAddress(), socket.local().getPort(), to.getAddress(), to.getPort(),
            copy, 0, length);
        trace(socket.local(), to, copy);
        final Link link = new Link(socket.local().getAddress(), to.getAddress());
        final LinkQuality q = qualities.getOrDefault(link, quality);
        if (isCut(link) || random.nextDouble() < q.loss()
            || !bursts.isEmpty() && random.nextDouble() < bursts.getOrDefault(link, 0.0)) {
            lost++;
            return;
        }
        final byte[] arrives = q.corruption() > 0 && random.nextDouble() < q.corruption() ? corrupt(copy) : copy;
        final Datagram datagram = new Datagram(nat.outside(socket.local()), to, arrives);
        carry(socket, datagram, link, q);
        if (q.duplication() > 0 && random.nextDouble() < q.duplication()) {
            carry(socket, datagram, link, q);
        }
    }

    void join(final SimAnnouncements member) {
        members.add(member);
    }

    void leave(final SimAnnouncements member) {
        members.remove(member);
    }

    /** Sends a datagram to all members of a group, each over the link to its first host, the sender's included. */
    void multicast(final InetSocketAddress from, final InetSocketAddress group, final byte[] payload) {
        tap.sent(world.nowNs(), from.getAddress(), from.getPort(), group.getAddress(), group.getPort(), payload, 0,
            payload.length);
        trace(from, group, payload);
        for (final SimAnnouncements member : List.copyOf(members)) {
            if (!member.group().equals(group)) {
                continue;
            }
            final Link link = new Link(from.getAddress(), member.host());
            final LinkQuality q = qualities.getOrDefault(link, quality);
            if (isCut(link) || random.nextDouble() < q.loss()) {
                lost++;
                continue;
            }
            carried++;
            final long delay = q.delayNs() + (q.jitterNs() == 0 ? 0 : random.nextLong(q.jitterNs()));
            world.after(delay, () -> {
                if (members.contains(member) && !isCut(link)) {
                    member.hear(payload, from);
                }
            });
        }
    }

    /** A few flipped bits, or a part of the datagram: what a checksum is for. */
    private byte[] corrupt(final byte[] packet) {
        if (random.nextInt(4) == 0) {
            return Arrays.copyOf(packet, random.nextInt(packet.length));
        }
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
            packet[random.nextInt(packet.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return packet;
    }

    private void carry(final SimSocket from, final Datagram datagram, final Link link, final LinkQuality q) {
        long arrival = world.nowNs() + q.delayNs() + (q.jitterNs() == 0 ? 0 : random.nextLong(q.jitterNs()));
        if (q.reordering() > 0 && random.nextDouble() < q.reordering()) {
            // overtaken by those behind it, and holding up none of them
            arrival += q.delayNs() + random.nextLong(2 * q.jitterNs() + 1);
        } else {
            arrival = Math.max(arrival, lastArrival.getOrDefault(link, Long.MIN_VALUE));
            lastArrival.put(link, arrival);
        }
        carried++;
        world.schedule(arrival, () -> arrive(from, datagram, link));
    }

    private void arrive(final SimSocket from, final Datagram datagram, final Link link) {
        if (isCut(link)) {
            lost++;
            return;
        }
        if (nat.isHidden(datagram.to())) {
            lost++;
            return;
        }
        final SimSocket socket = sockets.get(nat.inside(datagram.to()));
        if (socket != null && (socket.remote() == null || socket.remote().equals(datagram.from()))) {
            socket.node().deliver(datagram);
        } else if (hosts.contains(link.to())) {
            bounce(from, datagram, link);
        }
    }

    /** A datagram out of nowhere, for tests of what strangers can do; arrives after the link's least delay. */
    public void inject(final InetSocketAddress from, final InetSocketAddress to, final byte[] packet) {
        final Datagram datagram = new Datagram(from, to, packet.clone());
        world.schedule(world.nowNs() + quality.delayNs(), () -> {
            final SimSocket socket = sockets.get(to);
            if (socket != null && (socket.remote() == null || socket.remote().equals(from))) {
                socket.node().deliver(datagram);
            }
        });
    }

    private void bounce(final SimSocket from, final Datagram datagram, final Link link) {
        final Link back = new Link(link.to(), link.from());
        final LinkQuality q = qualities.getOrDefault(back, quality);
        if (from.remote() == null || isCut(back) || random.nextDouble() < q.loss()) {
            return;
        }
        world.schedule(world.nowNs() + q.delayNs(), () -> {
            // the socket may have been closed meanwhile
            if (sockets.get(from.local()) == from && !isCut(back)) {
                from.node().portUnreachable(datagram.to());
            }
        });
    }

    private void trace(final InetSocketAddress from, final InetSocketAddress to, final byte[] payload) {
        crc.reset();
        crc.update(payload);
        world.trace(from.hashCode());
        world.trace(to.hashCode());
        world.trace(payload.length * 0x1_0000_0000L + crc.getValue());
    }

    private boolean isCut(final Link link) {
        return cuts.contains(link) || !link.from().equals(link.to())
            && (isolated.contains(link.from()) || isolated.contains(link.to()));
    }

    /** The quality of all links that have no own from now on. */
    public void setQuality(final LinkQuality q) {
        quality = q;
    }

    /** The quality of one direction of one link. */
    public void setQuality(final InetAddress from, final InetAddress to, final LinkQuality q) {
        qualities.put(new Link(from, to), q);
    }

    /** Nothing gets from one host to the other any more; the other way it may. */
    public void cutOneWay(final InetAddress from, final InetAddress to) {
        cuts.add(new Link(from, to));
    }

    /** Undoes {@link #cutOneWay}. */
    public void healOneWay(final InetAddress from, final InetAddress to) {
        cuts.remove(new Link(from, to));
    }

    /** Pulls the host's cable; what it sends to itself still arrives. */
    public void isolate(final InetAddress host) {
        isolated.add(host);
    }

    /** Plugs it in again. */
    public void rejoin(final InetAddress host) {
        isolated.remove(host);
    }

    /** No cuts, no isolated hosts, every link of default quality. */
    public void healAll() {
        cuts.clear();
        isolated.clear();
        qualities.clear();
        bursts.clear();
    }

    /** Sees every datagram when it is sent, with virtual time. */
    public void setTap(final PacketTap newTap) {
        tap = newTap;
    }

    /** Datagrams carried so far. */
    public long carried() {
        return carried;
    }

    /** Datagrams lost so far, to loss or cuts. */
    public long lost() {
        return lost;
    }
}
