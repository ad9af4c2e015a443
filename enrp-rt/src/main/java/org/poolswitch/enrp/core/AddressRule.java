// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.net.InetAddress;
import java.util.List;
import org.poolswitch.rserpool.PoolElementEntry;
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
