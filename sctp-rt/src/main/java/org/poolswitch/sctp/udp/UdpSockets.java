// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.udp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.poolswitch.observe.ErrorLog;
import org.poolswitch.runtime.EventLoopShard;

/**
 * The sockets of one endpoint: those that listen, which it shares with the endpoints beside it, and its own, each
 * connected to the end of one way.
 */
final class UdpSockets {
    private final EventLoopShard shard;
    private final UdpConfig config;
    private final boolean fromListeningPort;
    private final SharedPort port;
    private final UdpSocket.Owner owner;
    private final ErrorLog errors;
    private final Called called = new Called();
    private final Watched watched = new Watched();
    /** The way of the last packet, which the next one most probably goes too. */
    private InetAddress lastLocal;
    private InetAddress lastRemote;
    private int lastPort;
    private UdpSocket lastSocket;
    private boolean closed;

    /** @param fromListeningPort whether peers are called from the UDP port that we listen on, if we do */
    UdpSockets(final EventLoopShard shard, final UdpConfig config, final boolean fromListeningPort,
        final SharedPort port, final UdpSocket.Owner owner, final ErrorLog errors) {
        this.shard = shard;
        this.config = config;
        this.fromListeningPort = fromListeningPort;
        this.port = port;
        this.owner = owner;
        this.errors = errors;
    }

    /** Connected sockets by their ways. */
    private abstract class Connected implements DialledPaths.Dialler {
        final Map<DialledPaths.Way, UdpSocket> sockets = new HashMap<>();

        /** @param listener the socket whose port it shares, or null for a port of its own */
        final void add(final DialledPaths.Way way, final UdpSocket listener) throws IOException {
            if (listener != null) {
                listener.share();
            }
            final UdpSocket socket = UdpSocket.open(way.local(), listener == null ? 0 : config.encapsulationPort(),
                way.remote(), listener != null, config.socketBufferOctets(), owner);
            socket.register(shard.eventLoop());
            sockets.put(way, socket);
            lastSocket = null;
        }

        @Override
        public final void hangUp(final DialledPaths.Way way) {
            lastSocket = null;
            close(sockets.remove(way));
        }
    }

    /**
     * To peers that we call, from ports of their own. But whoever asks for a fixed SCTP port has a peer that knows
     * where we call from, and when both call at once both must mean the same way: then from the UDP port that we listen
     * on as well (RFC 6951 section 5.3).
     */
    private final class Called extends Connected {
        @Override
        public boolean dial(final DialledPaths.Way way, final long nowNs) {
            if (closed) {
                return false;
            }
            try {
                add(way, fromListeningPort ? port.listeners.get(way.local()) : null);
                return true;
            } catch (final IOException e) {
                errors.report("no socket for a new peer", way.remote() + ": " + e.getMessage(), System.nanoTime());
                return false;
            }
        }
    }

    /** To peers that called us, from the listening port. */
    private final class Watched extends Connected {
        private boolean impossible;

        @Override
        public boolean dial(final DialledPaths.Way way, final long nowNs) {
            final UdpSocket listener = port.listeners.get(way.local());
            if (closed || impossible || listener == null) {
                return false;
            }
            try {
                add(way, listener);
                return true;
            } catch (final IOException e) {
                // some systems do not let two sockets have one port: then peers are watched by timers alone
                impossible = true;
                errors.report("callers' ports cannot be watched", String.valueOf(e.getMessage()), System.nanoTime());
                return false;
            }
        }
    }

    /** Opens and closes the sockets to peers that we call. */
    DialledPaths.Dialler called() {
        return called;
    }

    /** The same for peers that called us. */
    DialledPaths.Dialler watched() {
        return watched;
    }

    void listen(final List<InetAddress> hosts) throws IOException {
        for (final InetAddress host : hosts) {
            final UdpSocket socket = UdpSocket.open(host, config.encapsulationPort(), null, false,
                config.socketBufferOctets(), owner);
            port.listeners.put(host, socket);
            socket.register(shard.eventLoop());
        }
    }

    /** The socket that leads there, or null. */
    UdpSocket to(final InetAddress from, final InetAddress to, final int remotePort) {
        if (lastSocket != null && lastPort == remotePort && lastRemote.equals(to) && lastLocal.equals(from)) {
            return lastSocket;
        }
        final UdpSocket own = ownTo(from, to, remotePort);
        lastLocal = from;
        lastRemote = to;
        lastPort = remotePort;
        lastSocket = own == null ? port.listeners.get(from) : own;
        return lastSocket;
    }

    private UdpSocket ownTo(final InetAddress from, final InetAddress to, final int remotePort) {
        if (called.sockets.isEmpty() && watched.sockets.isEmpty()) {
            return null;
        }
        final DialledPaths.Way way = new DialledPaths.Way(from, new InetSocketAddress(to, remotePort));
        final UdpSocket own = called.sockets.get(way);
        return own == null ? watched.sockets.get(way) : own;
    }

    /** Closes its own sockets, for ever. */
    void close() {
        closed = true;
        called.sockets.values().forEach(this::close);
        called.sockets.clear();
        watched.sockets.values().forEach(this::close);
        watched.sockets.clear();
        lastSocket = null;
    }

    /** Closes what all share; for the endpoint that opened it. */
    void closeListeners() {
        port.listeners.values().forEach(this::close);
        port.listeners.clear();
        try {
            port.arrivals.close();
        } catch (final IOException e) {
            errors.report("closing a selector failed", String.valueOf(e.getMessage()), System.nanoTime());
        }
    }

    private void close(final UdpSocket socket) {
        if (socket == null) {
            return;
        }
        shard.forget(socket);
        try {
            socket.close();
            port.arrivals.forgetClosed();
        } catch (final IOException e) {
            errors.report("closing a UDP socket failed", String.valueOf(e.getMessage()), System.nanoTime());
        }
    }
}
