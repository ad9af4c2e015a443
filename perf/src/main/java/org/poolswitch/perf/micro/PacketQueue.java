// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.micro;

import java.net.InetAddress;
import org.poolswitch.sctp.core.SctpEndpointCore;
import org.poolswitch.sctp.core.SctpTransmitter;

/** Packets on their way from one core to the other, in buffers that are used again. */
final class PacketQueue implements SctpTransmitter {
    private static final int PLACES = 1 << 15;
    private static final int PACKET = 2048;
    private static final int UDP_PORT = 9899;

    private final byte[][] packets = new byte[PLACES][];
    private final int[] lengths = new int[PLACES];
    private int head;
    private int tail;

    @Override
    public void transmit(final InetAddress from, final InetAddress to, final int udpPort, final byte[] packet,
        final int offset, final int length, final long nowNs) {
        final int place = tail++ & PLACES - 1;
        if (packets[place] == null) {
            packets[place] = new byte[PACKET];
        }
        System.arraycopy(packet, offset, packets[place], 0, length);
        lengths[place] = length;
    }

    /** They are lost. */
    void drop() {
        head = tail;
    }

    /** @return whether there were any */
    boolean deliver(final InetAddress from, final InetAddress to, final SctpEndpointCore core, final long nowNs) {
        final boolean any = head != tail;
        while (head != tail) {
            final int place = head++ & PLACES - 1;
            core.onPacket(to, from, UDP_PORT, packets[place], 0, lengths[place], nowNs);
        }
        // the same few buffers again: they stay in the caches, as a socket's do
        head = 0;
        tail = 0;
        return any;
    }
}
