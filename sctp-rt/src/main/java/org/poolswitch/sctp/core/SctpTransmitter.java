// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.net.InetAddress;

/** Where a core's packets go: UDP sockets, or the simulated network. */
@FunctionalInterface
public interface SctpTransmitter {
    /**
     * Sends one packet; the buffer is the caller's again when this returns.
     *
     * @param localHost which of our addresses it leaves from
     */
    void transmit(InetAddress localHost, InetAddress remoteHost, int remoteUdpPort, byte[] packet, int offset,
        int length, long nowNs);

    /** An association that we open will send there: false if no socket can be had for it. */
    default boolean openPath(final InetAddress localHost, final InetAddress remoteHost, final int remoteUdpPort,
        final long nowNs) {
        return true;
    }

    /** Undoes one {@link #openPath}. */
    default void closePath(final InetAddress localHost, final InetAddress remoteHost, final int remoteUdpPort,
        final long nowNs) {
    }

    /**
     * A peer that called us was heard from there: the driver may arrange to be told when nobody is there any more.
     *
     * @return whether it did; {@link #unwatchPath} undoes it
     */
    default boolean watchPath(final InetAddress localHost, final InetAddress remoteHost, final int remoteUdpPort,
        final long nowNs) {
        return false;
    }

    /**
     * Whether something that came from there before {@code sinceNs} may be unread: what it says counts before any
     * time-out that it would have prevented.
     */
    default boolean hasUnread(final InetAddress localHost, final InetAddress remoteHost, final int remoteUdpPort,
        final long sinceNs, final long nowNs) {
        return false;
    }

    /**
     * Whether another endpoint behind the same UDP port would be given what comes for this SCTP port from there, so
     * that no association may be opened from it.
     */
    default boolean isPortTaken(final InetAddress remoteHost, final int remotePort, final int localPort) {
        return false;
    }

    /** Undoes one {@link #watchPath} that was granted. */
    default void unwatchPath(final InetAddress localHost, final InetAddress remoteHost, final int remoteUdpPort,
        final long nowNs) {
    }
}
