// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.poolswitch.observe.Counters;
import org.poolswitch.observe.PacketTap;
import org.poolswitch.observe.PcapTap;
import org.poolswitch.observe.PcapWriter;
import org.poolswitch.runtime.AnnouncementPort;
import org.poolswitch.runtime.EventLoopShard;
import org.poolswitch.runtime.MulticastChannel;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.core.SctpCounter;
import org.poolswitch.sctp.kernel.KernelSctpEndpoint;
import org.poolswitch.sctp.udp.UdpConfig;
import org.poolswitch.sctp.udp.UdpCounter;
import org.poolswitch.sctp.udp.UdpSctpEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The transport that the settings ask for, with its capture file. */
final class Transport implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);
    private static final long DRILL_POLL_MILLIS = 5;

    private final EventLoopShard shard;
    private final List<SctpEndpoint> endpoints;
    private final PcapWriter pcap;
    private final PacketTap tap;
    private final Path capture;
    private boolean captureEnded;

    private Transport(final EventLoopShard shard, final List<SctpEndpoint> endpoints, final PcapWriter pcap,
        final PacketTap tap, final Path capture) {
        this.shard = shard;
        this.endpoints = List.copyOf(endpoints);
        this.pcap = pcap;
        this.tap = tap;
        this.capture = capture;
    }

    static Transport open(final NodeOptions options, final int sctpPort, final List<Integer> morePorts,
        final EventLoopShard shard) throws ConfigException {
        final boolean listening = sctpPort != 0;
        // a node that only calls others needs a port of its own all the same; nobody is told which
        final SctpAddress local = new SctpAddress(options.hosts(), listening ? sctpPort : 49151,
            options.remoteUdp());
        try {
            final SctpConfig sctp = options.sctpConfig(sctpPort);
            if (!morePorts.isEmpty() && sctp.sourcePort() != 0 && !options.callsFromOwnPort()) {
                throw new ConfigException("this node listens on several SCTP ports, which cannot all call from "
                    + sctp.sourcePort() + ": '--source-port own' lets each call from its own");
            }
            if (options.kernel()) {
                final List<SctpEndpoint> endpoints = new ArrayList<>();
                endpoints.add(KernelSctpEndpoint.open(shard, options.kernelConfig(sctp), sctp, local, listening));
                for (final int port : morePorts) {
                    final SctpConfig wanted = options.sctpConfig(port);
                    endpoints.add(KernelSctpEndpoint.open(shard, options.kernelConfig(wanted), wanted,
                        new SctpAddress(options.hosts(), port, 0), true));
                }
                return new Transport(shard, endpoints, null, PacketTap.NONE, null);
            }
            final PcapWriter pcap = options.pcap == null ? null : CaptureFile.create(options.pcap);
            final PacketTap tap = pcap == null ? PacketTap.NONE : new PcapTap(pcap, false);
            final UdpSctpEndpoint udp = UdpSctpEndpoint.open(shard, UdpConfig.withPort(options.encapsulationPort),
                sctp, local, listening, new SecureRandom(), tap);
            if (options.drillCut != null) {
                shard.eventLoop().scheduleAtFixedRate(() -> udp.mute(Files.exists(options.drillCut)),
                    DRILL_POLL_MILLIS, DRILL_POLL_MILLIS, TimeUnit.MILLISECONDS);
            }
            final List<SctpEndpoint> endpoints = new ArrayList<>(List.of(udp));
            for (final int port : morePorts) {
                endpoints.add(udp.openBeside(options.sctpConfig(port), port, new SecureRandom()));
            }
            return new Transport(shard, endpoints, pcap, tap, options.pcap);
        } catch (final IOException e) {
            throw new ConfigException(e.getMessage());
        }
    }

    /** One for each port of the node. */
    List<SctpEndpoint> endpoints() {
        return endpoints;
    }

    /** Joins the multicast groups that a node speaks or listens to. */
    void announcements(final List<AnnouncementPort> ports, final NodeOptions options) throws ConfigException {
        for (final AnnouncementPort port : ports) {
            try {
                final MulticastChannel channel = MulticastChannel.open(shard, port, options.hosts(), tap);
                if (options.drillCut != null) {
                    shard.eventLoop().scheduleAtFixedRate(() -> channel.mute(Files.exists(options.drillCut)),
                        DRILL_POLL_MILLIS, DRILL_POLL_MILLIS, TimeUnit.MILLISECONDS);
                }
            } catch (final IOException e) {
                throw new ConfigException("announcements: " + e.getMessage());
            }
        }
    }

    /** Tells the operator, once, when the capture has ended before the node. Now and then, on the node's thread. */
    void look() {
        if (pcap != null && !captureEnded && pcap.ended() != null) {
            captureEnded = true;
            LOG.warn("no more packets are written to {}: {}", capture, pcap.ended());
        }
    }

    void describe(final MetricsBook book) {
        if (endpoints.get(0) instanceof UdpSctpEndpoint udp) {
            book.counters(UdpCounter.class, udp.counters());
            book.counters(SctpCounter.class, endpoints.stream().map(e -> ((UdpSctpEndpoint) e).core().counters())
                .toArray(Counters[]::new));
        }
    }

    @Override
    public void close() throws IOException {
        shard.close();
        shard.termination().handle((nothing, error) -> null).join();
        if (pcap != null) {
            pcap.close();
        }
    }
}
