// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.net.InetAddress;
import java.util.List;
import java.util.random.RandomGenerator;
import org.poolswitch.observe.Counters;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.PathStatus;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.wire.ErrorCauses;

/** User-space SCTP as a pure machine: one port and its associations. A hub: it finds the association and dispatches. */
public final class SctpEndpointCore implements SctpEndpoint {
    private final SctpAddress local;
    private final Shared shared;
    private final AssociationTable table;
    private final EventQueue events;
    private final Handshake handshake;
    private final Opener opener;
    private final MessageIntake intake;
    private final Receiver receiver;
    private final IcmpHints icmpHints;
    private final Timers timers;
    private final TimerRound round;
    private final EndpointOutput output;
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
        this.local = local;
        this.shared = Shared.of(config, local, random, out);
        this.table = shared.table();
        this.events = shared.events();
        final StatelessReplies replies = new StatelessReplies(shared.counters());
        final PacketWriter packets = new PacketWriter(out, shared.counters(), config.pathMtu());
        this.timers = new Timers(shared);
        this.round = new TimerRound(shared, timers);
        this.icmpHints = new IcmpHints(shared, timers);
        this.intake = new MessageIntake(shared);
        this.output = new EndpointOutput(shared, replies, intake, packets);
        this.handshake = new Handshake(shared, replies, local.port(), listening);
        this.receiver = new Receiver(shared, timers, handshake, replies, new ChunkDispatcher(shared, packets));
        this.ports = new SourcePorts(shared);
        this.opener = new Opener(shared, output, ports);
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
        return shared.config();
    }

    @Override
    public int connect(final SctpAddress remote, final long nowNs) {
        return connect(remote, shared.config().sourcePort(), nowNs);
    }

    @Override
    public int connect(final SctpAddress remote, final int localPort, final long nowNs) {
        SourcePorts.check(localPort);
        return closed ? CONNECT_CLOSED : opener.connect(remote, localPort, nowNs);
    }

    @Override
    public int associationWith(final SctpAddress remote) {
        return opener.associationWith(remote);
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
        shared.agenda().touch(a);
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
            shared.agenda().touch(a);
        }
    }

    @Override
    public void shutdown(final int association, final long nowNs) {
        final Association a = table.byId(association);
        if (a != null) {
            a.shutdown().request(nowNs);
            shared.agenda().touch(a);
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
        shared.agenda().touch(a);
    }

    @Override
    public long lastHeardNs(final int association) {
        final Association a = table.byId(association);
        return a == null ? Long.MIN_VALUE : a.lastHeardNs();
    }

    @Override
    public long probeAnsweredNs(final int association) {
        final Association a = table.byId(association);
        return a == null ? Long.MIN_VALUE : a.paths().probeAnsweredNs();
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
        return shared.counters();
    }

    /** Gauge: octets that all associations together hold, to be sent or received, with what holding them costs. */
    public long heldOctets() {
        return shared.totals().sendOctets + shared.totals().receiveOctets;
    }

    /** The association's state with the name of RFC 9260 section 4 (STATUS, section 11.1.8), such as COOKIE-WAIT. */
    public String state(final int association) {
        final Association a = table.byId(association);
        return (a == null ? AssociationState.CLOSED : a.state()).standardName();
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
        return round.nextNs();
    }

    @Override
    public void onDeadline(final long nowNs) {
        round.onDeadline(nowNs);
    }

    @Override
    public void onClockJump(final long pausedNs, final long nowNs) {
        round.onClockJump(pausedNs, nowNs);
    }

    @Override
    public void flush(final long nowNs) {
        output.flush(nowNs);
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
