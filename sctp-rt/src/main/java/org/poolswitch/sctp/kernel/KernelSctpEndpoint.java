// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import com.sun.nio.sctp.SctpChannel;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.poolswitch.observe.ErrorLog;
import org.poolswitch.runtime.EventLoopShard;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.PathStatus;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.SendStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernel's SCTP on a shard's event loop. Nothing here is timed but what the JDK cannot leave to the kernel: the
 * set-up, the graceful end, the wait for the kernel's words after a loss, and the lifetimes of messages that the kernel
 * has not taken yet. What it has taken it delivers or hands back at the association's end: the JDK passes no lifetime
 * on to it.
 */
public final class KernelSctpEndpoint implements SctpEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(KernelSctpEndpoint.class);
    private static final int MOST_PORT = 65_535;

    private final EventLoop loop;
    private final KernelConfig config;
    private final SctpAddress local;
    private final ErrorLog errors = new ErrorLog(LOG::warn);
    private final KernelSockets sockets;
    private final Map<Integer, KernelAssociation> associations = new HashMap<>();
    private final KernelAgenda agenda;
    private final int sourcePort;
    private int lastId;
    private boolean closed;

    KernelSctpEndpoint(final EventLoopShard shard, final KernelConfig config, final SctpAddress local,
        final int sourcePort) {
        this.sourcePort = sourcePort;
        this.loop = shard.eventLoop();
        this.config = config;
        this.local = local;
        this.agenda = new KernelAgenda(shard, config);
        this.sockets = new KernelSockets(loop, config, local, errors);
    }

    /** True if this host's kernel opens SCTP sockets. */
    public static boolean isAvailable() {
        try {
            SctpChannel.open().close();
            return true;
        } catch (final IOException | UnsupportedOperationException | LinkageError e) {
            return false;
        }
    }

    /** The same for a node that would like the carrier profile's timers. */
    public static KernelSctpEndpoint open(final EventLoopShard shard, final KernelConfig config,
        final SctpAddress local, final boolean listening) throws IOException {
        return open(shard, config, SctpConfig.carrier(), local, listening);
    }

    /**
     * Opens an endpoint on the shard's loop, and says what the kernel's settings are and should be.
     *
     * @param wanted    the timers that the node would like; {@link KernelSysctls} compares them with the kernel's. Of
     *                  its other settings only Source.Port counts
     * @param local     IP addresses and SCTP port. The port is for who comes, or for the first association of a pure
     *                  client, if it is free; all others take an ephemeral one, for the JDK cannot share a port
     * @param listening whether peers may open associations
     * @throws IOException with a sentence for the operator
     */
    public static KernelSctpEndpoint open(final EventLoopShard shard, final KernelConfig config,
        final SctpConfig wanted, final SctpAddress local, final boolean listening) throws IOException {
        if (!isAvailable()) {
            throw new IOException("this host's kernel has no SCTP (module sctp, package libsctp1): "
                + "use the user-space transport");
        }
        if (listening && wanted.sourcePort() == local.port()) {
            throw new IOException("with the kernel's SCTP nobody can call from port " + local.port()
                + ", on which this node listens, for the JDK cannot share it: use the user-space transport");
        }
        final KernelSysctls sysctls = KernelSysctls.read(KernelSysctls.PROC);
        LOG.info(sysctls.describe());
        final String advice = sysctls.advice(wanted);
        if (advice != null) {
            LOG.warn(advice);
        }
        try {
            final KernelSctpEndpoint endpoint = new KernelSctpEndpoint(shard, config, local, wanted.sourcePort());
            if (listening) {
                HeldPort.listen(() -> shard.call(() -> {
                    endpoint.sockets.listen(endpoint::accept, endpoint.agenda::takesMore);
                    return null;
                }), local, HeldPort.PROC, config.portWaitNs());
            }
            return endpoint;
        } catch (final IOException | RuntimeException e) {
            throw e;
        } catch (final Exception e) {
            throw new IOException("opening the SCTP endpoint was interrupted", e);
        }
    }

    private void accept(final KernelChannel channel) {
        final InetAddress peer = channel.primary();
        final InetSocketAddress any = channel.remoteAddress();
        if (closed || associations.size() >= config.maxAssociations() || peer == null || any == null) {
            channel.unsafe().closeForcibly();
            return;
        }
        final KernelAssociation association = add(SctpAddress.of(peer, any.getPort(), 0), true);
        sockets.prepare(channel, association);
        // active already, so this reports it up
        loop.register(channel);
        if (!channel.isActive()) {
            association.life().onConnectFailed();
        }
    }

    private KernelAssociation add(final SctpAddress remote, final boolean incoming) {
        final KernelAssociation association = new KernelAssociation(this, agenda, config, nextId(), remote,
            incoming);
        associations.put(association.id(), association);
        return association;
    }

    @Override
    public int connect(final SctpAddress remote, final long nowNs) {
        return connect(remote, sourcePort, nowNs);
    }

    @Override
    public int connect(final SctpAddress remote, final int localPort, final long nowNs) {
        if (localPort < 0 || localPort > MOST_PORT) {
            throw new IllegalArgumentException("source ports are 1 to 65535, not " + localPort);
        }
        if (closed) {
            return CONNECT_CLOSED;
        }
        if (associations.size() >= config.maxAssociations()) {
            return CONNECT_FULL;
        }
        final KernelChannel channel = sockets.open();
        if (channel == null) {
            return CONNECT_FULL;
        }
        if (localPort != 0 && !sockets.bind(channel, localPort)) {
            channel.close();
            return CONNECT_IN_USE;
        }
        final KernelAssociation association = add(remote, false);
        sockets.dial(association, channel, remote, localPort);
        return association.id();
    }

    void remove(final KernelAssociation association) {
        associations.remove(association.id());
    }

    int renumber(final KernelAssociation association) {
        associations.remove(association.id());
        final int id = nextId();
        associations.put(id, association);
        return id;
    }

    /** Positive, and nobody else's: there may be more than 2^31 one after the other. */
    private int nextId() {
        do {
            lastId = lastId == Integer.MAX_VALUE ? 1 : lastId + 1;
        } while (associations.containsKey(lastId));
        return lastId;
    }

    void trouble(final String what, final IOException e) {
        errors.report(what, String.valueOf(e.getMessage()), System.nanoTime());
    }

    @Override
    public SctpAddress localAddress() {
        return local;
    }

    @Override
    public List<InetAddress> localHosts(final int association) {
        final KernelAssociation a = associations.get(association);
        return a == null ? local.hosts() : a.localHosts();
    }

    @Override
    public SendStatus send(final int association, final int stream, final int ppid, final boolean unordered,
        final long lifetimeNs, final byte[] buffer, final int offset, final int length, final long nowNs) {
        final KernelAssociation a = associations.get(association);
        return a == null ? SendStatus.CLOSED : a.send(stream, ppid, unordered, lifetimeNs, buffer,
            offset, length, nowNs);
    }

    @Override
    public boolean setPrimary(final int association, final InetAddress remoteHost, final long nowNs) {
        final KernelAssociation a = associations.get(association);
        return a != null && a.setPrimary(remoteHost);
    }

    /**
     * {@inheritDoc} The states are those of the kernel's notifications. It never says which of our addresses it uses:
     * {@code local} is the most similar one.
     */
    @Override
    public List<PathStatus> paths(final int association) {
        final KernelAssociation a = associations.get(association);
        return a == null ? List.of() : a.paths();
    }

    @Override
    public void probe(final int association, final long nowNs) {
        // the JDK has no way to request a heartbeat
    }

    @Override
    public void shutdown(final int association, final long nowNs) {
        final KernelAssociation a = associations.get(association);
        if (a != null) {
            a.shutdown(nowNs);
        }
    }

    @Override
    public void abort(final int association, final long nowNs) {
        final KernelAssociation a = associations.get(association);
        if (a != null) {
            a.life().abort(DownCause.LOCAL_ABORT);
        }
    }

    @Override
    public long lastHeardNs(final int association) {
        final KernelAssociation a = associations.get(association);
        return a == null ? Long.MIN_VALUE : a.heardNs();
    }

    @Override
    public long smoothedRttNs(final int association) {
        return -1;
    }

    @Override
    public int poll(final SctpListener listener, final int limit, final long nowNs) {
        return agenda.poll(listener, limit, nowNs);
    }

    @Override
    public void flush(final long nowNs) {
        agenda.flush(nowNs);
    }

    @Override
    public long nextDeadlineNs() {
        return agenda.nextDeadlineNs();
    }

    @Override
    public void onDeadline(final long nowNs) {
        agenda.onDeadline(associations.values(), nowNs);
    }

    @Override
    public void close(final long nowNs) {
        if (closed) {
            return;
        }
        closed = true;
        List.copyOf(associations.values()).forEach(a -> a.life().abort(DownCause.LOCAL_ABORT));
        sockets.close();
        errors.close();
    }
}
