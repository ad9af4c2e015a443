// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.udp;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/** Opens datagram sockets; what the operating system refuses is told in sentences. */
final class UdpChannels {
    private UdpChannels() {
    }

    /**
     * Opens a socket that does not block.
     *
     * @param port   local port, 0 for any
     * @param remote the only peer, or null for all
     * @param shared whether another socket of this process that shares its port may have it already
     */
    static DatagramChannel open(final InetAddress host, final int port, final InetSocketAddress remote,
        final boolean shared, final int bufferOctets) throws IOException {
        final DatagramChannel channel = DatagramChannel.open(
            host instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        try {
            channel.configureBlocking(false);
            if (shared) {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            }
            channel.setOption(StandardSocketOptions.SO_RCVBUF, bufferOctets);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, bufferOctets);
            bind(channel, host, port);
            if (remote != null) {
                channel.connect(remote);
            }
            return channel;
        } catch (final IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void bind(final DatagramChannel channel, final InetAddress host, final int port)
        throws IOException {
        try {
            channel.bind(new InetSocketAddress(host, port));
        } catch (final BindException e) {
            final String where = "UDP port " + port + " of " + host.getHostAddress();
            final String text = String.valueOf(e.getMessage());
            final String why = text.contains("in use") ? where + " is in use; is another node running on this address?"
                : text.contains("assign") ? host.getHostAddress() + " is not an address of this machine"
                : where + " cannot be bound: " + text;
            final BindException clear = new BindException(why);
            clear.initCause(e);
            throw clear;
        }
    }
}
