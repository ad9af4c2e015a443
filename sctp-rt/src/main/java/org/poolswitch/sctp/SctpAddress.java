// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/**
 * A transport address of RFC 9260 section 1.3, plus the UDP port that encapsulates it (RFC 6951).
 *
 * @param hosts             one or more IP addresses, the primary first
 * @param port              SCTP port, 1 to 65535
 * @param encapsulationPort remote UDP port of RFC 6951, or 0 for SCTP straight over IP (kernel transport)
 */
public record SctpAddress(List<InetAddress> hosts, int port, int encapsulationPort) {
    /** The UDP port that IANA assigned to SCTP encapsulation (RFC 6951 section 6). */
    public static final int DEFAULT_ENCAPSULATION_PORT = 9899;

    public SctpAddress {
        hosts = List.copyOf(hosts);
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("an SCTP address needs at least one IP address");
        }
        if (port < 1 || port > 65535 || encapsulationPort < 0 || encapsulationPort > 65535) {
            throw new IllegalArgumentException("ports are 1 to 65535: " + port + ", " + encapsulationPort);
        }
    }

    /** An address with one host. */
    public static SctpAddress of(final InetAddress host, final int port, final int encapsulationPort) {
        return new SctpAddress(List.of(host), port, encapsulationPort);
    }

    /** The primary host. */
    public InetAddress host() {
        return hosts.get(0);
    }

    /** A host as it stands before a port: an IPv6 address has brackets (RFC 3986 section 3.2.2). */
    public static String beforePort(final InetAddress host) {
        return host instanceof Inet6Address ? "[" + host.getHostAddress() + "]" : host.getHostAddress();
    }

    @Override
    public String toString() {
        final StringBuilder s = new StringBuilder();
        for (final InetAddress host : hosts) {
            s.append(s.length() == 0 ? "" : "+").append(beforePort(host));
        }
        return s.append(':').append(port).toString();
    }
}
