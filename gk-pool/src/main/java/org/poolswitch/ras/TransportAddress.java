// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.poolswitch.runtime.MalformedException;

/**
 * Where something listens.
 *
 * <pre>
 * TransportAddress ::= CHOICE {
 *     ipAddress     SEQUENCE { ip OCTET STRING (SIZE (4)), port INTEGER (0..65535) },
 *     ipSourceRoute SEQUENCE { ip, port, route SEQUENCE OF OCTET STRING (SIZE (4)),
 *                              routing CHOICE { strict NULL, loose NULL, ... }, ... },
 *     ipxAddress    SEQUENCE { node OCTET STRING (SIZE (6)), netnum OCTET STRING (SIZE (4)),
 *                              port OCTET STRING (SIZE (2)) },
 *     ip6Address    SEQUENCE { ip OCTET STRING (SIZE (16)), port INTEGER (0..65535), ... },
 *     netBios       OCTET STRING (SIZE (16)),
 *     nsap          OCTET STRING (SIZE (1..20)),
 *     nonStandardAddress NonStandardParameter, ... }
 * </pre>
 */
public sealed interface TransportAddress {
    /** Root alternatives. */
    int ROOTS = 7;

    /** ipAddress or ip6Address, by the kind of host; an IPv6 form of an IPv4 address comes back as IPv4. */
    record Ip(InetAddress host, int port) implements TransportAddress {
        public Ip {
            if (port < 0 || port > 65535) {
                throw new IllegalArgumentException("a port is 0 to 65535: " + port);
            }
        }
    }

    /** ipSourceRoute. */
    record SourceRoute(Octets host, int port, List<Octets> route, boolean strict) implements TransportAddress {
        public SourceRoute {
            route = List.copyOf(route);
        }
    }

    /** ipxAddress. */
    record Ipx(Octets node, Octets network, int port) implements TransportAddress {
    }

    /** netBios. */
    record NetBios(Octets name) implements TransportAddress {
    }

    /** nsap. */
    record Nsap(Octets address) implements TransportAddress {
    }

    /** nonStandardAddress. */
    record NonStandard(NonStandardParameter value) implements TransportAddress {
    }

    /** An alternative of a later edition. */
    record Other(int index, Octets contents) implements TransportAddress {
    }

    /** An IP address and port. */
    static TransportAddress of(final InetAddress host, final int port) {
        return new Ip(host, port);
    }

    static TransportAddress decode(final PerReader in) throws MalformedException {
        final int index = in.extensibleChoice(ROOTS);
        return switch (index) {
            case 0 -> new Ip(host(in, 4), in.constrainedInt(0, 65535));
            case 1 -> decodeSourceRoute(in);
            // the port has two octets: short enough not to be aligned (X.691 section 17.6)
            case 2 -> new Ipx(Octets.fixed(in, 6), Octets.fixed(in, 4), in.bits(16));
            case 3 -> decodeIp6(in);
            case 4 -> new NetBios(Octets.fixed(in, 16));
            case 5 -> new Nsap(Octets.fixed(in, in.constrainedInt(1, 20)));
            case 6 -> new NonStandard(NonStandardParameter.decode(in));
            default -> new Other(index - ROOTS, in.openType());
        };
    }

    private static InetAddress host(final PerReader in, final int octets) throws MalformedException {
        try {
            return InetAddress.getByAddress(Octets.fixed(in, octets).toArray());
        } catch (final UnknownHostException e) {
            throw new IllegalStateException("4 and 16 octets are an address", e);
        }
    }

    private static Ip decodeIp6(final PerReader in) throws MalformedException {
        final boolean extended = in.bit();
        final Ip address = new Ip(host(in, 16), in.constrainedInt(0, 65535));
        in.skipExtensions(extended);
        return address;
    }

    private static SourceRoute decodeSourceRoute(final PerReader in) throws MalformedException {
        final boolean extended = in.bit();
        final Octets host = Octets.fixed(in, 4);
        final int port = in.constrainedInt(0, 65535);
        final int hops = in.count();
        final List<Octets> route = new ArrayList<>(Math.min(hops, 8));
        for (int i = 0; i < hops; i++) {
            route.add(Octets.fixed(in, 4));
        }
        final boolean strict = in.tag(2) == 0;
        in.skipExtensions(extended);
        return new SourceRoute(host, port, route, strict);
    }

    /** Encodes an address. */
    static void encode(final TransportAddress address, final PerWriter out) {
        if (address instanceof Ip ip) {
            encodeIp(ip, out);
        } else if (address instanceof SourceRoute route) {
            encodeSourceRoute(route, out);
        } else if (address instanceof Ipx ipx) {
            out.extensibleChoice(2, ROOTS);
            ipx.node.encodeFixed(out);
            ipx.network.encodeFixed(out);
            out.bits(ipx.port, 16);
        } else if (address instanceof NetBios netBios) {
            out.extensibleChoice(4, ROOTS);
            netBios.name.encodeFixed(out);
        } else if (address instanceof Nsap nsap) {
            out.extensibleChoice(5, ROOTS);
            out.constrained(nsap.address.length(), 1, 20);
            nsap.address.encodeFixed(out);
        } else if (address instanceof NonStandard other) {
            out.extensibleChoice(6, ROOTS);
            other.value.encode(out);
        } else if (address instanceof Other other) {
            out.extensibleChoice(ROOTS + other.index, ROOTS);
            out.openType(other.contents);
        }
    }

    private static void encodeIp(final Ip ip, final PerWriter out) {
        final byte[] host = ip.host.getAddress();
        if (host.length == 4) {
            out.extensibleChoice(0, ROOTS);
        } else {
            out.extensibleChoice(3, ROOTS);
            out.bit(false);
        }
        out.octets(host, 0, host.length);
        out.constrained(ip.port, 0, 65535);
    }

    private static void encodeSourceRoute(final SourceRoute route, final PerWriter out) {
        out.extensibleChoice(1, ROOTS);
        out.bit(false);
        route.host.encodeFixed(out);
        out.constrained(route.port, 0, 65535);
        out.length(route.route.size());
        for (final Octets hop : route.route) {
            hop.encodeFixed(out);
        }
        out.tag(route.strict ? 0 : 1, 2);
    }

    static List<TransportAddress> decodeList(final PerReader in) throws MalformedException {
        final int count = in.count();
        final List<TransportAddress> list = new ArrayList<>(Math.min(count, 8));
        for (int i = 0; i < count; i++) {
            list.add(decode(in));
        }
        return list;
    }

    /** SEQUENCE OF. */
    static void encodeList(final List<TransportAddress> list, final PerWriter out) {
        out.length(list.size());
        for (final TransportAddress address : list) {
            encode(address, out);
        }
    }
}
