// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.net.InetAddress;
import java.util.List;
import java.util.random.RandomGenerator;
import org.poolswitch.observe.Counters;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.PathState;
import org.poolswitch.sctp.PathStatus;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.wire.ErrorCauses;

/** User-space SCTP as a pure machine: one port and its associations. A hub: it finds the association and dispatches. */
public final class SctpEndpointCore implements SctpEndpoint {
    /** Associations whose timers are looked at before packets go out; after some such passes a shard reads again. */
    private static final int DUE_PER_PASS = 8;

    private final SctpConfig config;
    private final SctpAddress local;
    private final Shared shared;
    private final AssociationTable table;
    private final Agenda agenda = new Agenda();
    private final Counters counters = new Counters(SctpCounter.class);
    private final EventQueue events;
    private final PacketWriter packets;
    private final Bundling bundling;
    private final StatelessReplies replies = new StatelessReplies(counters);
    private final Handshake handshake;
    private final Receiver receiver;
    private final Timers timers;
    private final IcmpHints icmpHints;
    private final MessageIntake intake;
    private final SourcePorts ports;
    private boolean closed;

    /**
     * @param local     our addresses (several for a multi-homed endpoint) and SCTP port
     * @param listening whether peers may open associations
     * @param random    secure in production, seeded in simulation
     * @param out       where packets go
     */
    public SctpEndpointCore(final SctpConfig config, final SctpAddress local, final boolean listening,
        final RandomGenerator random, final SctpTransmitter out) {
        this.config = config;
        this.local = local;
        this.table = new AssociationTable(config.maxAssociations());
        this.events = new EventQueue(agenda::touch, config.maxQueuedEvents());
        this.packets = new PacketWriter(out, counters, config.pathMtu());
        this.bundling = new Bundling(packets, events);
        this.shared = new Shared(config, counters, events, new MessagePool(), new Totals(), new LocalAddresses(local),
            table, agenda, Punctuality.ours(config), new Pauses(config), new RemotePorts(config), out, random);
        this.timers = new Timers(shared);
        this.icmpHints = new IcmpHints(shared, timers);
        this.intake = new MessageIntake(shared);
        this.handshake = new Handshake(shared, replies, local.port(), listening);
        this.receiver = new Receiver(shared, timers, handshake, replies,
            new ChunkDispatcher(agenda, counters, packets));
        this.ports = new SourcePorts(shared);
    }

    /**
     * Source ports of associations that are opened from here count up from this one; by default from a random one. Who
     * starts with the same port after a restart is recognised by peers that still hold the old association (RFC 9260
     * section 5.2).
     *
     * @param port 49152 to 65535
     */
    public void startPortsAt(final int port) {
        ports.startAt(port);
    }

    /**
     * Compares the endpoint's books with what is really there: octets, chunks and messages held, timers, limits. For
     * tests and simulations; slow.
     *
     * @throws IllegalStateException if they do not agree
     */
    public void audit() {
        new Audit(shared, intake.refused()).check();
    }

    // ---- commands -----------------------------------------------------------------------------------------------

    @Override
    public SctpAddress localAddress() {
        return local;
    }

    /** Its settings. */
    public SctpConfig config() {
        return config;
    }

    @Override
    public int connect(final SctpAddress remote, final long nowNs) {
        return connect(remote, config.sourcePort(), nowNs);
    }

    @Override
    public int connect(final SctpAddress remote, final int localPort, final long nowNs) {
        SourcePorts.check(localPort);
        if (closed) {
            return CONNECT_CLOSED;
        }
        if (localPort != 0) {
            forgetEnded(remote, localPort, nowNs);
            if (ports.isTaken(remote, localPort)) {
                counters.increment(SctpCounter.REFUSED_IN_USE);
                return CONNECT_IN_USE;
            }
        }
        final int port = table.size() >= config.maxAssociations() ? 0 : localPort != 0 ? localPort : ports.free(remote);
        if (port == 0) {
            counters.increment(SctpCounter.REFUSED_FULL);
            return CONNECT_FULL;
        }
        final Association a = new Association(handshake.nextId(), shared, port, remote.port(), false, shared.newTag(),
            shared.random().nextInt());
        for (final InetAddress host : remote.hosts()) {
            a.addresses().add(host, remote.encapsulationPort(), PathState.ACTIVE, nowNs);
        }
        if (a.paths().all().length == 0) {
            counters.increment(SctpCounter.REFUSED_FULL);
            return CONNECT_FULL;
        }
        table.add(a);
        a.setup().start(nowNs);
        agenda.touch(a);
        return a.id();
    }

    @Override
    public int associationWith(final SctpAddress remote) {
        for (final InetAddress host : remote.hosts()) {
            final Association a = config.sourcePort() == 0 ? null
                : table.owner(host, remote.port(), config.sourcePort());
            if (a != null && !a.isClosed()) {
                return a.id();
            }
        }
        return 0;
    }

    /** An association that is over and only waits for the next flush holds no port: its last packet goes now. */
    private void forgetEnded(final SctpAddress remote, final int localPort, final long nowNs) {
        for (final InetAddress host : remote.hosts()) {
            final Association a = table.byAddress(host, remote.port(), localPort);
            if (a != null && a.isClosed()) {
                bundling.flush(a, nowNs);
                forget(a);
            }
        }
    }

    private void forget(final Association a) {
        a.addresses().releaseAll();
        table.remove(a);
        intake.forget(a);
    }

    @Override
    public SendStatus send(final int association, final int stream, final int ppid, final boolean unordered,
        final long lifetimeNs, final byte[] buffer, final int offset, final int length, final long nowNs) {
        final Association a = table.byId(association);
        if (a == null || !a.state().acceptsSend()) {
            return SendStatus.CLOSED;
        }
        table.warm(a);
        return intake.send(a, stream, ppid, unordered, lifetimeNs, buffer, offset, length, nowNs);
    }

    @Override
    public SendStatus resetStreams(final int association, final int[] streams, final long nowNs) {
        final Association a = table.byId(association);
        if (a == null) {
            return SendStatus.CLOSED;
        }
        agenda.touch(a);
        return a.resetStreams(streams);
    }

    @Override
    public boolean setPrimary(final int association, final InetAddress remoteHost, final long nowNs) {
        final Association a = table.byId(association);
        final Path path = a == null ? null : a.paths().find(remoteHost);
        if (path == null || !path.isConfirmed()) {
            return false;
        }
        a.paths().setPrimary(path);
        return true;
    }

    @Override
    public List<PathStatus> paths(final int association) {
        final Association a = table.byId(association);
        return a == null ? List.of() : a.paths().status();
    }

    @Override
    public void probe(final int association, final long nowNs) {
        final Association a = table.byId(association);
        if (a != null) {
            timers.catchUp(a, nowNs);
            a.probe();
            agenda.touch(a);
        }
    }

    @Override
    public void shutdown(final int association, final long nowNs) {
        final Association a = table.byId(association);
        if (a != null) {
            a.shutdown().request(nowNs);
            agenda.touch(a);
        }
    }

    @Override
    public void abort(final int association, final long nowNs) {
        final Association a = table.byId(association);
        if (a != null) {
            abort(a, "the user said so");
        }
    }

    private void abort(final Association a, final String reason) {
        a.termination().abort(DownCause.LOCAL_ABORT, ErrorCauses.saying(ErrorCauses.USER_INITIATED_ABORT, reason));
        agenda.touch(a);
    }

    @Override
    public long lastHeardNs(final int association) {
        final Association a = table.byId(association);
        return a == null ? Long.MIN_VALUE : a.lastHeardNs();
    }

    @Override
    public long probeAnsweredNs(final int association) {
        final Association a = table.byId(association);
        long newest = Long.MIN_VALUE;
        if (a != null) {
            for (final Path path : a.paths().all()) {
                newest = Math.max(newest, path.probeAnsweredNs());
            }
        }
        return newest;
    }

    @Override
    public long smoothedRttNs(final int association) {
        final Association a = table.byId(association);
        return a == null ? -1 : a.paths().forData().roundTrip.srttNs();
    }

    @Override
    public int poll(final SctpListener listener, final int limit, final long nowNs) {
        return events.poll(listener, limit, nowNs);
    }

    /** What happened so far. */
    public Counters counters() {
        return counters;
    }

    /** Gauge: octets that all associations together hold, to be sent or received, with what holding them costs. */
    public long heldOctets() {
        return shared.totals().sendOctets + shared.totals().receiveOctets;
    }

    /** The association's state with the name of RFC 9260 section 4 (STATUS, section 11.1.8), such as COOKIE-WAIT. */
    public String state(final int association) {
        final Association a = table.byId(association);
        return (a == null ? AssociationState.CLOSED : a.state()).name().replace('_', '-');
    }

    /** Gauge: associations that exist, in whatever state. */
    public int associations() {
        return table.size();
    }

    /** Whether there is an association between these ports with a peer that has this address. */
    public boolean hasAssociation(final InetAddress host, final int remotePort, final int localPort) {
        return table.byAddress(host, remotePort, localPort) != null;
    }

    // ---- inputs --------------------------------------------------------------------------------------------------

    /**
     * One packet from the network.
     *
     * @param localHost which of our addresses it was sent to
     * @param host      where it came from
     * @param udpPort   from which UDP port (RFC 6951)
     */
    public void onPacket(final InetAddress localHost, final InetAddress host, final int udpPort, final byte[] b,
        final int offset, final int length, final long nowNs) {
        receiver.onPacket(localHost, host, udpPort, b, offset, length, nowNs);
    }

    /** ICMP port unreachable came back for something we sent there: a hint, see {@link IcmpHints}. */
    public void onPortUnreachable(final InetAddress host, final int udpPort, final long nowNs) {
        icmpHints.onPortUnreachable(host, udpPort, nowNs);
    }

    @Override
    public long nextDeadlineNs() {
        return Math.min(agenda.nextNs(), shared.pauses().nextNs());
    }

    @Override
    public void onDeadline(final long nowNs) {
        for (Association a = shared.pauses().pollDue(nowNs); a != null; a = shared.pauses().pollDue(nowNs)) {
            if (!a.isClosed()) {
                timers.askAfterPause(a, nowNs);
                agenda.touch(a);
            }
        }
        // the others have the next passes, and then the socket is read: of thousands that are due at once none may have
        // its time-out counted while the answer waits, nor may all take so long that it looks like a pause
        for (int i = 0; i < DUE_PER_PASS; i++) {
            final Association a = agenda.pollDue(nowNs);
            if (a == null) {
                break;
            }
            if (!timers.catchUp(a, nowNs)) {
                shared.punctuality().late(nowNs - Timers.nextDeadlineNs(a), nowNs);
            }
            counters.increment(SctpCounter.TIMERS);
            timers.onDeadline(a, nowNs);
            agenda.touch(a);
            if (Timers.nextDeadlineNs(a) <= nowNs && !a.isClosed()) {
                // what is due now is written by the flush that follows
                break;
            }
        }
    }

    @Override
    public void onClockJump(final long pausedNs, final long nowNs) {
        counters.increment(SctpCounter.CLOCK_JUMPS);
        shared.punctuality().late(pausedNs, nowNs);
        shared.pauses().add(table.all(), nowNs);
    }

    @Override
    public void flush(final long nowNs) {
        replies.flush(packets, nowNs);
        intake.lookAtRefused();
        for (Association a = agenda.pollDirty(); a != null; a = agenda.pollDirty()) {
            bundling.flush(a, nowNs);
            agenda.reschedule(a);
            if (a.isClosed()) {
                forget(a);
            }
        }
    }

    @Override
    public void close(final long nowNs) {
        if (closed) {
            return;
        }
        closed = true;
        handshake.close();
        for (final Association a : table.all()) {
            abort(a, "this endpoint closes");
        }
        flush(nowNs);
    }
}
