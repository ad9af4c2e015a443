// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.launch;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapSettings;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpSettings;
import org.poolswitch.sctp.kernel.KernelConfig;
import picocli.CommandLine.Option;

/** The settings that every node has. */
public final class NodeOptions {
    /** ASAP's port (RFC 5352 section 6.1). */
    public static final int ASAP_PORT = 3863;

    @Option(names = "--config", paramLabel = "FILE",
        description = "Configuration file: 'key = value' lines, keys are these options' names without dashes.")
    Path config;

    @Option(names = "--address", paramLabel = "IP", split = ",", defaultValue = "127.0.0.1",
        description = "This node's own IP address, or several of different networks, the primary first: each is a path "
            + "that survives the others (default: ${DEFAULT-VALUE}).")
    List<String> addresses = new ArrayList<>();

    @Option(names = "--registrar", paramLabel = "IP[+IP...][:PORT]", split = ",",
        description = "Registrars to hunt for; with + between the addresses of one (default: 127.0.0.1:3863, or those "
            + "that --registrar-announce hears).")
    List<String> registrars = new ArrayList<>();

    @Option(names = "--transport", paramLabel = "user|kernel", defaultValue = "user",
        description = "SCTP in user space over UDP, or the kernel's (default: ${DEFAULT-VALUE}).")
    String transport;

    @Option(names = "--encapsulation-port", paramLabel = "PORT", defaultValue = "9899",
        description = "UDP port of SCTP over UDP, one number for the whole deployment (default: ${DEFAULT-VALUE}).")
    int encapsulationPort;

    @Option(names = "--profile", paramLabel = "carrier|rfc", defaultValue = "carrier",
        description = "Timers: milliseconds for networks one owns, or the standards' defaults "
            + "(default: ${DEFAULT-VALUE}).")
    String profile;

    @Option(names = "--sctp", paramLabel = "NAME=VALUE", split = ",",
        description = "Settings of SCTP in user space that differ from the profile's, for example RTO.Min=20ms; "
            + "docs/sctp.md lists them.")
    List<String> sctp = new ArrayList<>();

    @Option(names = "--source-port", paramLabel = "PORT|own",
        description = "SCTP port from which this node calls others, for peers that expect one; own: from the port it "
            + "listens on (default: a port of its own for each association, 49152 and up).")
    String sourcePort;

    @Option(names = "--asap", paramLabel = "NAME=VALUE", split = ",",
        description = "Settings of ASAP that differ from the profile's, for example T1-ENRPrequest=100ms; docs/asap.md "
            + "lists them.")
    List<String> asap = new ArrayList<>();

    @Option(names = "--registrar-announce", paramLabel = "GROUP:PORT",
        description = "Multicast group in which registrars announce themselves: a registrar does so there, other nodes "
            + "listen; for example 239.0.0.50:3863 (default: off).")
    String registrarAnnounce;

    @Option(names = "--metrics-port", paramLabel = "PORT", defaultValue = "0",
        description = "Serve Prometheus text at http://ADDRESS:PORT/metrics; 0 = off (default: ${DEFAULT-VALUE}).")
    int metricsPort;

    @Option(names = "--pcap", paramLabel = "FILE",
        description = "Write every packet this node sends to FILE, for Wireshark.")
    Path pcap;

    @Option(names = "--port-wait-seconds", paramLabel = "N", defaultValue = "30",
        description = "With the kernel's SCTP: how long a node waits at its start for its port, if associations of its "
            + "former process still hold it (default: ${DEFAULT-VALUE}).")
    int portWaitSeconds;

    @Option(names = "--drain-seconds", paramLabel = "N", defaultValue = "30",
        description = "How long a stopping node may take to finish its calls (default: ${DEFAULT-VALUE}).")
    int drainSeconds;

    @Option(names = "--log-level", paramLabel = "LEVEL", defaultValue = "info",
        description = "error, warn, info, debug or trace (default: ${DEFAULT-VALUE}).")
    String logLevel;

    @Option(names = "--events",
        description = "Print a line 'event KIND key=value ...' on standard output for each notable event.")
    boolean events;

    @Option(names = "--no-warm-up",
        description = "Join the pool at once, without exercising the code before; the first "
        + "calls and the first failover are slower then.")
    boolean noWarmUp;

    @Option(names = "--drill-cut", paramLabel = "FILE",
        description = "For failover drills: while FILE exists this node neither sends nor hears anything.")
    Path drillCut;

    @Option(names = "--exit-with", paramLabel = "PID", defaultValue = "0", hidden = true,
        description = "End when that process ends.")
    long exitWith;

    /** This node's address, the first if it has several. */
    public InetAddress host() throws ConfigException {
        return hosts().get(0);
    }

    /** This node's addresses. */
    public List<InetAddress> hosts() throws ConfigException {
        final List<InetAddress> hosts = new ArrayList<>();
        for (final String address : addresses) {
            final InetAddress host = AddressText.own("--address", address.trim());
            if (hosts.contains(host)) {
                throw new ConfigException("--address names " + address.trim() + " twice");
            }
            hosts.add(host);
        }
        return hosts;
    }

    /** The profile's SCTP settings with those that were given. */
    public SctpConfig sctpConfig() throws ConfigException {
        try {
            return SctpSettings.apply(rfcProfile() ? SctpConfig.rfc() : SctpConfig.carrier(), String.join(",", sctp));
        } catch (final IllegalArgumentException e) {
            throw new ConfigException("--sctp: " + e.getMessage());
        }
    }

    /** The same for an endpoint that listens on this SCTP port, or on none (0): with the port from which it calls. */
    SctpConfig sctpConfig(final int sctpPort) throws ConfigException {
        if (sourcePort == null) {
            return sctpConfig();
        }
        if (callsFromOwnPort() && sctpPort == 0) {
            throw new ConfigException("--source-port: this node listens on no SCTP port, so it has none of its own; "
                + "give a number");
        }
        final String port = callsFromOwnPort() ? Integer.toString(sctpPort) : sourcePort;
        final SctpConfig base = sctpConfig();
        try {
            final SctpConfig config = SctpSettings.apply(base, "Source.Port=" + port);
            if (config.sourcePort() != 0) {
                return config;
            }
        } catch (final IllegalArgumentException e) {
            // said below
        }
        throw new ConfigException("--source-port is 1 to 65535 or 'own', not '" + sourcePort + "'");
    }

    /** Whether each endpoint calls from the port it listens on. */
    boolean callsFromOwnPort() {
        return "own".equals(sourcePort);
    }

    /** The profile's ASAP settings with those that were given. @param local where the endpoint is bound */
    public AsapConfig asapConfig(final SctpAddress local) throws ConfigException {
        try {
            final AsapConfig profiled = rfcProfile() ? AsapConfig.rfc(registrarAddresses(), local, remoteUdp())
                : AsapConfig.carrier(registrarAddresses(), local, remoteUdp());
            return AsapSettings.apply(profiled.withAnnounceGroup(announceGroup()), String.join(",", asap));
        } catch (final IllegalArgumentException e) {
            throw new ConfigException("--asap: " + e.getMessage());
        }
    }

    /** The group in which registrars announce themselves, or null. */
    public InetSocketAddress announceGroup() throws ConfigException {
        if (registrarAnnounce == null) {
            return null;
        }
        return AddressText.group("--registrar-announce", registrarAnnounce, ASAP_PORT);
    }

    /** The registrars, in order. */
    public List<SctpAddress> registrarAddresses() throws ConfigException {
        final List<SctpAddress> result = new ArrayList<>();
        for (final String text : registrarNames()) {
            result.add(AddressText.peer("--registrar", text.trim(), ASAP_PORT, remoteUdp()));
        }
        return result;
    }

    /** Whether {@code --registrar} was given. */
    public boolean namesRegistrars() {
        return !registrars.isEmpty();
    }

    /** The registrars as they were named, for people. */
    List<String> registrarNames() {
        return !registrars.isEmpty() ? registrars
            : registrarAnnounce == null ? List.of("127.0.0.1:" + ASAP_PORT) : List.of();
    }

    /** UDP port at which peers are reached, or 0 with the kernel's SCTP. */
    public int remoteUdp() {
        return kernel() ? 0 : encapsulationPort;
    }

    /** True if the kernel's SCTP is asked for. */
    public boolean kernel() {
        return transport.equals("kernel");
    }

    /** Settings of the kernel's SCTP; what waits, for the node or the kernel, has the bounds of user space. */
    KernelConfig kernelConfig(final SctpConfig sctp) {
        final KernelConfig defaults = KernelConfig.defaults();
        return defaults.withPortWaitNs(TimeUnit.SECONDS.toNanos(portWaitSeconds))
            .withMaxQueued(sctp.maxQueuedEvents(), sctp.totalReceiveOctets())
            .withSendTotalOctets(Math.max(sctp.totalSendOctets(), defaults.maxMessageOctets()));
    }

    /** True for the standards' default timers. */
    public boolean rfcProfile() {
        return profile.equals("rfc");
    }

    /** Checks that need no other node; each failure is a sentence. */
    public void validate() throws ConfigException {
        if (!kernel() && !transport.equals("user")) {
            throw new ConfigException("--transport is 'user' or 'kernel', not '" + transport + "'");
        }
        if (!rfcProfile() && !profile.equals("carrier")) {
            throw new ConfigException("--profile is 'carrier' or 'rfc', not '" + profile + "'");
        }
        checkPort("--encapsulation-port", encapsulationPort, 1);
        checkPort("--metrics-port", metricsPort, 0);
        if (portWaitSeconds < 0) {
            throw new ConfigException("--port-wait-seconds cannot be negative");
        }
        if (drainSeconds < 0) {
            throw new ConfigException("--drain-seconds cannot be negative");
        }
        LogOutput.check(logLevel);
        if (kernel() && (pcap != null || drillCut != null)) {
            throw new ConfigException((pcap != null ? "--pcap" : "--drill-cut") + " needs '--transport user': what the "
                + "kernel's SCTP sends does not come by here; use tcpdump or nftables");
        }
        hosts();
        sctpConfig();
        asapConfig(null);
    }

    private static void checkPort(final String option, final int port, final int least) throws ConfigException {
        if (port < least || port > 65535) {
            throw new ConfigException(option + " must be " + least + " to 65535, not " + port);
        }
    }
}
