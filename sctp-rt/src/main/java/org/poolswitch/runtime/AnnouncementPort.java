// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.runtime;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;

/**
 * A machine's place in a UDP multicast group, beside its SCTP endpoint: what the group says goes to the machine's
 * listener, what the machine says waits here until the driver takes it. The machine makes the port and names it in
 * {@link NodeMachine#announcementPorts}; drivers are {@link MulticastChannel} and the simulator. One thread.
 */
public final class AnnouncementPort {
    /** Longest datagram, either way: the least IPv6 MTU without its headers, so that none is fragmented. */
    public static final int MOST_OCTETS = 1232;
    /** Datagrams that may wait for the driver; the oldest are dropped, for the newest tells more. */
    public static final int MOST_WAITING = 16;
    /** {@link #sourcePort}: this port only listens. */
    public static final int LISTENS = 0;

    /** Hears the group. */
    public interface Listener {
        /** One datagram; the bytes are valid only during the call. Our own come back too. */
        void onAnnouncement(byte[] buffer, int offset, int length, InetSocketAddress source, long nowNs);
    }

    private final InetSocketAddress group;
    private final int sourcePort;
    private final Listener listener;
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();

    /**
     * @param group      multicast address and UDP port
     * @param sourcePort UDP port that what we say comes from, or {@link #LISTENS}
     * @throws IllegalArgumentException with a sentence if the address is no multicast address
     */
    public AnnouncementPort(final InetSocketAddress group, final int sourcePort, final Listener listener) {
        if (group.getAddress() == null || !group.getAddress().isMulticastAddress() || group.getPort() < 1) {
            throw new IllegalArgumentException(group + " is no multicast address and port");
        }
        if (sourcePort < 0 || sourcePort > 65_535 || listener == null) {
            throw new IllegalArgumentException("a source port of 1 to 65535 (0 = only listens) and a listener are "
                + "needed: " + sourcePort);
        }
        this.group = group;
        this.sourcePort = sourcePort;
        this.listener = listener;
    }

    /** The group. */
    public InetSocketAddress group() {
        return group;
    }

    /** UDP port that what we say comes from, or {@link #LISTENS}. */
    public int sourcePort() {
        return sourcePort;
    }

    /** Who hears the group; for the driver. */
    public Listener listener() {
        return listener;
    }

    /** Queues a copy of one datagram for the group. @return false if it is too long, or this port only listens */
    public boolean announce(final byte[] buffer, final int offset, final int length) {
        if (length < 1 || length > MOST_OCTETS || sourcePort == LISTENS) {
            return false;
        }
        if (waiting.size() == MOST_WAITING) {
            waiting.removeFirst();
        }
        final byte[] copy = new byte[length];
        System.arraycopy(buffer, offset, copy, 0, length);
        waiting.addLast(copy);
        return true;
    }

    /** Takes the datagram that waits longest, or null; for the driver. */
    public byte[] take() {
        return waiting.pollFirst();
    }
}
