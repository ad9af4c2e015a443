// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import com.sun.nio.sctp.AbstractNotificationHandler;
import com.sun.nio.sctp.AssociationChangeNotification;
import com.sun.nio.sctp.HandlerResult;
import com.sun.nio.sctp.MessageInfo;
import com.sun.nio.sctp.PeerAddressChangeNotification;
import com.sun.nio.sctp.SctpChannel;
import com.sun.nio.sctp.SctpStandardSocketOptions;
import com.sun.nio.sctp.SendFailedNotification;
import com.sun.nio.sctp.ShutdownNotification;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.sctp.SctpMessage;
import io.netty.channel.sctp.nio.NioSctpChannel;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Netty's channel with its reading and writing replaced. Netty's own reading closes at once when the peer says
 * SHUTDOWN, which would lose what the kernel still has to tell; its writing closes the socket when a write fails, which
 * loses the same, and keeps messages in a queue where their lifetime cannot end.
 */
final class KernelChannel extends NioSctpChannel {
    /** Gets what the kernel says. */
    interface Owner {
        /** False to have nothing read for now. */
        boolean takesMore();

        void onMessage(MessageInfo info, ByteBuffer bytes);

        void onAssociationChange(AssociationChangeNotification change);

        void onPathChange(PeerAddressChangeNotification change);

        void onSendFailed(int stream, ByteBuffer bytes);

        void onPeerShutdown();

        /**
         * There is nothing more to read.
         *
         * @return false to leave the socket open all the same; reading then starts again with the next {@code read()}
         */
        boolean onEndOfFile();

        /**
         * The kernel may have room.
         *
         * @return false to be called again when it has more
         */
        boolean onWritable();
    }

    /** Reads before a write that had to wait; each takes what others would have to wait for. */
    private static final int ROUNDS = 16;
    /** Stands in Netty's queue for whatever the owner has to send: Netty then waits for room and calls. */
    private static final SctpMessage SOMETHING = new SctpMessage(0, 0, Unpooled.EMPTY_BUFFER);

    private final Notifications notifications = new Notifications();
    private final ByteBuffer buffer;
    private final Burst burst;
    private Owner owner;
    private boolean asked;
    /** The kernel had no room for what the owner had. */
    private boolean waited;

    /**
     * @param buffer          holds a whole message either way; shared by all channels of the loop
     * @param messagesPerRead most that is read before others have a turn
     */
    KernelChannel(final Channel parent, final SctpChannel channel, final ByteBuffer buffer,
        final int messagesPerRead) {
        super(parent, channel);
        this.buffer = buffer;
        this.burst = new Burst(messagesPerRead);
    }

    void setOwner(final Owner newOwner) {
        owner = newOwner;
    }

    /** The selector is level-triggered: what is left in the socket is asked for again in the next turn of the loop. */
    @Override
    protected int doReadMessages(final List<Object> unused) throws Exception {
        return owner.takesMore() ? readBurst() : 0;
    }

    private int readBurst() throws Exception {
        final int most = burst.most();
        int count = 0;
        while (count < most && isOpen()) {
            final int read = readMessage(count > 0);
            if (read <= 0) {
                count = count > 0 ? count : read;
                break;
            }
            count++;
        }
        burst.hasRead(count);
        return count;
    }

    /**
     * @param more something was read just before, so that an end of file can wait: the socket stays readable with it
     * @return messages read, or -1 if none will ever come again
     */
    private int readMessage(final boolean more) throws Exception {
        buffer.clear();
        final MessageInfo info;
        try {
            info = javaChannel().receive(buffer, null, notifications);
        } catch (final AssertionError unknown) {
            // how the JDK says that it does not know a notification, such as ADDR_POTENTIALLY_FAILED (RFC 7829 section
            // 7.2) with net.sctp.pf_expose = 2; it has been taken off the socket, and the next one follows
            return 0;
        }
        if (info == null) {
            return 0;
        }
        if (info.bytes() < 0) {
            if (more) {
                return 0;
            }
            if (owner.onEndOfFile()) {
                return -1;
            }
            config().setAutoRead(false);
            // without this Netty asks the selector again after every look but the first, and that says "readable"
            clearReadPending();
            return 0;
        }
        buffer.flip();
        owner.onMessage(info, buffer);
        return 1;
    }

    /** Has the owner called as soon as the kernel has room: now, as a rule. */
    void requestWrite() {
        if (!asked) {
            asked = true;
            writeAndFlush(SOMETHING, voidPromise());
        }
    }

    @Override
    protected boolean doWriteMessage(final Object something, final ChannelOutboundBuffer unused) {
        if (waited) {
            if (!owner.takesMore()) {
                // not to be read, so not to be written either: Netty asks again, and readFirst says why
                return false;
            }
            readFirst();
        }
        waited = !owner.onWritable();
        asked = waited;
        return !waited;
    }

    /**
     * The kernel had no room and has some: perhaps because the peer restarted (RFC 9260 section 5.2.2) and all that it
     * held was thrown away. Netty writes before it reads, and the peer's next process would get what was meant for the
     * last one, and what is handed back as undelivered.
     */
    private void readFirst() {
        try {
            int read = 1;
            for (int rounds = 0; rounds < ROUNDS && read > 0 && isOpen(); rounds++) {
                read = readBurst();
            }
            if (read == 0) {
                pipeline().fireChannelReadComplete();
            }
        } catch (final Exception e) {
            pipeline().fireExceptionCaught(e);
        }
    }

    /**
     * Gives the kernel one message.
     *
     * @return false if it has no room
     */
    boolean send(final Outgoing message, final long nowNs) throws IOException {
        buffer.clear();
        buffer.put(message.payload()).flip();
        // JDK 17 to 25 do not pass the time to live on; it is said all the same, for those that will
        final MessageInfo info = MessageInfo.createOutgoing(null, message.stream()).payloadProtocolID(message.ppid())
            .unordered(message.unordered()).timeToLive(message.lifetimeMillis(nowNs));
        return javaChannel().send(buffer, info) > 0;
    }

    /** The peer's primary address, or null if there is no association (any more). */
    InetAddress primary() {
        try {
            final SocketAddress address = javaChannel().getOption(SctpStandardSocketOptions.SCTP_PRIMARY_ADDR);
            return address instanceof InetSocketAddress inet ? host(inet) : null;
        } catch (final IOException e) {
            return null;
        }
    }

    /** All addresses of the peer. */
    List<InetAddress> remoteHosts() {
        return hosts(allRemoteAddresses());
    }

    /** All addresses of ours that this socket has. */
    List<InetAddress> localHosts() {
        return hosts(allLocalAddresses());
    }

    private static List<InetAddress> hosts(final Set<InetSocketAddress> addresses) {
        final List<InetAddress> hosts = new ArrayList<>();
        addresses.forEach(a -> hosts.add(host(a)));
        return hosts;
    }

    /**
     * The IP address alone. The JDK gives every IPv6 address a scope, that of the interface that it has looked up, but
     * only a link-local one needs it (RFC 4007 section 6), and nobody has named the others so.
     */
    static InetAddress host(final InetSocketAddress address) {
        final InetAddress host = address.getAddress();
        if (!(host instanceof Inet6Address) || host.isLinkLocalAddress()) {
            return host;
        }
        try {
            return InetAddress.getByAddress(host.getAddress());
        } catch (final UnknownHostException e) {
            throw new IllegalStateException("an address of 16 octets", e);
        }
    }

    /** SET PRIMARY; false if the kernel refuses. */
    boolean setPrimary(final InetSocketAddress remote) {
        try {
            javaChannel().setOption(SctpStandardSocketOptions.SCTP_PRIMARY_ADDR, remote);
            return true;
        } catch (final IOException e) {
            return false;
        }
    }

    /** Starts the SHUTDOWN sequence: what the kernel has is delivered first. */
    void startShutdown() throws IOException {
        javaChannel().shutdown();
    }

    /** Makes the close that follows an ABORT (RFC 6458 section 8.1.4: linger with time 0). */
    void makeCloseAbortive() throws IOException {
        javaChannel().setOption(SctpStandardSocketOptions.SO_LINGER, 0);
    }

    private final class Notifications extends AbstractNotificationHandler<Object> {
        @Override
        public HandlerResult handleNotification(final AssociationChangeNotification change, final Object unused) {
            owner.onAssociationChange(change);
            return HandlerResult.CONTINUE;
        }

        @Override
        public HandlerResult handleNotification(final PeerAddressChangeNotification change, final Object unused) {
            owner.onPathChange(change);
            return HandlerResult.CONTINUE;
        }

        @Override
        public HandlerResult handleNotification(final SendFailedNotification failed, final Object unused) {
            owner.onSendFailed(failed.streamNumber(), failed.buffer());
            return HandlerResult.CONTINUE;
        }

        @Override
        public HandlerResult handleNotification(final ShutdownNotification shutdown, final Object unused) {
            owner.onPeerShutdown();
            return HandlerResult.CONTINUE;
        }
    }
}
