// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.observe;

import java.net.InetAddress;

/** Sees the datagrams that a transport sends and receives. Called on the transport's thread. */
public interface PacketTap {
    /** A tap that looks away. */
    PacketTap NONE = new PacketTap() {
        @Override
        public void sent(final long nowNs, final InetAddress from, final int fromPort, final InetAddress to,
            final int toPort, final byte[] packet, final int offset, final int length) {
            // nobody listens
        }
    };

    /** A datagram that was handed to the operating system. */
    void sent(long nowNs, InetAddress from, int fromPort, InetAddress to, int toPort, byte[] packet, int offset,
        int length);

    /** A datagram that came in. */
    default void received(final long nowNs, final InetAddress from, final int fromPort, final InetAddress to,
        final int toPort, final byte[] packet, final int offset, final int length) {
    }

    /** The transport has no more to say for the moment: a good time to write out what is buffered. */
    default void endOfBatch() {
    }
}
