// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.net.InetSocketAddress;
import org.poolswitch.sctp.SctpEndpoint;

/**
 * What makes a registrar one of several.
 *
 * @param config        timers, rules and bounds
 * @param endpoint      its ENRP port
 * @param serverId      its identifier, or 0: the journal's, else a random one (RFC 5353 section 3.2.1)
 * @param journal       what it remembers over a restart
 * @param observer      hears what happens
 * @param asapGroup     multicast group to announce itself to elements and users in (SERVER_ANNOUNCE), or null
 * @param presenceGroup multicast group to announce itself to peers in and to hear of them (PRESENCE), or null
 */
public record MeshSetup(EnrpConfig config, SctpEndpoint endpoint, int serverId, RegistrarJournal journal,
    MeshObserver observer, InetSocketAddress asapGroup, InetSocketAddress presenceGroup) {

    /** A mesh without journal, observer and multicast. */
    public static MeshSetup of(final EnrpConfig config, final SctpEndpoint endpoint) {
        return new MeshSetup(config, endpoint, 0, RegistrarJournal.NONE, MeshObserver.NONE, null, null);
    }

    /** The same with a journal. */
    public MeshSetup withJournal(final RegistrarJournal other) {
        return new MeshSetup(config, endpoint, serverId, other, observer, asapGroup, presenceGroup);
    }

    /** The same with an observer. */
    public MeshSetup withObserver(final MeshObserver other) {
        return new MeshSetup(config, endpoint, serverId, journal, other, asapGroup, presenceGroup);
    }

    /** The same with an identifier of the operator's choice. */
    public MeshSetup withServerId(final int id) {
        return new MeshSetup(config, endpoint, id, journal, observer, asapGroup, presenceGroup);
    }

    /** The same with multicast groups; null = not used. */
    public MeshSetup withGroups(final InetSocketAddress asap, final InetSocketAddress presence) {
        return new MeshSetup(config, endpoint, serverId, journal, observer, asap, presence);
    }
}
