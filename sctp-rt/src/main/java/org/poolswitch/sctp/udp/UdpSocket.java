// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.udp;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoOps;
import io.netty.channel.nio.NioSelectableChannelIoHandle;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import org.poolswitch.runtime.DirectSource;

/**
 * One UDP socket on the event loop: bound and open to all (listening), or connected to one remote port. It hands bytes
 * to its owner straight from a buffer that all sockets of the endpoint share: a message costs no object on its way.
 */
final class UdpSocket extends NioSelectableChannelIoHandle<DatagramChannel> implements DirectSource {
    /** What became of a datagram. */
    enum Sent {
        /** Handed over. */
        YES,
        /** The send buffer is full. */
        DROPPED,
        /** Refused. */
        FAILED
    }

    /** Gets what the socket hears. */
    interface Owner {
        /**
         * The socket may be readable: call {@link UdpSocket#receive} for each datagram.
         *
         * @return whether it brought anything
         */
        boolean onReadable(UdpSocket socket);

        /** An earlier datagram found nobody (ICMP port unreachable). */
        void onPortUnreachable(UdpSocket socket);

        /** Another error of the operating system. */
        void onError(IOException e);
    }

    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private final Owner owner;
    private final ReadRhythm rhythm = new ReadRhythm();
    private InetSocketAddress lastSender;
    private InetSocketAddress lastDestination;
    private IoRegistration registration;

    private UdpSocket(final DatagramChannel channel, final InetSocketAddress remote, final Owner owner)
        throws IOException {
        super(channel);
        this.channel = channel;
        this.local = (InetSocketAddress) channel.getLocalAddress();
        this.remote = remote;
        this.owner = owner;
    }

    /**
     * Opens a socket; it hears nothing before {@link #register}.
     *
     * @param port   local port, 0 for any
     * @param remote the only peer, or null for all
     * @param shared whether another socket that {@link #share shares} its port may have it already
     */
    static UdpSocket open(final InetAddress host, final int port, final InetSocketAddress remote, final boolean shared,
        final int bufferOctets, final Owner owner) throws IOException {
        final DatagramChannel channel = UdpChannels.open(host, port, remote, shared, bufferOctets);
        try {
            return new UdpSocket(channel, remote, owner);
        } catch (final IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * From now on connected sockets of this process may have the same port. Not before it is bound: another node on the
     * same address must be told that the port is taken.
     */
    void share() throws IOException {
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    }

    /** Starts to listen to the event loop; on its thread. */
    void register(final IoEventLoop loop) throws IOException {
        final Future<IoRegistration> future = loop.register(this);
        if (!future.isSuccess()) {
            channel.close();
            throw new IOException("the event loop refused a UDP socket", future.cause());
        }
        registration = future.getNow();
        registration.submit(NioIoOps.READ);
    }

    @Override
    protected void handle(final DatagramChannel readable, final SelectionKey key) {
        owner.onReadable(this);
    }

    @Override
    public boolean readNow() {
        return owner.onReadable(this);
    }

    /** True if it hears one peer only, and is not closed. */
    boolean isConnected() {
        return remote != null && channel.isOpen();
    }

    /**
     * Takes one datagram.
     *
     * @return true if there was one, its bytes now between position and limit; its sender is {@link #sender}
     */
    boolean receive(final ByteBuffer into) {
        into.clear();
        try {
            final boolean found;
            if (remote != null) {
                found = read(into) > 0;
            } else {
                lastSender = (InetSocketAddress) channel.receive(into);
                found = lastSender != null;
            }
            into.flip();
            rhythm.found(found);
            return found;
        } catch (final IOException e) {
            owner.onError(e);
        }
        return false;
    }

    private int read(final ByteBuffer into) throws IOException {
        try {
            return channel.read(into);
        } catch (final PortUnreachableException e) {
            // told before the datagrams that wait, though they may have come before it
            owner.onPortUnreachable(this);
            return channel.read(into);
        }
    }

    /** How datagrams come to it. */
    ReadRhythm rhythm() {
        return rhythm;
    }

    /** Whether something that came before {@code sinceNs} may be unread. */
    boolean hasUnread(final Arrivals arrivals, final long sinceNs, final long nowNs) {
        if (rhythm.wasEmptySince(sinceNs)) {
            return false;
        }
        try {
            if (arrivals.isReadable(channel)) {
                return true;
            }
        } catch (final IOException e) {
            owner.onError(e);
        }
        rhythm.seenEmpty(nowNs);
        return false;
    }

    /** Who sent the datagram that {@link #receive} took last. */
    InetSocketAddress sender() {
        return remote != null ? remote : lastSender;
    }

    /** Sends what is between the buffer's position and limit. */
    Sent send(final ByteBuffer packet, final InetAddress host, final int port) {
        final int length = packet.remaining();
        try {
            return (remote != null ? write(packet) : channel.send(packet, destination(host, port))) == length
                ? Sent.YES : Sent.DROPPED;
        } catch (final IOException e) {
            owner.onError(e);
            return Sent.FAILED;
        }
    }

    private int write(final ByteBuffer packet) throws IOException {
        try {
            return channel.write(packet);
        } catch (final PortUnreachableException e) {
            // the error belongs to an earlier datagram; this one has not been sent yet
            owner.onPortUnreachable(this);
            return channel.write(packet);
        }
    }

    private InetSocketAddress destination(final InetAddress host, final int port) {
        if (lastDestination == null || lastDestination.getPort() != port
            || !lastDestination.getAddress().equals(host)) {
            lastDestination = new InetSocketAddress(host, port);
        }
        return lastDestination;
    }

    /** The local address. */
    InetSocketAddress local() {
        return local;
    }

    @Override
    public void close() throws IOException {
        if (registration != null) {
            registration.cancel();
        }
        channel.close();
    }
}
