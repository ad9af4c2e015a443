// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.udp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
 * its own, through which ICMP
 * tells within microseconds that a peer's process is gone. The first ones of those that called us
 * ({@link UdpConfig#maxWatchedPaths}) get a connected socket on the listening port for the same purpose: the error for
 * an unconnected socket is not delivered.
 */
public final class UdpSctpEndpoint extends EncapsulatedEndpoint implements UdpSocket.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(UdpSctpEndpoint.class);

    /** ICMP, a probe, and ICMP for the probe. */
    private static final int UNREACHABLE_TURNS = 2;

    private final EventLoopShard shard;
    private final UdpConfig config;
    private final PacketTap tap;
    private final Counters counters;
    /** The endpoint whose listening sockets this one uses: itself, or the one it was opened beside. */
    private final UdpSctpEndpoint owner;
    private final SctpPorts ports;
    private final Arrivals arrivals;
    private final List<UdpSctpEndpoint> beside = new ArrayList<>();
    private final ErrorLog errors = new ErrorLog(LOG::warn);
    private final Map<DialledPaths.Way, UdpSocket> dialled = new HashMap<>();
    /** Connected sockets on the listening port, for peers that called us. */
    private final Map<DialledPaths.Way, UdpSocket> watching = new HashMap<>();
    private final Map<InetAddress, UdpSocket> listeners;
    private final Set<InetAddress> mutedHosts = new HashSet<>();
    private final Set<InetSocketAddress> unreachable = new LinkedHashSet<>();
    private final ByteBuffer readBuffer;
    private final ByteBuffer writeBuffer;
    private final byte[] scratch;
    /** The way of the last packet, which the next one most probably goes too. */
    private InetAddress lastLocal;
    private InetAddress lastRemote;
    private int lastPort;
    private UdpSocket lastSocket;
    private boolean closed;
    private boolean muted;

    private UdpSctpEndpoint(final UdpSctpEndpoint first, final EventLoopShard shard, final UdpConfig config,
        final SctpConfig sctp, final SctpAddress local, final boolean listening, final RandomGenerator random,
        final PacketTap tap) {
        owner = first == null ? this : first;
        counters = first == null ? new Counters(UdpCounter.class) : first.counters;
        listeners = first == null ? new HashMap<>() : first.listeners;
        ports = first == null ? new SctpPorts() : first.ports;
        arrivals = first == null ? new Arrivals() : first.arrivals;
        this.shard = shard;
        this.config = config;
        this.tap = tap;
        readBuffer = ByteBuffer.allocateDirect(config.maxDatagramOctets());
        writeBuffer = ByteBuffer.allocateDirect(65_535);
        scratch = new byte[config.maxDatagramOctets()];
        attach(new SctpEndpointCore(sctp, local, listening, random, this),
            new DialledPaths(this, config.pathLingerNs(), config.maxDialledPaths()));
        watchWith(new DialledPaths(new Watch(), 0, config.maxWatchedPaths()));
        ports.add(core());
    }

    /** Opens and closes the connected sockets of peers that called us. */
    private final class Watch implements DialledPaths.Dialler {
        private boolean impossible;

        @Override
        public boolean dial(final DialledPaths.Way way, final long nowNs) {
            final UdpSocket listener = listeners.get(way.local());
            if (closed || impossible || listener == null) {
                return false;
            }
            try {
                listener.share();
                final UdpSocket socket = UdpSocket.open(way.local(), config.encapsulationPort(), way.remote(), true,
                    config.socketBufferOctets(), UdpSctpEndpoint.this);
                socket.register(shard.eventLoop());
                watching.put(way, socket);
                lastSocket = null;
                return true;
            } catch (final IOException e) {
                // some systems do not let two sockets have one port: then peers are watched by timers alone
                impossible = true;
                errors.report("callers' ports cannot be watched", String.valueOf(e.getMessage()), System.nanoTime());
                return false;
            }
        }

        @Override
        public void hangUp(final DialledPaths.Way way) {
            lastSocket = null;
            close(watching.remove(way));
        }
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
                    endpoint.listen(local);
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
        if (owner.listeners.isEmpty()) {
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

    private void listen(final SctpAddress local) throws IOException {
        try {
            for (final InetAddress host : local.hosts()) {
                final UdpSocket socket = UdpSocket.open(host, config.encapsulationPort(), null, false,
                    config.socketBufferOctets(), this);
                listeners.put(host, socket);
                socket.register(shard.eventLoop());
            }
        } catch (final IOException e) {
            crash();
            throw e;
        }
    }

    @Override
    public boolean dial(final DialledPaths.Way way, final long nowNs) {
        if (closed) {
            return false;
        }
        try {
            final UdpSocket socket = openTowards(way);
            socket.register(shard.eventLoop());
            dialled.put(way, socket);
            lastSocket = null;
            return true;
        } catch (final IOException e) {
            errors.report("no socket for a new peer", way.remote() + ": " + e.getMessage(), System.nanoTime());
            return false;
        }
    }

    /**
     * Whoever asks for a fixed SCTP port has a peer that knows where we call from, and when both call at once both must
     * mean the same way: then we call from the UDP port that we listen on as well (RFC 6951 section 5.3).
     */
    private UdpSocket openTowards(final DialledPaths.Way way) throws IOException {
        final UdpSocket listener = core().config().sourcePort() == 0 ? null : listeners.get(way.local());
        if (listener != null) {
            listener.share();
        }
        return UdpSocket.open(way.local(), listener == null ? 0 : config.encapsulationPort(), way.remote(),
            listener != null, config.socketBufferOctets(), this);
    }

    @Override
    public boolean isPortTaken(final InetAddress remoteHost, final int remotePort, final int localPort) {
        return ports.isTaken(core(), remoteHost, remotePort, localPort);
    }

    @Override
    protected void onPortInUse(final SctpAddress remote, final int localPort, final long nowNs) {
        errors.report("association not opened, its source port is in use", "SCTP port " + localPort
            + " has an association with " + remote + " already, or another part of this node listens on it", nowNs);
    }

    @Override
    public void hangUp(final DialledPaths.Way way) {
        lastSocket = null;
        close(dialled.remove(way));
    }

    private void close(final UdpSocket socket) {
        if (socket == null) {
            return;
        }
        shard.forget(socket);
        try {
            socket.close();
            arrivals.forgetClosed();
        } catch (final IOException e) {
            errors.report("closing a UDP socket failed", String.valueOf(e.getMessage()), System.nanoTime());
        }
    }

    @Override
    public void transmit(final InetAddress from, final InetAddress to, final int port, final byte[] packet,
        final int offset, final int length, final long nowNs) {
        final UdpSocket socket = socketTo(from, to, port);
        if (socket == null || length > writeBuffer.capacity()) {
            counters.increment(UdpCounter.NO_PATH);
            return;
        }
        if (isMuted(from)) {
            counters.increment(UdpCounter.MUTED);
            return;
        }
        writeBuffer.clear();
        writeBuffer.put(packet, offset, length).flip();
        switch (socket.send(writeBuffer, to, port)) {
            case YES -> {
                counters.increment(UdpCounter.SENT);
                counters.add(UdpCounter.SENT_OCTETS, length);
                tap.sent(nowNs, socket.local().getAddress(), socket.local().getPort(), to, port, packet, offset,
                    length);
            }
            // as good as lost on the way: SCTP repeats it
            case DROPPED -> counters.increment(UdpCounter.SEND_DROPPED);
            default -> counters.increment(UdpCounter.SEND_FAILED);
        }
    }

    @Override
    public boolean hasUnread(final InetAddress from, final InetAddress to, final int port, final long sinceNs,
        final long nowNs) {
        final UdpSocket socket = closed ? null : socketTo(from, to, port);
        return socket != null && socket.hasUnread(arrivals, sinceNs, nowNs);
    }

    private UdpSocket socketTo(final InetAddress from, final InetAddress to, final int port) {
        if (lastSocket != null && lastPort == port && lastRemote.equals(to) && lastLocal.equals(from)) {
            return lastSocket;
        }
        final UdpSocket own = ownSocket(from, to, port);
        final UdpSocket socket = own == null ? listeners.get(from) : own;
        lastLocal = from;
        lastRemote = to;
        lastPort = port;
        lastSocket = socket;
        return socket;
    }

    private UdpSocket ownSocket(final InetAddress from, final InetAddress to, final int port) {
        if (dialled.isEmpty() && watching.isEmpty()) {
            return null;
        }
        final DialledPaths.Way way = new DialledPaths.Way(from, new InetSocketAddress(to, port));
        final UdpSocket own = dialled.get(way);
        return own == null ? watching.get(way) : own;
    }

    @Override
    public boolean onReadable(final UdpSocket socket) {
        if (closed || !socket.receive(readBuffer)) {
            return deliveredUnreachable();
        }
        // reads the clock, and lets a jump be known before the first datagram that waited meanwhile
        final long now = shard.beginInput();
        final int most = socket.mostToRead(now,
            socket.isConnected() ? config.datagramsPerRead() : config.strangersPerRead());
        int count = 0;
        do {
            take(socket, now);
        } while (++count < most && !closed && socket.receive(readBuffer));
        socket.hasRead(count, now);
        if (socket.isConnected()) {
            // not a listening socket: whoever floods it would be served before everybody else
            shard.readFirst(socket);
        }
        deliverUnreachable(now);
        shard.endInput();
        socket.dealtWith(shard.lookedNs());
        return true;
    }

    private void take(final UdpSocket socket, final long now) {
        final InetSocketAddress at = socket.local();
        if (isMuted(at.getAddress())) {
            counters.increment(UdpCounter.MUTED);
            return;
        }
        final InetSocketAddress from = socket.sender();
        final int length = readBuffer.remaining();
        readBuffer.get(scratch, 0, length);
        counters.increment(UdpCounter.RECEIVED);
        counters.add(UdpCounter.RECEIVED_OCTETS, length);
        tap.received(now, from.getAddress(), from.getPort(), at.getAddress(), at.getPort(), scratch, 0, length);
        ports.of(from.getAddress(), scratch, 0, length).onPacket(at.getAddress(), from.getAddress(),
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
    public void onPortUnreachable(final InetSocketAddress remote) {
        counters.increment(UdpCounter.PORT_UNREACHABLE);
        unreachable.add(remote);
    }

    private void deliverUnreachable(final long nowNs) {
        if (unreachable.isEmpty()) {
            return;
        }
        for (final InetSocketAddress remote : unreachable) {
            core().onPortUnreachable(remote.getAddress(), remote.getPort(), nowNs);
        }
        unreachable.clear();
        shard.wake();
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
        if (owner == this) {
            listeners.values().forEach(this::close);
            listeners.clear();
        } else {
            owner.beside.remove(this);
            owner.ports.remove(core());
        }
        dialled.values().forEach(this::close);
        dialled.clear();
        watching.values().forEach(this::close);
        watching.clear();
        lastSocket = null;
        try {
            if (owner == this) {
                arrivals.close();
            }
        } catch (final IOException e) {
            errors.report("closing a selector failed", String.valueOf(e.getMessage()), System.nanoTime());
        }
    }

    /** For drills: while muted, everything to and from the network is dropped, as if a cable were cut. On the loop. */
    public void mute(final boolean on) {
        owner.muted = on;
    }

    /** The same for one of our addresses: one path of several is cut. On the loop. */
    public void mute(final InetAddress host, final boolean on) {
        if (on) {
            owner.mutedHosts.add(host);
        } else {
            owner.mutedHosts.remove(host);
        }
    }

    private boolean isMuted(final InetAddress host) {
        return owner.muted || !owner.mutedHosts.isEmpty() && owner.mutedHosts.contains(host);
    }

    /** The driver's own counters. */
    public Counters counters() {
        return counters;
    }
}
