// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.util.List;
import org.poolswitch.asap.wire.ServerAnnounce;
import org.poolswitch.rserpool.TransportParameter;
import org.poolswitch.runtime.AnnouncementPort;
import org.poolswitch.runtime.Machine;

/**
 * A registrar's side of the server hunt: announces it in a multicast group every (N + 1) x T6-Serverannounce, N being
 * the other registrars heard there, so that the group carries one announcement per T6 whatever their number (RFC 5352
 * section 3.7).
 */
public final class ServerAnnouncer implements Machine {
    private final AnnouncementPort port;
    private final byte[] message;
    private final long t6Ns;
    private final long longestNs;
    private long nextNs = NO_DEADLINE;
    private int peers;

    /**
     * @param transport our SCTP transport; null to announce none, so that the source address counts
     * @param t6Ns      T6-Serverannounce
     * @param longestNs the longest pause whatever the number of peers: below the users' T7-ENRPoutdate
     */
    public ServerAnnouncer(final AnnouncementPort port, final int serverId, final TransportParameter transport,
        final long t6Ns, final long longestNs) {
        this.port = port;
        this.t6Ns = t6Ns;
        this.longestNs = longestNs;
        message = new ServerAnnounce(serverId, transport == null ? List.of() : List.of(transport)).octets();
    }

    /** The registrar is in service: it announces itself now and from now on. */
    public void start(final long nowNs) {
        nextNs = nowNs;
    }

    /** It leaves service. */
    public void stop() {
        nextNs = NO_DEADLINE;
    }

    /** How many other registrars announce themselves. */
    public void peers(final int count) {
        peers = count;
    }

    @Override
    public long nextDeadlineNs() {
        return nextNs;
    }

    @Override
    public void onDeadline(final long nowNs) {
        if (nowNs >= nextNs) {
            port.announce(message, 0, message.length);
            nextNs = nowNs + Math.min(longestNs, (peers + 1) * t6Ns);
        }
    }
}
