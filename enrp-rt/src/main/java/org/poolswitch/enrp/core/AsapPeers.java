// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.poolswitch.asap.core.LongMap;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.PoolElementEntry;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.TransportParameter;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sctp.PathStatus;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;

/** All associations of the ASAP port; as many as the endpoint allows. */
final class AsapPeers {
    private final SctpEndpoint endpoint;
    private final LongMap<AsapPeer> byAssociation = new LongMap<>();
    /** Those that we opened, by where they go. */
    private final Map<SctpAddress, AsapPeer> opened = new HashMap<>();

    AsapPeers(final SctpEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** @return null if there is no such association */
    AsapPeer get(final int association) {
        return byAssociation.get(association);
    }

    AsapPeer up(final int association, final SctpAddress remote) {
        AsapPeer peer = byAssociation.get(association);
        if (peer == null) {
            peer = new AsapPeer(association, remote, false);
            byAssociation.put(association, peer);
        }
        peer.remote = remote;
        return peer;
    }

    AsapPeer down(final int association) {
        final AsapPeer peer = byAssociation.remove(association);
        if (peer != null && peer.ours) {
            opened.remove(peer.openedTo, peer);
        }
        return peer;
    }

    /** An association to where an element says it is (its ASAP transport), for elements that never came to us. */
    AsapPeer open(final PoolElementEntry e, final long nowNs) {
        final byte[] asap = e.parameter().asapTransport();
        return open(asap != null ? asap : e.parameter().userTransport(), nowNs);
    }

    /**
     * The same where its users reach it, if that is another place and takes control messages: a port from which an
     * element once called its registrar need not be one at which it can be called.
     *
     * @param refused the association that came to nothing
     */
    AsapPeer openUserTransport(final PoolElementEntry e, final AsapPeer refused, final long nowNs) {
        final PoolElementParameter parameter = e.parameter();
        if (parameter.transportType() != ParameterType.SCTP_TRANSPORT
            || parameter.transportUse() != TransportParameter.DATA_PLUS_CONTROL
            || parameter.asapTransport() == null || refused.atUserTransport) {
            return null;
        }
        final AsapPeer peer = open(parameter.userTransport(), nowNs);
        if (peer != null && peer.ours) {
            peer.atUserTransport = true;
        }
        return peer;
    }

    private AsapPeer open(final byte[] transport, final long nowNs) {
        try {
            final TransportParameter to = TransportParameter.read(transport);
            final SctpAddress address = new SctpAddress(to.addresses(), to.port(),
                endpoint.localAddress().encapsulationPort());
            final AsapPeer known = opened.get(address);
            if (known != null) {
                return known;
            }
            final int association = endpoint.connect(address, nowNs);
            if (association == SctpEndpoint.CONNECT_IN_USE) {
                // both call from the port they listen on, and the element called first: ask it on its own association
                return byAssociation.get(endpoint.associationWith(address));
            }
            if (association <= 0) {
                return null;
            }
            final AsapPeer peer = new AsapPeer(association, address, true);
            byAssociation.put(association, peer);
            opened.put(address, peer);
            return peer;
        } catch (final MalformedException | IllegalArgumentException unreachable) {
            return null;
        }
    }

    /** Ends an association at once; what else registered over it goes with it. */
    void abort(final int association, final long nowNs) {
        if (byAssociation.get(association) != null) {
            endpoint.abort(association, nowNs);
        }
    }

    /** Takes an element off its association; one that we opened for it alone has no use any more. */
    void detach(final PoolElementEntry e, final long nowNs) {
        final AsapPeer peer = byAssociation.get(e.association());
        if (peer == null) {
            e.association(0);
            return;
        }
        peer.remove(e);
        if (peer.ours && peer.first() == null) {
            // whoever wants to go there again needs another
            opened.remove(peer.openedTo, peer);
            endpoint.shutdown(peer.association, nowNs);
        }
    }

    /** The other end's addresses; asked of the transport again when {@code afresh}. */
    List<InetAddress> addresses(final AsapPeer peer, final boolean afresh) {
        if (peer.addresses == null || afresh) {
            final List<InetAddress> addresses = new ArrayList<>();
            for (final PathStatus path : endpoint.paths(peer.association)) {
                addresses.add(path.remote());
            }
            if (addresses.isEmpty() && peer.remote != null) {
                addresses.addAll(peer.remote.hosts());
            }
            if (!addresses.equals(peer.addresses)) {
                peer.addresses = addresses;
                peer.transport = null;
            }
        }
        return peer.addresses;
    }

    /** The ASAP Transport parameter that tells peers where the element is (RFC 5354 section 3.11); null if unknown. */
    byte[] transport(final AsapPeer peer) {
        if (peer.transport == null && peer.remote != null) {
            peer.transport = TransportParameter.sctp(peer.remote.port(), TransportParameter.DATA_ONLY,
                addresses(peer, false)).octets();
        }
        return peer.transport;
    }
}
