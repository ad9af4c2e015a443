// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.poolswitch.rserpool.PoolElementEntry;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.TransportParameter;
import org.poolswitch.runtime.MalformedException;

/** Which addresses an element may name: those of its association (RFC 5352 section 3.1), with enough scope. */
final class AddressRule {
    private final RegistrarConfig config;
    private final AsapPeers peers;

    AddressRule(final RegistrarConfig config, final AsapPeers peers) {
        this.config = config;
        this.peers = peers;
    }

    /** Whether an element at the other end of this association may say that it is reached there. */
    boolean allows(final AsapPeer peer, final TransportParameter transport) {
        for (final InetAddress address : transport.addresses()) {
            if (AddressScope.of(address).compareTo(config.minAddressScope()) < 0) {
                return false;
            }
        }
        return !config.checkAddresses() || subset(peer, transport.addresses());
    }

    private boolean subset(final AsapPeer peer, final List<InetAddress> named) {
        // addresses come and go while an association lives, so before a refusal the transport is asked again
        return peers.addresses(peer, false).containsAll(named) || peers.addresses(peer, true).containsAll(named);
    }

    /**
     * Whether who registers over this association is the element that has its identifier already (RFC 5354 section
     * 3.10.4). One host in common is enough: others may be what it has lost, and why it calls again.
     */
    boolean isSame(final AsapPeer peer, final PoolElementEntry known, final PoolElementParameter now) {
        final PoolElementParameter before = known.parameter();
        final Set<InetAddress> hosts = new HashSet<>(hosts(before.userTransport()));
        if (before.asapTransport() != null) {
            hosts.addAll(hosts(before.asapTransport()));
        }
        final boolean sameTransport = Arrays.equals(before.userTransport(), now.userTransport());
        return sameTransport && (hosts.isEmpty() || !config.checkAddresses())
            || !Collections.disjoint(hosts, peers.addresses(peer, false))
            || !Collections.disjoint(hosts, peers.addresses(peer, true));
    }

    private static List<InetAddress> hosts(final byte[] transport) {
        try {
            return TransportParameter.read(transport).addresses();
        } catch (final MalformedException nowhere) {
            return List.of();
        }
    }

    /** Whether this association may speak for an element: it registered over it, or it is where the element is. */
    boolean speaksFor(final AsapPeer peer, final PoolElementEntry e) {
        if (e.association() == peer.association) {
            return true;
        }
        try {
            final List<InetAddress> there = e.parameter().transport().addresses();
            return !there.isEmpty() && subset(peer, there);
        } catch (final MalformedException opaque) {
            return false;
        }
    }
}
