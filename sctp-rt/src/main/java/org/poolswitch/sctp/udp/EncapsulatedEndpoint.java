// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.udp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.poolswitch.sctp.PathStatus;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.core.SctpEndpointCore;
import org.poolswitch.sctp.core.SctpTransmitter;

/**
 * What the real and the simulated datagram driver have in common: they hand everything to the core, and give each
 * path of an association that was opened from here a local UDP port of its own.
 */
public abstract class EncapsulatedEndpoint implements SctpEndpoint, SctpTransmitter {
    private SctpEndpointCore core;
    private DialledPaths paths;
    /** Paths of peers that called us whose ports are watched; null where nobody can. */
    private DialledPaths watched;

    /** Sets what the subclass could only build after its own construction had begun. */
    protected final void attach(final SctpEndpointCore newCore, final DialledPaths newPaths) {
        core = newCore;
        paths = newPaths;
    }

    /** Lets the ports of peers that called us be watched. */
    protected final void watchWith(final DialledPaths newWatched) {
        watched = newWatched;
    }

    /** The protocol logic. */
    public final SctpEndpointCore core() {
        return core;
    }

    @Override
    public final boolean openPath(final InetAddress localHost, final InetAddress remoteHost, final int remoteUdpPort,
        final long nowNs) {
        return paths.acquire(way(localHost, remoteHost, remoteUdpPort), nowNs);
    }

    @Override
    public final void closePath(final InetAddress localHost, final InetAddress remoteHost, final int remoteUdpPort,
        final long nowNs) {
        paths.release(way(localHost, remoteHost, remoteUdpPort), nowNs);
    }

    @Override
    public final boolean watchPath(final InetAddress localHost, final InetAddress remoteHost, final int remoteUdpPort,
        final long nowNs) {
        return watched != null && watched.acquire(way(localHost, remoteHost, remoteUdpPort), nowNs);
    }

    @Override
    public final void unwatchPath(final InetAddress localHost, final InetAddress remoteHost, final int remoteUdpPort,
        final long nowNs) {
        watched.release(way(localHost, remoteHost, remoteUdpPort), nowNs);
    }

    private static DialledPaths.Way way(final InetAddress local, final InetAddress remote, final int port) {
        return new DialledPaths.Way(local, new InetSocketAddress(remote, port));
    }

    @Override
    public final SctpAddress localAddress() {
        return core.localAddress();
    }

    @Override
    public final int connect(final SctpAddress remote, final long nowNs) {
        return connect(remote, core.config().sourcePort(), nowNs);
    }

    @Override
    public final int connect(final SctpAddress remote, final int localPort, final long nowNs) {
        final int id = core.connect(remote, localPort, nowNs);
        if (id == CONNECT_IN_USE) {
            onPortInUse(remote, localPort, nowNs);
        }
        return id;
    }

    @Override
    public final int associationWith(final SctpAddress remote) {
        return core.associationWith(remote);
    }

    /** An association was not opened from this port, for there is one that would be mixed up with it. */
    protected void onPortInUse(final SctpAddress remote, final int localPort, final long nowNs) {
    }

    @Override
    public final SendStatus send(final int association, final int stream, final int ppid, final boolean unordered,
        final long lifetimeNs, final byte[] buffer, final int offset, final int length, final long nowNs) {
        return core.send(association, stream, ppid, unordered, lifetimeNs, buffer, offset, length, nowNs);
    }

    @Override
    public final SendStatus resetStreams(final int association, final int[] streams, final long nowNs) {
        return core.resetStreams(association, streams, nowNs);
    }

    @Override
    public final boolean setPrimary(final int association, final InetAddress remoteHost, final long nowNs) {
        return core.setPrimary(association, remoteHost, nowNs);
    }

    @Override
    public final List<PathStatus> paths(final int association) {
        return core.paths(association);
    }

    @Override
    public final void probe(final int association, final long nowNs) {
        core.probe(association, nowNs);
    }

    @Override
    public final void shutdown(final int association, final long nowNs) {
        core.shutdown(association, nowNs);
    }

    @Override
    public final void abort(final int association, final long nowNs) {
        core.abort(association, nowNs);
    }

    @Override
    public final long lastHeardNs(final int association) {
        return core.lastHeardNs(association);
    }

    @Override
    public final long probeAnsweredNs(final int association) {
        return core.probeAnsweredNs(association);
    }

    @Override
    public final long smoothedRttNs(final int association) {
        return core.smoothedRttNs(association);
    }

    @Override
    public int poll(final SctpListener listener, final int limit, final long nowNs) {
        return core.poll(listener, limit, nowNs);
    }

    @Override
    public final void onClockJump(final long pausedNs, final long nowNs) {
        core.onClockJump(pausedNs, nowNs);
    }

    @Override
    public void flush(final long nowNs) {
        core.flush(nowNs);
        paths.expire(nowNs);
        if (watched != null) {
            watched.expire(nowNs);
        }
    }

    @Override
    public void close(final long nowNs) {
        core.close(nowNs);
        core.flush(nowNs);
    }

    @Override
    public final long nextDeadlineNs() {
        return core.nextDeadlineNs();
    }

    @Override
    public final void onDeadline(final long nowNs) {
        core.onDeadline(nowNs);
    }
}
