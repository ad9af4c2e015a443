// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.tool;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.poolswitch.launch.AddressText;
import org.poolswitch.launch.ConfigException;
import org.poolswitch.launch.LogOutput;
import org.poolswitch.launch.Millis;
import org.poolswitch.sctp.SctpAddress;
import picocli.CommandLine.Option;

/** The settings of commands that ask registrars something and end. */
final class ToolOptions {
    @Option(names = "--config", paramLabel = "FILE",
        description = "Configuration file: 'key = value' lines, keys are these options' names without dashes.")
    Path config;

    @Option(names = "--address", paramLabel = "IP", split = ",",
        description = "Own IP address (default: the one from which this host reaches the registrar).")
    List<String> addresses = new ArrayList<>();

    @Option(names = "--transport", paramLabel = "user|kernel", defaultValue = "user",
        description = "SCTP in user space over UDP, or the kernel's (default: ${DEFAULT-VALUE}).")
    String transport;

    @Option(names = "--encapsulation-port", paramLabel = "PORT", defaultValue = "9899",
        description = "UDP port of SCTP over UDP at the registrars (default: ${DEFAULT-VALUE}).")
    int encapsulationPort;

    @Option(names = "--timeout-ms", paramLabel = "MS", defaultValue = "2000",
        description = "How long one registrar is given to answer (default: ${DEFAULT-VALUE}).")
    long timeoutMs;

    @Option(names = "--pcap", paramLabel = "FILE", description = "Write every packet to FILE, for Wireshark.")
    Path pcap;

    @Option(names = "--log-level", paramLabel = "LEVEL", defaultValue = "error",
        description = "error, warn, info, debug or trace (default: ${DEFAULT-VALUE}).")
    String logLevel;

    boolean kernel() {
        return transport.equals("kernel");
    }

    /** Checks what needs no registrar; each failure is a sentence. */
    void validate() throws ConfigException {
        if (!kernel() && !transport.equals("user")) {
            throw new ConfigException("--transport is 'user' or 'kernel', not '" + transport + "'");
        }
        if (encapsulationPort < 1 || encapsulationPort > 65535) {
            throw new ConfigException("--encapsulation-port must be 1 to 65535, not " + encapsulationPort);
        }
        timeoutNs();
        LogOutput.check(logLevel);
        if (kernel() && pcap != null) {
            throw new ConfigException("--pcap needs '--transport user': what the kernel's SCTP sends does not come by "
                + "here; use tcpdump");
        }
    }

    /** How long one registrar is given. @throws ConfigException with a sentence if that makes no sense */
    long timeoutNs() throws ConfigException {
        return Millis.toNs("--timeout-ms", timeoutMs, 1);
    }

    /** Peers as given with {@code option}; their port if they have none is {@code port}. */
    List<SctpAddress> peers(final String option, final List<String> texts, final int port) throws ConfigException {
        final List<SctpAddress> peers = new ArrayList<>();
        for (final String text : texts) {
            peers.add(AddressText.peer(option, text.trim(), port, kernel() ? 0 : encapsulationPort));
        }
        if (peers.isEmpty()) {
            throw new ConfigException(option + " must name at least one registrar");
        }
        return peers;
    }

    /** Own addresses: those given, or the one from which the host would reach that peer. */
    List<InetAddress> hosts(final SctpAddress peer) throws ConfigException {
        final List<InetAddress> hosts = new ArrayList<>();
        for (final String address : addresses) {
            hosts.add(AddressText.own("--address", address.trim()));
        }
        if (hosts.isEmpty()) {
            // connecting a datagram socket sends nothing; it only makes the kernel look into its routes
            try (DatagramSocket probe = new DatagramSocket()) {
                probe.connect(new InetSocketAddress(peer.host(), 9));
                hosts.add(probe.getLocalAddress());
            } catch (final IOException | RuntimeException e) {
                throw new ConfigException("this host has no route to " + peer.host().getHostAddress() + ": "
                    + e.getMessage());
            }
        }
        return hosts;
    }
}
