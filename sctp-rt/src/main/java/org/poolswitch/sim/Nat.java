// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/** Address translation in front of hosts: the port that others see, until it is another one (RFC 6951 section 5.4). */
final class Nat {
    private final Map<InetSocketAddress, InetSocketAddress> outside = new HashMap<>();
    private final Map<InetSocketAddress, InetSocketAddress> inside = new HashMap<>();

    void rebind(final InetSocketAddress local, final InetSocketAddress seen) {
        forget(local);
        outside.put(local, seen);
        inside.put(seen, local);
    }

    void forget(final InetSocketAddress local) {
        final InetSocketAddress before = outside.remove(local);
        if (before != null) {
            inside.remove(before);
        }
    }

    /** What others see as the source. */
    InetSocketAddress outside(final InetSocketAddress local) {
        return outside.isEmpty() ? local : outside.getOrDefault(local, local);
    }

    /** Whose port that is. */
    InetSocketAddress inside(final InetSocketAddress seen) {
        return inside.isEmpty() ? seen : inside.getOrDefault(seen, seen);
    }

    /** True for a port that was one's own before the translation changed: nothing gets through to it any more. */
    boolean isHidden(final InetSocketAddress address) {
        return !outside.isEmpty() && outside.containsKey(address);
    }
}
