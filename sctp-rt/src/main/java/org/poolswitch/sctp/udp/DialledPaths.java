// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.udp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.poolswitch.sctp.SctpAddress;

/**
 * Which remote UDP ports this endpoint's own associations go to. Each has a connected socket, because the operating
 * system tells "port unreachable" only to connected ones; associations to the same peer share it. A path that nobody
 * uses any more lingers, so that a repeated SHUTDOWN ACK still finds an answer (RFC 9260 section 8.4).
 */
public final class DialledPaths {
    /** Opens and closes sockets. */
    public interface Dialler {
        /** Opens a socket to this remote port; false if that is impossible. */
        boolean dial(InetSocketAddress remote, long nowNs);

        /** Closes it. */
        void hangUp(InetSocketAddress remote);
    }

    private static final class Use {
        private int associations;
        private long idleSinceNs;
    }

    private final Dialler dialler;
    private final long lingerNs;
    private final int limit;
    private final Map<InetSocketAddress, Use> uses = new HashMap<>();
    private final Map<Integer, SctpAddress> remotes = new HashMap<>();
    private int idle;

    /**
     * @param lingerNs how long an unused path is kept
     * @param limit    paths at most
     */
    public DialledPaths(final Dialler dialler, final long lingerNs, final int limit) {
        this.dialler = dialler;
        this.lingerNs = lingerNs;
        this.limit = limit;
    }

    /** Makes sure that each of the remote's hosts has a path; false if one cannot be had. */
    boolean acquire(final SctpAddress remote, final long nowNs) {
        int opened = 0;
        for (final InetAddress host : remote.hosts()) {
            if (!acquire(new InetSocketAddress(host, remote.encapsulationPort()), nowNs)) {
                for (int i = 0; i < opened; i++) {
                    release(new InetSocketAddress(remote.hosts().get(i), remote.encapsulationPort()), nowNs);
                }
                return false;
            }
            opened++;
        }
        return true;
    }

    private boolean acquire(final InetSocketAddress remote, final long nowNs) {
        final Use known = uses.get(remote);
        if (known != null && known.associations > 0) {
            known.associations++;
            return true;
        }
        if (known != null) {
            // a fresh socket: errors still on their way to the old one must not be blamed on the new association
            close(remote);
        }
        if (uses.size() >= limit || !dialler.dial(remote, nowNs)) {
            return false;
        }
        final Use use = new Use();
        use.associations = 1;
        uses.put(remote, use);
        return true;
    }

    private void close(final InetSocketAddress remote) {
        uses.remove(remote);
        idle--;
        dialler.hangUp(remote);
    }

    /** This association uses the paths that were just acquired. */
    void bind(final int association, final SctpAddress remote) {
        remotes.put(association, remote);
    }

    /** Gives back what {@link #acquire} took. */
    void release(final SctpAddress remote, final long nowNs) {
        for (final InetAddress host : remote.hosts()) {
            release(new InetSocketAddress(host, remote.encapsulationPort()), nowNs);
        }
    }

    private void release(final InetSocketAddress remote, final long nowNs) {
        final Use use = uses.get(remote);
        if (use != null && --use.associations == 0) {
            use.idleSinceNs = nowNs;
            idle++;
        }
    }

    /** The association is gone. */
    void unbind(final int association, final long nowNs) {
        final SctpAddress remote = remotes.remove(association);
        if (remote != null) {
            release(remote, nowNs);
        }
    }

    /** Closes paths that were idle for long enough. */
    void expire(final long nowNs) {
        if (idle == 0) {
            return;
        }
        for (final Iterator<Map.Entry<InetSocketAddress, Use>> i = uses.entrySet().iterator(); i.hasNext();) {
            final Map.Entry<InetSocketAddress, Use> entry = i.next();
            final Use use = entry.getValue();
            if (use.associations == 0 && nowNs - use.idleSinceNs >= lingerNs) {
                i.remove();
                idle--;
                dialler.hangUp(entry.getKey());
            }
        }
    }
}
