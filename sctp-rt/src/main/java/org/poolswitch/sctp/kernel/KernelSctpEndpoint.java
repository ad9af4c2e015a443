// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import com.sun.nio.sctp.SctpChannel;
import com.sun.nio.sctp.SctpStandardSocketOptions.InitMaxStreams;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.sctp.SctpChannelOption;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.poolswitch.observe.ErrorLog;
import org.poolswitch.runtime.EventLoopShard;
import org.poolswitch.runtime.Machine;
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

    private final EventLoopShard shard;
    private final EventLoop loop;
    private final KernelConfig config;
    private final SctpAddress local;
    private final ByteBuffer buffer;
    private final ErrorLog errors = new ErrorLog(LOG::warn);
    private final Map<Integer, KernelAssociation> associations = new HashMap<>();
    private final Set<KernelAssociation> dirty = new LinkedHashSet<>();
    private final Deque<KernelEvent> events = new ArrayDeque<>();
    private KernelServerChannel server;
    private int nextId = 1;
    /** The time of what is read or written now; each look at the clock may be a system call. */
    private long batchNs;
    private boolean inBatch;
    private boolean ownPortUsed;
    private boolean closed;

    private KernelSctpEndpoint(final EventLoopShard shard, final KernelConfig config, final SctpAddress local) {
        this.shard = shard;
        this.loop = shard.eventLoop();
        this.config = config;
        this.local = local;
        this.buffer = ByteBuffer.allocateDirect(config.maxMessageOctets());
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
     * @param wanted    the timers that the node would like; {@link KernelSysctls} compares them with the kernel's
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
        final KernelSysctls sysctls = KernelSysctls.read(KernelSysctls.PROC);
        LOG.info(sysctls.describe());
        final String advice = sysctls.advice(wanted);
        if (advice != null) {
            LOG.warn(advice);
        }
        try {
            return shard.call(() -> {
                final KernelSctpEndpoint endpoint = new KernelSctpEndpoint(shard, config, local);
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

    private void listen() throws IOException {
        server = new KernelServerChannel(buffer, config.messagesPerRead());
        server.config().setOption(SctpChannelOption.SCTP_INIT_MAXSTREAMS, initStreams());
        server.config().setBacklog(config.backlog());
        server.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(final ChannelHandlerContext context, final Object accepted) {
                accept((KernelChannel) accepted);
            }
        });
        require(loop.register(server));
        final ChannelFuture bound = server.bind(new InetSocketAddress(local.host(), local.port()));
        if (bound.cause() != null) {
            server.close();
            throw bindFailure(local.host(), bound.cause());
        }
        for (final InetAddress more : moreHosts()) {
            final ChannelFuture added = server.bindAddress(more);
            if (added.cause() != null) {
                server.close();
                throw bindFailure(more, added.cause());
            }
        }
    }

    /** The addresses that are bound after the first (RFC 6458 section 9.1). */
    private List<InetAddress> moreHosts() {
        return local.hosts().subList(1, local.hosts().size());
    }

    private IOException bindFailure(final InetAddress host, final Throwable cause) {
        final String text = String.valueOf(cause.getMessage());
        final BindException clear = new BindException(text.contains("in use")
            ? "SCTP port " + local.port() + " of " + host.getHostAddress()
                + " is in use; is another node running on this address?"
            : text.contains("assign") ? host.getHostAddress() + " is not an address of this machine"
                : "SCTP port " + local + " cannot be bound: " + text);
        clear.initCause(cause);
        return clear;
    }

    private static void require(final ChannelFuture done) throws IOException {
        if (done.cause() != null) {
            throw new IOException("the kernel refused: " + done.cause().getMessage(), done.cause());
        }
    }

    private InitMaxStreams initStreams() {
        return InitMaxStreams.create(config.streams(), config.streams());
    }

    private void accept(final KernelChannel channel) {
        final InetAddress peer = channel.primary();
        final InetSocketAddress any = channel.remoteAddress();
        if (closed || associations.size() >= config.maxAssociations() || peer == null || any == null) {
            channel.unsafe().closeForcibly();
            return;
        }
        final KernelAssociation association = add(SctpAddress.of(peer, any.getPort(), 0), true);
        prepare(channel, association);
        // active already, so this reports it up
        loop.register(channel);
        if (!channel.isActive()) {
            association.onConnectFailed();
        }
    }

    private KernelAssociation add(final SctpAddress remote, final boolean incoming) {
        final KernelAssociation association = new KernelAssociation(this, config, nextId++, remote, incoming);
        associations.put(association.id(), association);
        return association;
    }

    private void prepare(final KernelChannel channel, final KernelAssociation association) {
        channel.config().setAutoClose(false);
        // one look at the kernel's buffer says whether it has room
        channel.config().setWriteSpinCount(1);
        channel.config().setOption(SctpChannelOption.SCTP_NODELAY, true);
        channel.config().setSendBufferSize(config.kernelBufferOctets());
        channel.pipeline().addLast(new Handler(association));
        association.attach(channel);
    }

    @Override
    public int connect(final SctpAddress remote, final long nowNs) {
        if (closed) {
            return CONNECT_CLOSED;
        }
        if (associations.size() >= config.maxAssociations()) {
            return CONNECT_FULL;
        }
        final KernelChannel channel = newChannel();
        if (channel == null) {
            return CONNECT_FULL;
        }
        final KernelAssociation association = add(remote, false);
        dial(association, channel, remote, 0);
        return association.id();
    }

    private KernelChannel newChannel() {
        try {
            return new KernelChannel(null, SctpChannel.open(), buffer, config.messagesPerRead());
        } catch (final IOException e) {
            trouble("no socket for a new peer", e);
            return null;
        }
    }

    /**
     * The JDK sends INIT to one address (it has no sctp_connectx, RFC 6458 section 9.9) and learns the others from INIT
     * ACK. So the peer's addresses are tried one after the other, and share the time for the set-up.
     */
    private void dial(final KernelAssociation association, final KernelChannel channel, final SctpAddress remote,
        final int host) {
        prepare(channel, association);
        channel.config().setOption(SctpChannelOption.SCTP_INIT_MAXSTREAMS, initStreams());
        channel.config().setConnectTimeoutMillis(
            (int) Math.max(1, config.connectTimeoutNs() / 1_000_000 / remote.hosts().size()));
        loop.register(channel);
        if (!bindAll(channel)) {
            association.onConnectFailed();
            return;
        }
        channel.connect(new InetSocketAddress(remote.hosts().get(host), remote.port())).addListener(done -> {
            if (done.isSuccess() || !association.isConnecting()) {
                return;
            }
            final KernelChannel next = host + 1 < remote.hosts().size() && !closed ? newChannel() : null;
            if (next == null) {
                association.onConnectFailed();
            } else {
                dial(association, next, remote, host + 1);
            }
        });
    }

    private boolean bindAll(final KernelChannel channel) {
        // some peers believe what a client says of itself only if it comes from the port that it names
        final int port = server == null && !ownPortUsed ? local.port() : 0;
        ownPortUsed = true;
        ChannelFuture bound = channel.bind(new InetSocketAddress(local.host(), port));
        if (port != 0 && bound.cause() != null) {
            bound = channel.bind(new InetSocketAddress(local.host(), 0));
        }
        for (final InetAddress more : moreHosts()) {
            bound = bound.cause() == null ? channel.bindAddress(more) : bound;
        }
        if (bound.cause() != null) {
            errors.report("own addresses cannot be bound", local + ": " + bound.cause().getMessage(),
                System.nanoTime());
        }
        return bound.cause() == null;
    }

    /** What a channel tells its association. */
    private static final class Handler extends ChannelInboundHandlerAdapter {
        private final KernelAssociation association;

        Handler(final KernelAssociation association) {
            this.association = association;
        }

        @Override
        public void channelActive(final ChannelHandlerContext context) {
            association.onActive();
        }

        @Override
        public void channelReadComplete(final ChannelHandlerContext context) {
            association.onReadComplete();
        }

        @Override
        public void channelInactive(final ChannelHandlerContext context) {
            association.onInactive();
        }

        @Override
        public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
            if (cause instanceof IOException e && !(e instanceof ClosedChannelException)) {
                association.onError(e);
            }
            // "connection reset" and the like: Netty closes the channel, and channelInactive follows
            context.close();
        }
    }

    /** Now, for all that the sockets say until the shard's next run. On the loop. */
    long batchNs() {
        if (!inBatch) {
            // the run ends this batch, even if nothing comes of it
            shard.wake();
            batchNs = shard.beginInput();
            inBatch = true;
        }
        return batchNs;
    }

    void event(final KernelEvent event) {
        events.add(event);
        shard.wake();
    }

    void dirty(final KernelAssociation association) {
        dirty.add(association);
        shard.wake();
    }

    void wake() {
        shard.wake();
    }

    void remove(final KernelAssociation association) {
        associations.remove(association.id());
        dirty.remove(association);
    }

    int renumber(final KernelAssociation association) {
        associations.remove(association.id());
        associations.put(nextId, association);
        return nextId++;
    }

    void trouble(final String what, final IOException e) {
        errors.report(what, String.valueOf(e.getMessage()), System.nanoTime());
    }

    @Override
    public SctpAddress localAddress() {
        return local;
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
            a.abort();
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
        inBatch = false;
        int delivered = 0;
        for (; delivered < limit && !events.isEmpty(); delivered++) {
            events.poll().deliver(listener, nowNs);
        }
        return delivered;
    }

    @Override
    public void flush(final long nowNs) {
        if (dirty.isEmpty()) {
            return;
        }
        final List<KernelAssociation> now = new ArrayList<>(dirty);
        dirty.clear();
        batchNs = nowNs;
        inBatch = true;
        now.forEach(a -> a.flush(nowNs));
        inBatch = false;
    }

    @Override
    public long nextDeadlineNs() {
        long next = Machine.NO_DEADLINE;
        for (final KernelAssociation a : associations.values()) {
            next = Math.min(next, a.deadlineNs());
        }
        return next;
    }

    @Override
    public void onDeadline(final long nowNs) {
        for (final KernelAssociation a : List.copyOf(associations.values())) {
            if (a.deadlineNs() <= nowNs) {
                a.onDeadline(nowNs);
            }
        }
    }

    @Override
    public void close(final long nowNs) {
        if (closed) {
            return;
        }
        closed = true;
        List.copyOf(associations.values()).forEach(KernelAssociation::abort);
        final Channel listening = server;
        if (listening != null) {
            listening.close();
        }
        errors.close();
    }
}
