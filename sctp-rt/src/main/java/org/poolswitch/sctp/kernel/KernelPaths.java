// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import com.sun.nio.sctp.PeerAddressChangeNotification.AddressChangeEvent;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.poolswitch.sctp.PathState;
import org.poolswitch.sctp.PathStatus;

/**
 * The peer's addresses as the kernel's notifications tell of them (RFC 6458 section 6.1.2). The JDK passes on no timers
 * and no windows, and cannot pass on that a path is potentially failed.
 */
final class KernelPaths {
    private final List<InetAddress> locals;
    private final Map<InetAddress, PathState> states = new HashMap<>();
    private InetAddress primary;

    KernelPaths(final List<InetAddress> locals) {
        this.locals = locals;
    }

    /**
     * Begins with what the set-up told.
     *
     * @param proven the address that the set-up's handshake went to: it needs no other proof (RFC 9260 section 5.4)
     */
    void reset(final Collection<InetAddress> hosts, final InetAddress proven) {
        states.clear();
        hosts.forEach(h -> states.put(h, PathState.UNCONFIRMED));
        states.put(proven, PathState.ACTIVE);
        primary = proven;
    }

    /** The state that this event brings the address into, or null if nothing changes for the user. */
    PathState onEvent(final InetAddress host, final AddressChangeEvent event) {
        final PathState to = switch (event) {
            case ADDR_ADDED -> PathState.UNCONFIRMED;
            case ADDR_AVAILABLE, ADDR_CONFIRMED -> PathState.ACTIVE;
            case ADDR_UNREACHABLE, ADDR_REMOVED -> PathState.INACTIVE;
            default -> null;
        };
        if (event == AddressChangeEvent.ADDR_MADE_PRIMARY) {
            primary = host;
        }
        if (event == AddressChangeEvent.ADDR_REMOVED) {
            return states.remove(host) == null ? null : to;
        }
        return to == null || states.put(host, to) == to ? null : to;
    }

    boolean knows(final InetAddress host) {
        return states.containsKey(host);
    }

    /** True if nothing that was sent now is likely to arrive. */
    boolean isNoneActive() {
        return !states.isEmpty() && !states.containsValue(PathState.ACTIVE);
    }

    /** The peer's addresses, the primary first. */
    List<InetAddress> hosts() {
        final List<InetAddress> hosts = new ArrayList<>(states.keySet());
        hosts.sort(Comparator.<InetAddress, Boolean>comparing(h -> !h.equals(primary))
            .thenComparing(InetAddress::getAddress, Arrays::compareUnsigned));
        return hosts;
    }

    List<PathStatus> status() {
        final List<PathStatus> result = new ArrayList<>();
        for (final InetAddress host : hosts()) {
            result.add(new PathStatus(nearest(host), host, 0, states.get(host), host.equals(primary), -1, -1, -1, -1,
                -1));
        }
        return result;
    }

    /** The kernel routes for itself and does not say how: most likely from our address that shares most bits. */
    private InetAddress nearest(final InetAddress remote) {
        InetAddress best = locals.get(0);
        int most = -1;
        for (final InetAddress local : locals) {
            final int common = commonBits(local.getAddress(), remote.getAddress());
            if (common > most) {
                most = common;
                best = local;
            }
        }
        return best;
    }

    private static int commonBits(final byte[] a, final byte[] b) {
        if (a.length != b.length) {
            return -1;
        }
        final int at = Arrays.mismatch(a, b);
        return at < 0 ? 8 * a.length : 8 * at + Integer.numberOfLeadingZeros((a[at] ^ b[at]) & 0xff) - 24;
    }
}
