// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.runtime;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.poolswitch.observe.ErrorLog;
import org.poolswitch.observe.PacketTap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An {@link AnnouncementPort} on real sockets of a shard's event loop: one that hears the group on the interfaces of
 * the node's addresses, and one per address that speaks, because the group learns from the source who is where.
 */
public final class MulticastChannel implements AnnouncementDriver {
    private static final Logger LOG = LoggerFactory.getLogger(MulticastChannel.class);
    /** Routers that an announcement may pass: across a site, not around the world; RSPLIB has the same. */
    private static final int TTL = 30;

    private final EventLoopShard shard;
    private final AnnouncementPort port;
    private final PacketTap tap;
    private final ErrorLog errors = new ErrorLog(LOG::warn);
    private final List<NioDatagramChannel> speakers = new ArrayList<>();
    private NioDatagramChannel ear;
    private final byte[] scratch = new byte[AnnouncementPort.MOST_OCTETS];
    private boolean muted;
    private boolean closed;

    private MulticastChannel(final EventLoopShard shard, final AnnouncementPort port, final PacketTap tap) {
        this.shard = shard;
        this.port = port;
        this.tap = tap;
    }

    /**
     * Joins the group and lets the shard drive it. Not on the shard's thread.
     *
     * @param hosts the node's own addresses; those of the group's family count
     * @throws IOException with a sentence for the operator
     */
    public static MulticastChannel open(final EventLoopShard shard, final AnnouncementPort port,
        final List<InetAddress> hosts, final PacketTap tap) throws IOException {
        final MulticastChannel channel = new MulticastChannel(shard, port, tap);
        try {
            channel.join(hosts);
            shard.call(() -> {
                shard.shard().addAnnouncements(channel);
                return null;
            });
            return channel;
        } catch (final IOException | RuntimeException e) {
            channel.close();
            throw e;
        } catch (final Exception e) {
            channel.close();
            throw new IOException("joining " + port.group() + " was interrupted", e);
        }
    }

    private void join(final List<InetAddress> hosts) throws IOException {
        final boolean v4 = port.group().getAddress() instanceof Inet4Address;
        final Set<NetworkInterface> interfaces = new LinkedHashSet<>();
        for (final InetAddress host : hosts) {
            if (host instanceof Inet4Address == v4) {
                final NetworkInterface device = deviceOf(host);
                interfaces.add(device);
                if (port.sourcePort() != AnnouncementPort.LISTENS) {
                    speakers.add(bind(new InetSocketAddress(host, port.sourcePort()), device));
                }
            }
        }
        if (interfaces.isEmpty()) {
            throw new IOException("no address of this node is of the family of " + port.group());
        }
        ear = bind(port.group(), interfaces.iterator().next());
        for (final NetworkInterface device : interfaces) {
            check(ear.joinGroup(port.group().getAddress(), device, null),
                "cannot join " + port.group() + " on " + device.getName());
        }
    }

    private static NetworkInterface deviceOf(final InetAddress host) throws IOException {
        NetworkInterface device = NetworkInterface.getByInetAddress(host);
        if (device == null && host.isLoopbackAddress()) {
            // all of 127/8 is the loopback's, though it lists one address
            device = NetworkInterface.getByInetAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        }
        if (device == null) {
            throw new IOException(host.getHostAddress() + " is not an address of this machine");
        }
        return device;
    }

    private NioDatagramChannel bind(final InetSocketAddress local, final NetworkInterface device)
        throws IOException {
        final SocketProtocolFamily family = port.group().getAddress() instanceof Inet4Address
            ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6;
        final ChannelFuture bound = new Bootstrap().group(shard.eventLoop())
            .channelFactory(() -> new NioDatagramChannel(family))
            // several nodes of one host hear the same group
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.IP_MULTICAST_TTL, TTL)
            .option(ChannelOption.IP_MULTICAST_IF, device)
            .handler(new Ear()).bind(local);
        check(bound, "UDP " + local + " cannot be bound");
        return (NioDatagramChannel) bound.channel();
    }

    private static void check(final ChannelFuture done, final String what) throws IOException {
        if (!done.awaitUninterruptibly().isSuccess()) {
            throw new IOException(what + ": " + done.cause().getMessage(), done.cause());
        }
    }

    private final class Ear extends SimpleChannelInboundHandler<DatagramPacket> {
        @Override
        protected void channelRead0(final ChannelHandlerContext context, final DatagramPacket packet) {
            final ByteBuf content = packet.content();
            final int length = content.readableBytes();
            // a speaker's own socket hears what strangers send to it alone, which is no announcement
            if (muted || length > scratch.length || context.channel() != ear) {
                return;
            }
            final long now = shard.beginInput();
            content.readBytes(scratch, 0, length);
            final InetSocketAddress from = packet.sender();
            tap.received(now, from.getAddress(), from.getPort(), port.group().getAddress(), port.group().getPort(),
                scratch, 0, length);
            port.listener().onAnnouncement(scratch, 0, length, from, now);
            shard.endInput();
        }

        @Override
        public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
            errors.report("announcement", String.valueOf(cause.getMessage()), System.nanoTime());
        }
    }

    @Override
    public void flush(final long nowNs) {
        for (byte[] d = port.take(); d != null; d = port.take()) {
            for (int i = 0; i < speakers.size() && !muted; i++) {
                final NioDatagramChannel speaker = speakers.get(i);
                final InetSocketAddress from = speaker.localAddress();
                tap.sent(nowNs, from.getAddress(), from.getPort(), port.group().getAddress(), port.group().getPort(),
                    d, 0, d.length);
                speaker.writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(d), port.group())).addListener(f -> {
                    if (!f.isSuccess()) {
                        errors.report("announcement not sent", String.valueOf(f.cause().getMessage()),
                            System.nanoTime());
                    }
                });
            }
        }
    }

    /** For drills: while muted, nothing is sent or heard. On the loop. */
    public void mute(final boolean on) {
        muted = on;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (ear != null) {
            ear.close();
        }
        speakers.forEach(NioDatagramChannel::close);
        errors.close();
    }
}
