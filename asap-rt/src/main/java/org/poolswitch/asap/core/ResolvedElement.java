// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.poolswitch.rserpool.ParameterReader;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sctp.SctpAddress;

/**
 * What the pool user needs of one element in a registrar's answer.
 *
 * @param parameter   the element as it came
 * @param address     where its user transport is, with the deployment's encapsulation port
 * @param weight      weight or priority of its policy, 1 if the policy has none
 * @param load        load of its policy, 0 if the policy has none
 * @param degradation load degradation of its policy
 */
public record ResolvedElement(PoolElementParameter parameter, SctpAddress address, long weight, long load,
    long degradation) {
    private static final int MOST_HOSTS = 16;
    private static final int ADAPTIVE = 0x40000000;

    int id() {
        return parameter.identifier();
    }

    /** @return null if its transport is none that we can use */
    static ResolvedElement of(final PoolElementParameter p, final int encapsulationPort) throws MalformedException {
        if (p.transportType() != ParameterType.SCTP_TRANSPORT) {
            return null;
        }
        final SctpAddress address = address(p.userTransport(), encapsulationPort);
        final ByteBuffer policy = ByteBuffer.wrap(p.policy());
        final int type = policy.getInt();
        final long first = policy.remaining() >= 4 ? policy.getInt() & 0xffffffffL : -1;
        final long second = policy.remaining() >= 4 ? policy.getInt() & 0xffffffffL : 0;
        final boolean adaptive = (type & ADAPTIVE) != 0;
        return new ResolvedElement(p, address, adaptive || first < 0 ? 1 : first, adaptive ? Math.max(0, first) : 0,
            second);
    }

    static SctpAddress address(final byte[] transport, final int encapsulationPort)
        throws MalformedException {
        if (transport.length < 8) {
            throw new MalformedException("an SCTP transport without port");
        }
        final ByteBuffer b = ByteBuffer.wrap(transport);
        final int port = b.getShort(4) & 0xffff;
        final ParameterReader in = new ParameterReader(b.position(8));
        final List<InetAddress> hosts = new ArrayList<>();
        while (in.next()) {
            final int size = in.value().limit();
            if (in.type() == ParameterType.IPV4_ADDRESS && size == 4
                || in.type() == ParameterType.IPV6_ADDRESS && size == 16) {
                if (hosts.size() < MOST_HOSTS) {
                    hosts.add(host(in.bytes()));
                }
            } else if (!in.skipUnknown()) {
                throw new MalformedException("an SCTP transport with something that is no address");
            }
        }
        if (hosts.isEmpty() || port == 0) {
            throw new MalformedException("an SCTP transport without address or port");
        }
        return new SctpAddress(hosts, port, encapsulationPort);
    }

    private static InetAddress host(final byte[] octets) throws MalformedException {
        try {
            return InetAddress.getByAddress(octets);
        } catch (final UnknownHostException e) {
            throw new MalformedException("an address of impossible length");
        }
    }
}
