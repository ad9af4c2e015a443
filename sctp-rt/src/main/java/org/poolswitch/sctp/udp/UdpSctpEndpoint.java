// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.udp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.poolswitch.observe.Counters;
import org.poolswitch.observe.ErrorLog;
import org.poolswitch.observe.PacketTap;
import org.poolswitch.runtime.EventLoopShard;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.core.SctpEndpointCore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * User-space SCTP over UDP (RFC 6951) on a shard's event loop. A listening endpoint binds the encapsulation port for
 * whoever comes, on each of its addresses; each address that is called from here has a connected socket on a port of
 * its own, through which ICMP tells within microseconds that a peer's process is gone. The first ones of those that
 * called us ({@link UdpConfig#maxWatchedPaths}) get a connected socket on the listening port for the same purpose: the
 * error for an unconnected socket is not delivered.
 */
public final class UdpSctpEndpoint extends EncapsulatedEndpoint implements UdpSocket.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(UdpSctpEndpoint.class);

    /** ICMP, a probe, and ICMP for the probe. */
    private static final int UNREACHABLE_TURNS = 2;

    private final EventLoopShard shard;
    private final UdpConfig config;
    private final PacketTap tap;
    /** The endpoint whose listening sockets this one uses: itself, or the one it was opened beside. */
    private final UdpSctpEndpoint owner;
    private final SharedPort port;
    private final List<UdpSctpEndpoint> beside = new ArrayList<>();
    private final ErrorLog errors = new ErrorLog(LOG::warn);
    private final UdpSockets sockets;
    private final Set<UdpSocket> unreachable = new LinkedHashSet<>();
    private final ByteBuffer readBuffer;
    private final ByteBuffer writeBuffer;
    private final byte[] scratch;
    private boolean closed;

    private UdpSctpEndpoint(final UdpSctpEndpoint first, final EventLoopShard shard, final UdpConfig config,
        final SctpConfig sctp, final SctpAddress local, final boolean listening, final RandomGenerator random,
        final PacketTap tap) {
        owner = first == null ? this : first;
        port = first == null ? new SharedPort() : first.port;
        sockets = new UdpSockets(shard, config, sctp.sourcePort() != 0, port, this, errors);
        this.shard = shard;
        this.config = config;
        this.tap = tap;
        readBuffer = ByteBuffer.allocateDirect(config.maxDatagramOctets());
        writeBuffer = ByteBuffer.allocateDirect(65_535);
        scratch = new byte[config.maxDatagramOctets()];
        attach(new SctpEndpointCore(sctp, local, listening, random, this),
            new DialledPaths(sockets.called(), config.pathLingerNs(), config.maxDialledPaths()));
        watchWith(new DialledPaths(sockets.watched(), 0, config.maxWatchedPaths()));
        port.ports.add(core());
    }

    /**
     * Opens an endpoint on the shard's loop. Give it to {@link EventLoopShard#start} together with its node.
     *
     * @param local     IP address and SCTP port
     * @param listening whether peers may open associations; if not, no fixed UDP port is taken
     * @param tap       sees every datagram, or {@link PacketTap#NONE}
     * @throws IOException with a sentence for the operator, for example that the port is in use
     */
    public static UdpSctpEndpoint open(final EventLoopShard shard, final UdpConfig config, final SctpConfig sctp,
        final SctpAddress local, final boolean listening, final RandomGenerator random, final PacketTap tap)
        throws IOException {
        try {
            return shard.call(() -> {
                final UdpSctpEndpoint endpoint =
                    new UdpSctpEndpoint(null, shard, config, sctp, local, listening, random, tap);
                if (listening) {
                    endpoint.listen();
                }
                return endpoint;
            });
        } catch (final IOException | RuntimeException e) {
            throw e;
        } catch (final Exception e) {
            throw new IOException("opening the SCTP endpoint was interrupted", e);
        }
    }

    /**
     * Opens another SCTP port on the same addresses and behind the same UDP port, for example a registrar's port for
     * its peers. Both share listening sockets, drills and counters of the driver; closing the first closes both.
     *
     * @param sctpPort its SCTP port; peers may open associations to it
     * @throws IOException if this endpoint does not listen or the loop is gone
     */
    public UdpSctpEndpoint openBeside(final SctpConfig sctp, final int sctpPort, final RandomGenerator random)
        throws IOException {
        if (port.listeners.isEmpty()) {
            throw new IOException("a second SCTP port needs a first one that listens");
        }
        final SctpAddress first = owner.localAddress();
        try {
            return shard.call(() -> {
                final UdpSctpEndpoint endpoint = new UdpSctpEndpoint(owner, shard, config, sctp,
                    new SctpAddress(first.hosts(), sctpPort, first.encapsulationPort()), true, random, tap);
                owner.beside.add(endpoint);
                return endpoint;
            });
        } catch (final RuntimeException e) {
            throw e;
        } catch (final Exception e) {
            throw new IOException("opening the SCTP endpoint was interrupted", e);
        }
    }

    private void listen() throws IOException {
        try {
            sockets.listen(localAddress().hosts());
        } catch (final IOException e) {
            crash();
            throw e;
        }
    }

    @Override
    public void transmit(final InetAddress from, final InetAddress to, final int remotePort, final byte[] packet,
        final int offset, final int length, final long nowNs) {
        final UdpSocket socket = sockets.to(from, to, remotePort);
        if (socket == null || length > writeBuffer.capacity()) {
            port.counters.increment(UdpCounter.NO_PATH);
            return;
        }
        if (port.isMuted(from)) {
            port.counters.increment(UdpCounter.MUTED);
            return;
        }
        writeBuffer.clear();
        writeBuffer.put(packet, offset, length).flip();
        switch (socket.send(writeBuffer, to, remotePort)) {
            case YES -> {
                port.counters.increment(UdpCounter.SENT);
                port.counters.add(UdpCounter.SENT_OCTETS, length);
                tap.sent(nowNs, socket.local().getAddress(), socket.local().getPort(), to, remotePort, packet, offset,
                    length);
            }
            // as good as lost on the way: SCTP repeats it
            case DROPPED -> port.counters.increment(UdpCounter.SEND_DROPPED);
            default -> port.counters.increment(UdpCounter.SEND_FAILED);
        }
    }

    @Override
    public boolean isPortTaken(final InetAddress remoteHost, final int remotePort, final int localPort) {
        return port.ports.isTaken(core(), remoteHost, remotePort, localPort);
    }

    @Override
    protected void onPortInUse(final SctpAddress remote, final int localPort, final long nowNs) {
        errors.report("association not opened, its source port is in use", "SCTP port " + localPort
            + " has an association with " + remote + " already, or another part of this node listens on it", nowNs);
    }

    @Override
    public boolean hasUnread(final InetAddress from, final InetAddress to, final int remotePort, final long sinceNs,
        final long nowNs) {
        final UdpSocket socket = closed ? null : sockets.to(from, to, remotePort);
        return socket != null && socket.hasUnread(port.arrivals, sinceNs, nowNs);
    }

    @Override
    public boolean onReadable(final UdpSocket socket) {
        final long ranNs = shard.ranNs();
        if (closed || !socket.receive(readBuffer)) {
            return deliveredUnreachable();
        }
        // reads the clock, and lets a jump be known before the first datagram that waited meanwhile
        final long now = shard.beginInput();
        final int most = socket.rhythm().mostToRead(now - ranNs,
            socket.isConnected() ? config.datagramsPerRead() : config.strangersPerRead());
        int count = 0;
        do {
            take(socket, now);
        } while (++count < most && !closed && socket.receive(readBuffer));
        socket.rhythm().hasRead(count, now);
        if (socket.isConnected()) {
            // not a listening socket: whoever floods it would be served before everybody else
            shard.readFirst(socket);
        }
        deliverUnreachable(now);
        shard.endInput();
        socket.rhythm().dealtWith();
        return true;
    }

    private void take(final UdpSocket socket, final long now) {
        final InetSocketAddress at = socket.local();
        if (port.isMuted(at.getAddress())) {
            port.counters.increment(UdpCounter.MUTED);
            return;
        }
        final InetSocketAddress from = socket.sender();
        final int length = readBuffer.remaining();
        readBuffer.get(scratch, 0, length);
        port.counters.increment(UdpCounter.RECEIVED);
        port.counters.add(UdpCounter.RECEIVED_OCTETS, length);
        tap.received(now, from.getAddress(), from.getPort(), at.getAddress(), at.getPort(), scratch, 0, length);
        port.ports.of(from.getAddress(), scratch, 0, length).onPacket(at.getAddress(), from.getAddress(),
            from.getPort(), scratch, 0, length, now);
    }

    /** A read brought no datagram but perhaps an error. */
    private boolean deliveredUnreachable() {
        if (unreachable.isEmpty()) {
            return false;
        }
        deliverUnreachable(shard.beginInput());
        shard.endInput();
        return true;
    }

    /** Only noted: a write may bring this in the middle of the core's flush, and nothing re-enters the core. */
    @Override
    public void onPortUnreachable(final UdpSocket socket) {
        port.counters.increment(UdpCounter.PORT_UNREACHABLE);
        unreachable.add(socket);
    }

    private void deliverUnreachable(final long nowNs) {
        if (unreachable.isEmpty()) {
            return;
        }
        // an answer to somebody's last words may bring the next one
        final List<UdpSocket> told = List.copyOf(unreachable);
        for (final UdpSocket socket : told) {
            takeLastWords(socket, nowNs);
            final InetSocketAddress remote = socket.sender();
            core().onPortUnreachable(remote.getAddress(), remote.getPort(), nowNs);
        }
        told.forEach(unreachable::remove);
        shard.wake();
    }

    /** Who said goodbye before its port closed is believed that: the error overtakes what waits in the socket. */
    private void takeLastWords(final UdpSocket socket, final long nowNs) {
        for (int i = 0; i < config.datagramsPerRead() && socket.isConnected() && socket.receive(readBuffer); i++) {
            take(socket, nowNs);
        }
    }

    @Override
    public void onError(final IOException e) {
        errors.report("UDP error", String.valueOf(e.getMessage()), System.nanoTime());
    }

    @Override
    public void flush(final long nowNs) {
        super.flush(nowNs);
        for (int i = 0; i < UNREACHABLE_TURNS && !unreachable.isEmpty(); i++) {
            // what a write learnt starts a probe, which must not wait for the next run
            deliverUnreachable(nowNs);
            super.flush(nowNs);
        }
        tap.endOfBatch();
    }

    @Override
    public void close(final long nowNs) {
        if (closed) {
            return;
        }
        // those who use our sockets say goodbye first
        List.copyOf(beside).forEach(other -> other.close(nowNs));
        super.close(nowNs);
        crash();
        errors.close();
        tap.endOfBatch();
    }

    /** Closes the sockets and says nothing to anybody, as the operating system does for a killed process; for tests. */
    public void crash() {
        closed = true;
        List.copyOf(beside).forEach(UdpSctpEndpoint::crash);
        sockets.close();
        if (owner == this) {
            sockets.closeListeners();
        } else {
            owner.beside.remove(this);
            port.ports.remove(core());
        }
    }

    /** For drills: while muted, everything to and from the network is dropped, as if a cable were cut. On the loop. */
    public void mute(final boolean on) {
        port.mute(on);
    }

    /** The same for one of our addresses: one path of several is cut. On the loop. */
    public void mute(final InetAddress host, final boolean on) {
        port.mute(host, on);
    }

    /** The driver's own counters. */
    public Counters counters() {
        return port.counters;
    }
}
