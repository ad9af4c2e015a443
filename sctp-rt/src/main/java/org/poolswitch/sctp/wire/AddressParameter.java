// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.wire;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collection;

/**
 * IPv4 and IPv6 Address parameters (RFC 9260 sections 3.3.2.1.1 and 3.3.2.1.2).
 *
 * <pre>
 *  type = 5 | length = 8  | IPv4 address (4)
 *  type = 6 | length = 20 | IPv6 address (16)
 * </pre>
 */
public final class AddressParameter {
    private static final int HEADER = 4;

    private AddressParameter() {
    }

    /** The address in a parameter, or null if its length does not fit its type. */
    public static InetAddress read(final byte[] b, final int at, final int length) {
        final int octets = Bytes.u16(b, at) == ParameterType.IPV4_ADDRESS ? 4 : 16;
        if (length != HEADER + octets) {
            return null;
        }
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(b, at + HEADER, at + HEADER + octets));
        } catch (final UnknownHostException e) {
            throw new IllegalStateException("4 or 16 octets are an address", e);
        }
    }

    /** Parameters for all of these. */
    public static byte[] write(final Collection<InetAddress> addresses) {
        int octets = 0;
        for (final InetAddress address : addresses) {
            octets += HEADER + address.getAddress().length;
        }
        final byte[] out = new byte[octets];
        int n = 0;
        for (final InetAddress address : addresses) {
            final byte[] raw = address.getAddress();
            Bytes.put16(out, n, type(address));
            Bytes.put16(out, n + 2, HEADER + raw.length);
            System.arraycopy(raw, 0, out, n + HEADER, raw.length);
            n += HEADER + raw.length;
        }
        return out;
    }

    /** The parameter type that carries this address. */
    public static int type(final InetAddress address) {
        return address instanceof Inet4Address ? ParameterType.IPV4_ADDRESS : ParameterType.IPV6_ADDRESS;
    }
}
