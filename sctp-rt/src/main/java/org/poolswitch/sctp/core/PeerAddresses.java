// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.poolswitch.sctp.PathState;
import org.poolswitch.sctp.SctpAddress;

/** Which addresses the peer has: each is a path, an entry in the endpoint's table, and perhaps a socket. */
final class PeerAddresses {
    private final Association association;
    private final Shared shared;
    private final Paths paths;
    /** What else the peer has named: others have it, say. At most twice as many as there may be paths. */
    private List<InetAddress> withoutPath = List.of();

    PeerAddresses(final Association association, final Shared shared) {
        this.association = association;
        this.shared = shared;
        this.paths = association.paths();
    }

    /** One more address of the peer. @return false if it cannot be used */
    boolean add(final InetAddress host, final int udpPort, final PathState state, final long nowNs) {
        final InetAddress local = shared.addresses().towards(host);
        if (state != PathState.UNCONFIRMED) {
            // our user names it, or a cookie has shown whose it is
            takeFromWhoClaims(host);
        }
        if (local == null || !shared.table().addAddress(association, host)) {
            return false;
        }
        final boolean opened = !association.isIncoming();
        if (opened && !shared.out().openPath(local, host, udpPort, nowNs)) {
            shared.table().removeAddress(association, host);
            return false;
        }
        paths.add(local, host, udpPort, shared.random().nextLong(), state).opened = opened;
        return true;
    }

    /** The peer says where it is; what our user said counts as long as the peer does not contradict (section 5.4). */
    void adopt(final List<InetAddress> hosts, final Path source) {
        final int most = shared.config().maxPeerAddresses();
        final List<InetAddress> unused = new ArrayList<>();
        for (final InetAddress host : hosts) {
            if (paths.find(host) == null && shared.addresses().isUsable(host, source.host)
                && (paths.all().length >= most
                || !add(host, source.udpPort, PathState.UNCONFIRMED, association.lastHeardNs()))) {
                unused.add(host);
            }
        }
        withoutPath = List.copyOf(unused.subList(0, Math.min(most, unused.size())));
        for (final Path path : paths.all()) {
            if (path != source && !hosts.contains(path.host)) {
                // what went beside a COOKIE ECHO may be under way there: no timer would repeat it any more
                association.outbound().markAll(path, false);
                paths.remove(path, source);
                release(path);
            }
        }
    }

    /**
     * Whether the peer named this address when the association came to be: in a restart it is not new (section 5.2.2),
     * whether there is a path or not.
     */
    boolean hasNamed(final InetAddress host) {
        return paths.find(host) != null || withoutPath.contains(host);
    }

    /**
     * Whether the peer has named this address, and nobody has answered there (section 5.4). Who is setting up may know
     * better.
     */
    boolean onlyClaims(final InetAddress host) {
        final Path path = association.state().isSettingUp() ? null : paths.find(host);
        return path != null && !path.isConfirmed();
    }

    private void takeFromWhoClaims(final InetAddress host) {
        final Association other =
            shared.table().byAddress(host, association.remotePort(), association.localPort());
        if (other != null && other != association && other.addresses().onlyClaims(host)) {
            other.addresses().giveUp(host);
        }
    }

    private void giveUp(final InetAddress host) {
        final Path path = paths.find(host);
        paths.remove(path, paths.primary());
        release(path);
        withoutPath = new ArrayList<>(withoutPath);
        withoutPath.add(host);
        shared.agenda().touch(association);
    }

    /** A path of a peer that called us is confirmed: its port is watched from now on, if the driver can. */
    void watch(final Path path, final long nowNs) {
        if (association.isIncoming() && path.watchedPort == 0 && path.isConfirmed()
            && shared.out().watchPath(path.local, path.host, path.udpPort, nowNs)) {
            path.watchedPort = path.udpPort;
            path.watchedFrom = path.local;
        }
    }

    private void release(final Path path) {
        if (path.remotePort != null) {
            shared.remotePorts().leave(path.remotePort);
            path.remotePort = null;
        }
        shared.table().removeAddress(association, path.host);
        if (path.watchedPort != 0) {
            shared.out().unwatchPath(path.watchedFrom, path.host, path.watchedPort, association.lastHeardNs());
            path.watchedPort = 0;
        }
        if (path.opened) {
            path.opened = false;
            shared.out().closePath(shared.addresses().towards(path.host), path.host, path.openedPort,
                association.lastHeardNs());
        }
    }

    /** Gives back what the paths hold outside the association. */
    void releaseAll() {
        for (final Path path : paths.all()) {
            release(path);
        }
    }

    /** All of them, the primary first. */
    SctpAddress remote() {
        final List<InetAddress> hosts = new ArrayList<>(List.of(paths.primary().host));
        for (final Path path : paths.all()) {
            if (path != paths.primary()) {
                hosts.add(path.host);
            }
        }
        return new SctpAddress(hosts, association.remotePort(), paths.primary().udpPort);
    }
}
