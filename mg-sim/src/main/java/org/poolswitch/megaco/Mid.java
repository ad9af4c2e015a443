// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * The message identifier: who sent it (RFC 3525 section 8.2, {@code mId} of Annex B.2).
 *
 * @param kind what {@code name} is
 * @param name the name or address without brackets; hexadecimal digits for {@link Kind#MTP}
 * @param port the port, or 0 if none is said
 */
public record Mid(Kind kind, String name, int port) {
    /** The forms of an mId. */
    public enum Kind {
        /** {@code <mg.example>:2944}. */
        DOMAIN_NAME,
        /** {@code [192.0.2.1]:2944}. */
        IPV4,
        /** {@code [2001:db8::1]:2944}. */
        IPV6,
        /** {@code mg/1@example}. */
        DEVICE,
        /** {@code MTP{0a0b}}. */
        MTP
    }

    public Mid {
        if (name.isEmpty() || port < 0 || port > 65535) {
            throw new IllegalArgumentException("an mId is a name and a port up to 65535: " + name + ", " + port);
        }
    }

    /** The mId of whoever is reached at this address. */
    public static Mid of(final InetAddress address, final int port) {
        final String text = address.getHostAddress();
        final int scope = text.indexOf('%');
        return new Mid(address instanceof Inet6Address ? Kind.IPV6 : Kind.IPV4,
            scope < 0 ? text : text.substring(0, scope), port);
    }

    /** A device name ({@code pathNAME}). */
    public static Mid device(final String name) {
        return new Mid(Kind.DEVICE, name, 0);
    }

    /** A domain name. */
    public static Mid domain(final String name, final int port) {
        return new Mid(Kind.DOMAIN_NAME, name, port);
    }

    @Override
    public String toString() {
        final String suffix = port == 0 ? "" : ":" + port;
        return switch (kind) {
            case DOMAIN_NAME -> "<" + name + ">" + suffix;
            case IPV4, IPV6 -> "[" + name + "]" + suffix;
            case DEVICE -> name;
            case MTP -> "MTP{" + name + "}";
        };
    }
}
