// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.poolswitch.asap.wire.AsapType;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.rserpool.TransportParameter;
import org.poolswitch.runtime.AnnouncementPort;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.SctpAddress;

/**
 * Makes this registrar known by UDP multicast, where the operator wants that: SERVER_ANNOUNCE to elements and users
 * (RFC 5352 section 2.2.10), PRESENCE to peers (as RSPLIB does; RFC 5353 names them one by one).
 *
 * <pre>
 *  SERVER_ANNOUNCE  0x0a | 0 | length | server identifier (4) | SCTP transport
 * </pre>
 */
final class Announcer {
    private final MeshShared shared;
    private final SctpAddress asap;
    private final List<AnnouncementPort> ports = new ArrayList<>();
    private final AnnouncementPort toUsers;
    private final AnnouncementPort toPeers;
    private final ParameterWriter out = new ParameterWriter(AnnouncementPort.MOST_OCTETS);
    private long nextNs = Machine.NO_DEADLINE;

    /** @param onPresence gets what peers say in their group */
    Announcer(final MeshShared shared, final SctpAddress asap, final MeshSetup setup, final Mesh onPresence) {
        this.shared = shared;
        this.asap = asap;
        // RSPLIB takes the UDP source port for the SCTP port, so both are the same number
        toUsers = port(setup.asapGroup(), asap.port(), (b, at, length, source, nowNs) -> { });
        toPeers = port(setup.presenceGroup(), shared.local().port(), (b, at, length, source, nowNs) ->
            onPresence.onMulticast(ByteBuffer.wrap(b, at, length).slice(), nowNs));
    }

    private AnnouncementPort port(final InetSocketAddress group, final int source,
        final AnnouncementPort.Listener listener) {
        if (group == null) {
            return null;
        }
        final AnnouncementPort port = new AnnouncementPort(group, source, listener);
        ports.add(port);
        return port;
    }

    List<AnnouncementPort> ports() {
        return ports;
    }

    boolean hearsPeers() {
        return toPeers != null;
    }

    void onStart(final long nowNs) {
        nextNs = ports.isEmpty() ? Machine.NO_DEADLINE : nowNs;
    }

    long nextDeadlineNs() {
        return nextNs;
    }

    /** @param serves users are told only of a registrar that has its table */
    void onDeadline(final boolean serves, final long nowNs) {
        if (nextNs > nowNs) {
            return;
        }
        nextNs = nowNs + shared.jittered(shared.config().announceCycleNs());
        if (toUsers != null && serves) {
            out.message(AsapType.SERVER_ANNOUNCE, 0).word(shared.serverId());
            TransportParameter.sctp(asap.port(), TransportParameter.DATA_ONLY, asap.hosts()).write(out);
            toUsers.announce(out.buffer(), 0, out.finish());
        }
        if (toPeers != null) {
            shared.presence(0, false).write(out);
            toPeers.announce(out.buffer(), 0, out.finish());
        }
    }

    /** An orderly end: no new users. */
    void stop() {
        nextNs = Machine.NO_DEADLINE;
    }
}
