// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.net.InetAddress;

/** How far an address reaches, the nearest first: elements that only their own host can reach may be refused. */
public enum AddressScope {
    LOOPBACK,
    LINK_LOCAL,
    SITE_LOCAL,
    GLOBAL;

    /** The scope of an address. */
    public static AddressScope of(final InetAddress address) {
        if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
            return LOOPBACK;
        }
        if (address.isLinkLocalAddress()) {
            return LINK_LOCAL;
        }
        // RFC 4193's unique local addresses are to IPv6 what RFC 1918's are to IPv4
        final byte[] octets = address.getAddress();
        return address.isSiteLocalAddress() || octets.length == 16 && (octets[0] & 0xfe) == 0xfc ? SITE_LOCAL : GLOBAL;
    }
}
