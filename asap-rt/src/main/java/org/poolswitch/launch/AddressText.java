// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.launch;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.poolswitch.sctp.SctpAddress;

/** Addresses as operators write them: {@code IP[+IP...][:PORT]}, an IPv6 address before a port in brackets. */
public final class AddressText {
    private AddressText() {
    }

    /**
     * One SCTP peer.
     *
     * @param option  the option it was given with, for the complaint
     * @param port    SCTP port if the text has none
     * @param udpPort UDP port at which it is reached (RFC 6951), or 0 with the kernel's SCTP
     * @throws ConfigException with a sentence
     */
    public static SctpAddress peer(final String option, final String text, final int port, final int udpPort)
        throws ConfigException {
        final SctpAddress peer = parse(option, text, port, udpPort);
        for (final InetAddress host : peer.hosts()) {
            checkUnicast(option, host);
        }
        return peer;
    }

    private static SctpAddress parse(final String option, final String text, final int port, final int udpPort)
        throws ConfigException {
        final int colon = text.lastIndexOf(':');
        final boolean hasPort = colon > 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
        final List<InetAddress> hosts = new ArrayList<>();
        for (final String host : (hasPort ? text.substring(0, colon) : text).split("\\+", -1)) {
            hosts.add(host(option, host.trim()));
        }
        return new SctpAddress(hosts, hasPort ? port(option, text.substring(colon + 1)) : port, udpPort);
    }

    /** A multicast group and UDP port, {@code GROUP[:PORT]}. @throws ConfigException with a sentence */
    public static InetSocketAddress group(final String option, final String text, final int port)
        throws ConfigException {
        final SctpAddress group = parse(option, text, port, 0);
        if (!group.host().isMulticastAddress()) {
            throw new ConfigException(option + ": " + group.host().getHostAddress() + " is no multicast address");
        }
        return new InetSocketAddress(group.host(), group.port());
    }

    /** An address and a port as a peer or a browser takes them; the port is left out if it is 0. */
    static String withPort(final InetAddress host, final int port) {
        return port == 0 ? host.getHostAddress() : SctpAddress.beforePort(host) + ":" + port;
    }

    /** One of this machine's own addresses. @throws ConfigException with a sentence if it is not */
    public static InetAddress own(final String option, final String text) throws ConfigException {
        final InetAddress host = host(option, text);
        checkUnicast(option, host);
        try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(host, 0))) {
            return probe.getLocalAddress();
        } catch (final IOException e) {
            throw new ConfigException(option + ": " + host.getHostAddress() + " is not an address of this machine");
        }
    }

    /** Others must be able to call it: what every host has, or a whole group, is nobody's address. */
    private static void checkUnicast(final String option, final InetAddress host) throws ConfigException {
        if (host.isAnyLocalAddress() || host.isMulticastAddress()) {
            throw new ConfigException(option + ": " + host.getHostAddress() + " is not the address of one host");
        }
        if (host instanceof Inet6Address && host.isLinkLocalAddress()) {
            throw new ConfigException(option + ": " + host.getHostAddress() + " is a link-local address, which means "
                + "nothing on other hosts");
        }
    }

    /** One IP address. @throws ConfigException with a sentence */
    public static InetAddress host(final String option, final String text) throws ConfigException {
        // only literals: a name server must not decide when a controller starts
        if (!text.matches("[0-9]+([.][0-9]+){3}|\\[?[0-9a-fA-F]*:[0-9a-fA-F:.]+]?")) {
            throw new ConfigException(option + ": '" + text + "' is not an IP address");
        }
        try {
            return InetAddress.getByName(text);
        } catch (final UnknownHostException e) {
            throw new ConfigException(option + ": '" + text + "' is not an IP address");
        }
    }

    private static int port(final String option, final String text) throws ConfigException {
        try {
            final int port = Integer.parseInt(text);
            if (port < 1 || port > 65535) {
                throw new ConfigException(option + ": a port is 1 to 65535, not " + port);
            }
            return port;
        } catch (final NumberFormatException e) {
            throw new ConfigException(option + ": '" + text + "' is not a port number");
        }
    }
}
