// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.net.InetAddress;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.poolswitch.enrp.wire.EnrpMessage;
import org.poolswitch.enrp.wire.Presence;
import org.poolswitch.observe.Counters;
import org.poolswitch.rserpool.Handlespace;
import org.poolswitch.rserpool.ServerInformation;
import org.poolswitch.rserpool.TransportParameter;
import org.poolswitch.sctp.SctpAddress;

/**
 * What all parts of the ENRP half need.
 *
 * @param serverId this registrar's identifier
 * @param local    its ENRP port
 */
record MeshShared(EnrpConfig config, int serverId, SctpAddress local, Handlespace space, PeerTable peers,
    PeerLinks links, Counters counters, RandomGenerator random, RegistrarJournal journal, MeshObserver observer) {

    EnrpTimers timers() {
        return config.timers();
    }

    /** How peers reach this registrar. */
    ServerInformation information() {
        return information(serverId, local);
    }

    static ServerInformation information(final int id, final SctpAddress address) {
        return new ServerInformation(id, TransportParameter.sctp(address.port(), TransportParameter.DATA_ONLY,
            address.hosts()));
    }

    /** Where a peer says it is; the UDP port that carries its SCTP is not on the wire, so it is everybody's. */
    SctpAddress address(final ServerInformation server) {
        final List<InetAddress> hosts = server.transport().addresses();
        return server.transport().port() == 0 ? null
            : new SctpAddress(hosts, server.transport().port(), config.remoteUdpPort());
    }

    /** Where a server says that it is, or null if it does not. */
    SctpAddress said(final Presence presence) {
        final ServerInformation server = presence.server();
        return server == null || server.serverId() != presence.sender() ? null : address(server);
    }

    /** PRESENCE with checksum and Server Information: RSPLIB wants both in each (RFC 5353 section 2.1: optional). */
    Presence presence(final int receiver, final boolean replyRequired) {
        return new Presence(serverId, receiver, replyRequired, space.checksum(serverId), information());
    }

    /** An eighth more or less, so that registrars do not speak in step. */
    long jittered(final long ns) {
        return ns - ns / 8 + random.nextLong(Math.max(1, ns / 4));
    }

    void toAll(final IntFunction<EnrpMessage> message, final long nowNs) {
        for (final Peer peer : peers.copy()) {
            links.send(peer, message.apply(peer.id), nowNs);
        }
    }

    void count(final EnrpCounter counter) {
        counters.increment(counter);
    }
}
