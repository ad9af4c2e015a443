// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import com.sun.nio.sctp.SctpChannel;
import com.sun.nio.sctp.SctpStandardSocketOptions.InitMaxStreams;
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
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.poolswitch.observe.ErrorLog;
import org.poolswitch.sctp.SctpAddress;

/** The sockets of an endpoint: the one that listens, and one for each association. */
final class KernelSockets {
    private final EventLoop loop;
    private final KernelConfig config;
    private final SctpAddress local;
    private final ErrorLog errors;
    /** Holds a whole message either way. */
    private final ByteBuffer buffer;
    private KernelServerChannel server;
    private boolean ownPortUsed;
    private boolean closed;

    KernelSockets(final EventLoop loop, final KernelConfig config, final SctpAddress local, final ErrorLog errors) {
        this.loop = loop;
        this.config = config;
        this.local = local;
        this.errors = errors;
        this.buffer = ByteBuffer.allocateDirect(config.maxMessageOctets());
    }

    /** Lets peers come, unless {@code takesMore} says no: each gets a socket, which {@code accepted} has to prepare. */
    void listen(final Consumer<KernelChannel> accepted, final BooleanSupplier takesMore) throws IOException {
        server = new KernelServerChannel(buffer, config.messagesPerRead(), takesMore);
        server.config().setOption(SctpChannelOption.SCTP_INIT_MAXSTREAMS, initStreams());
        server.config().setBacklog(config.backlog());
        server.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(final ChannelHandlerContext context, final Object channel) {
                accepted.accept((KernelChannel) channel);
            }
        });
        require(loop.register(server));
        final ChannelFuture bound = server.bind(new InetSocketAddress(local.host(), local.port()));
        if (bound.cause() != null) {
            closeServer();
            throw bindFailure(local.host(), bound.cause());
        }
        for (final InetAddress more : moreHosts()) {
            final ChannelFuture added = server.bindAddress(more);
            if (added.cause() != null) {
                closeServer();
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
        if (text.contains("in use")) {
            return new PortInUse("SCTP port " + local.port() + " of " + host.getHostAddress()
                + " is in use; is another node running on this address?", cause);
        }
        final BindException clear = new BindException(
            isGone(cause) ? host.getHostAddress() + " is not an address of this machine"
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

    /** Whatever the socket says goes to the association from now on. */
    void prepare(final KernelChannel channel, final KernelAssociation association) {
        channel.config().setAutoClose(false);
        // one look at the kernel's buffer says whether it has room
        channel.config().setWriteSpinCount(1);
        channel.config().setOption(SctpChannelOption.SCTP_NODELAY, true);
        channel.config().setSendBufferSize(config.kernelBufferOctets());
        channel.pipeline().addLast(new Handler(association));
        association.attach(channel);
    }

    /** A socket for a new peer, or null if there is none. */
    KernelChannel open() {
        try {
            final KernelChannel channel =
                new KernelChannel(null, SctpChannel.open(), buffer, config.messagesPerRead());
            loop.register(channel);
            return channel;
        } catch (final IOException e) {
            errors.report("no socket for a new peer", String.valueOf(e.getMessage()), System.nanoTime());
            return null;
        }
    }

    /**
     * The JDK sends INIT to one address (it has no sctp_connectx, RFC 6458 section 9.9) and learns the others from INIT
     * ACK. So the peer's addresses are tried one after the other, and share the time for the set-up.
     *
     * @param port the port that the socket is bound to already, or 0
     */
    void dial(final KernelAssociation association, final KernelChannel channel, final SctpAddress remote,
        final int port) {
        if (port == 0 && !bindAny(channel)) {
            prepare(channel, association);
            association.life().onConnectFailed();
            return;
        }
        dial(association, channel, remote, port, 0);
    }

    private void dial(final KernelAssociation association, final KernelChannel channel, final SctpAddress remote,
        final int port, final int host) {
        prepare(channel, association);
        channel.config().setOption(SctpChannelOption.SCTP_INIT_MAXSTREAMS, initStreams());
        channel.config().setConnectTimeoutMillis(
            (int) Math.max(1, config.connectTimeoutNs() / 1_000_000 / remote.hosts().size()));
        channel.connect(new InetSocketAddress(remote.hosts().get(host), remote.port())).addListener(done -> {
            if (done.isSuccess() || !association.life().isConnecting()) {
                return;
            }
            // the next socket may need the port
            channel.close();
            final KernelChannel next = host + 1 < remote.hosts().size() && !closed ? open() : null;
            if (next == null) {
                association.life().onConnectFailed();
            } else if (!(port == 0 ? bindAny(next) : bind(next, port))) {
                next.close();
                association.life().onConnectFailed();
            } else {
                dial(association, next, remote, port, host + 1);
            }
        });
    }

    private boolean bindAny(final KernelChannel channel) {
        // some peers believe what a client says of itself only if it comes from the port that it names
        final boolean own = server == null && !ownPortUsed;
        ownPortUsed = true;
        return own && bindAll(channel, local.port()) == null || bind(channel, 0);
    }

    /** Gives a socket our addresses and a port, or says in the log why that cannot be. */
    boolean bind(final KernelChannel channel, final int port) {
        final Throwable refused = bindAll(channel, port);
        if (refused != null) {
            errors.report("own addresses cannot be bound", (port == 0 ? "" : "SCTP port " + port + " of ")
                + local.host().getHostAddress() + ": " + refused.getMessage(), System.nanoTime());
        }
        return refused == null;
    }

    /**
     * All of our addresses, the first that can be bound with the port. One that the host has lost since the start is
     * left out: with the others peers can still be called.
     *
     * @return why none could be bound, or null
     */
    private Throwable bindAll(final KernelChannel channel, final int port) {
        Throwable refused = null;
        boolean bound = false;
        for (final InetAddress host : local.hosts()) {
            final ChannelFuture done = bound ? channel.bindAddress(host)
                : channel.bind(new InetSocketAddress(host, port));
            if (done.cause() == null) {
                bound = true;
                continue;
            }
            refused = done.cause();
            if (!isGone(refused)) {
                // a port in use, say: half of the addresses would be no answer to that
                return refused;
            }
            errors.report("own address is gone, others are used", host.getHostAddress() + ": "
                + refused.getMessage(), System.nanoTime());
        }
        return bound ? null : refused;
    }

    /** EADDRNOTAVAIL, as the JDK puts it. */
    private static boolean isGone(final Throwable refused) {
        return String.valueOf(refused.getMessage()).contains("assign");
    }

    /** Nobody comes any more, and nobody else is called. */
    void close() {
        closed = true;
        closeServer();
    }

    private void closeServer() {
        if (server != null) {
            server.close();
            server = null;
        }
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
            association.life().onEndOfSocket();
        }

        @Override
        public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
            if (cause instanceof IOException e && !(e instanceof ClosedChannelException)) {
                association.life().onError(e);
            }
            // "connection reset" and the like: Netty closes the channel, and channelInactive follows
            context.close();
        }
    }
}
