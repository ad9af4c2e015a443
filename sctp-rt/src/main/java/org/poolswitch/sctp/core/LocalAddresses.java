// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.net.InetAddress;
import java.util.List;
import org.poolswitch.sctp.SctpAddress;

/** Our own addresses: which one leads to a destination, and which ones a peer may know. */
final class LocalAddresses {
    private final List<InetAddress> hosts;

    LocalAddresses(final SctpAddress local) {
        this.hosts = local.hosts();
    }

    List<InetAddress> all() {
        return hosts;
    }

    /**
     * The address that has most leading bits in common with the destination, so that with one subnet per network each
     * network gets its own path; null if none is of the same family.
     */
    InetAddress towards(final InetAddress destination) {
        InetAddress best = null;
        int most = -1;
        for (final InetAddress host : hosts) {
            final int common = commonBits(host.getAddress(), destination.getAddress());
            if (common > most) {
                most = common;
                best = host;
            }
        }
        return best;
    }

    private static int commonBits(final byte[] a, final byte[] b) {
        if (a.length != b.length) {
            return -1;
        }
        for (int i = 0; i < a.length; i++) {
            if (a[i] != b[i]) {
                return 8 * i + Integer.numberOfLeadingZeros((a[i] ^ b[i]) & 0xff) - 24;
            }
        }
        return 8 * a.length;
    }

    /** What to list for a peer at this address: nobody else can reach our loopback or a link's own addresses. */
    List<InetAddress> listedFor(final InetAddress peer) {
        return hosts.stream().filter(host -> isInScope(host, peer)).toList();
    }

    /** Whether an address that somebody at {@code peer} names can be a path: one of a family that we lack never is. */
    boolean isUsable(final InetAddress address, final InetAddress peer) {
        return isInScope(address, peer) && towards(address) != null;
    }

    /** Whether an address makes sense to, or from, somebody at {@code peer}. */
    private static boolean isInScope(final InetAddress address, final InetAddress peer) {
        return !address.isMulticastAddress() && !address.isAnyLocalAddress()
            && (!address.isLoopbackAddress() || peer.isLoopbackAddress())
            && (!address.isLinkLocalAddress() || peer.isLinkLocalAddress());
    }
}
