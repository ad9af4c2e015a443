// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.udp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Which ways this endpoint's own associations go. Each has a connected socket, because the operating system tells "port
 * unreachable" only to connected ones; associations that go the same way share it. A way that nobody uses any more
 * lingers, so that a repeated SHUTDOWN ACK still finds an answer (RFC 9260 section 8.4).
 */
public final class DialledPaths {
    /**
     * One way.
     *
     * @param local  our address
     * @param remote the peer's address and UDP port
     */
    public record Way(InetAddress local, InetSocketAddress remote) {
    }

    /** Opens and closes sockets. */
    public interface Dialler {
        /** Opens a socket; false if that is impossible. */
        boolean dial(Way way, long nowNs);

        /** Closes it. */
        void hangUp(Way way);
    }

    private static final class Use {
        private int associations;
        private long idleSinceNs;
    }

    private final Dialler dialler;
    private final long lingerNs;
    private final int limit;
    private final Map<Way, Use> uses = new HashMap<>();
    /** No way has been idle for long enough before then: nothing is looked at until it has come. */
    private long nextNs = Long.MAX_VALUE;

    /**
     * @param lingerNs how long an unused way is kept
     * @param limit    ways at most
     */
    public DialledPaths(final Dialler dialler, final long lingerNs, final int limit) {
        this.dialler = dialler;
        this.lingerNs = lingerNs;
        this.limit = limit;
    }

    /** One more association goes this way; false if it cannot. */
    boolean acquire(final Way way, final long nowNs) {
        final Use known = uses.get(way);
        if (known != null && known.associations > 0) {
            known.associations++;
            return true;
        }
        if (known != null) {
            // a fresh socket: errors still on their way to the old one must not be blamed on the new association
            uses.remove(way);
            dialler.hangUp(way);
        }
        if (uses.size() >= limit || !dialler.dial(way, nowNs)) {
            return false;
        }
        final Use use = new Use();
        use.associations = 1;
        uses.put(way, use);
        return true;
    }

    /** Gives back what {@link #acquire} took. */
    void release(final Way way, final long nowNs) {
        final Use use = uses.get(way);
        if (use != null && --use.associations == 0) {
            use.idleSinceNs = nowNs;
            nextNs = Math.min(nextNs, nowNs + lingerNs);
        }
    }

    /** Closes ways that were idle for long enough. */
    void expire(final long nowNs) {
        if (nowNs < nextNs) {
            return;
        }
        nextNs = Long.MAX_VALUE;
        for (final Iterator<Map.Entry<Way, Use>> i = uses.entrySet().iterator(); i.hasNext();) {
            final Map.Entry<Way, Use> entry = i.next();
            final Use use = entry.getValue();
            if (use.associations > 0) {
                continue;
            }
            if (nowNs - use.idleSinceNs >= lingerNs) {
                i.remove();
                dialler.hangUp(entry.getKey());
            } else {
                nextNs = Math.min(nextNs, use.idleSinceNs + lingerNs);
            }
        }
    }
}
