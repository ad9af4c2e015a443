// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.poolswitch.runtime.MalformedException;

/**
 * IPv4 and IPv6 Address parameters (RFC 5354 sections 3.1 and 3.2), inside transport parameters.
 *
 * <pre>
 *  0x0001 |  8 | address (4)
 *  0x0002 | 20 | address (16)
 * </pre>
 */
public final class IpAddressParameter {
    private IpAddressParameter() {
    }

    /** @return whether a parameter type is an address */
    public static boolean is(final int type) {
        return type == ParameterType.IPV4_ADDRESS || type == ParameterType.IPV6_ADDRESS;
    }

    /** Reads the current parameter of {@code in}. */
    public static InetAddress read(final ParameterReader in) throws MalformedException {
        if (in.value().limit() != (in.type() == ParameterType.IPV4_ADDRESS ? 4 : 16)) {
            throw new MalformedException("an address of " + in.value().limit() + " octets");
        }
        try {
            // a v4-mapped IPv6 address becomes the IPv4 address that it means
            return InetAddress.getByAddress(in.bytes());
        } catch (final UnknownHostException e) {
            throw new MalformedException("not an address");
        }
    }

    /** Writes an address of either family. */
    public static void write(final ParameterWriter out, final InetAddress address) {
        final byte[] octets = address.getAddress();
        out.parameter(octets.length == 4 ? ParameterType.IPV4_ADDRESS : ParameterType.IPV6_ADDRESS, octets);
    }
}
