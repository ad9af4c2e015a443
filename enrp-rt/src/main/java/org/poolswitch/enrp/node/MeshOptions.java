// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.enrp.core.EnrpConfig;
import org.poolswitch.enrp.core.MeshSetup;
import org.poolswitch.enrp.core.RegistrarJournal;
import org.poolswitch.enrp.core.RegistrarSettings;
import org.poolswitch.enrp.core.TakeoverRule;
import org.poolswitch.enrp.wire.EnrpType;
import org.poolswitch.launch.AddressText;
import org.poolswitch.launch.ConfigException;
import org.poolswitch.launch.NodeOptions;
import org.poolswitch.rserpool.ChecksumRule;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import picocli.CommandLine.Option;

/** The settings of a registrar that is one of several. */
final class MeshOptions {
    @Option(names = "--peer", paramLabel = "IP[+IP...][:PORT]", split = ",",
        description = "Other registrars, by their ENRP port (9901 unless told); this one's own address may be among "
            + "them, so that all registrars can have the same configuration.")
    List<String> peers = new ArrayList<>();

    @Option(names = "--enrp", paramLabel = "NAME=VALUE", split = ",",
        description = "Timers and bounds of the registrar that differ from the profile's, for example "
            + "PEER-HEARTBEAT-CYCLE=200ms; docs/enrp.md lists them.")
    List<String> enrp = new ArrayList<>();

    @Option(names = "--enrp-port", paramLabel = "PORT", defaultValue = "9901",
        description = "SCTP port for other registrars; 0 = none may come (default: ${DEFAULT-VALUE}).")
    int enrpPort;

    @Option(names = "--server-id", paramLabel = "HEX",
        description = "This registrar's identifier, 1 to ffffffff; default: the journal's, else a random one.")
    String serverId;

    @Option(names = "--takeover-rule", paramLabel = "rfc|rsplib", defaultValue = "rfc",
        description = "Who takes over when two registrars want to: the larger identifier (RFC 5353) or the smaller one "
            + "(RSPLIB). The same in the whole mesh; rsplib if one of RSPLIB's is in it (default: ${DEFAULT-VALUE}).")
    String takeoverRule;

    @Option(names = "--checksum", paramLabel = "rfc|rsplib", defaultValue = "rfc",
        description = "How PE checksums add up; they differ from some 18,000 elements of one registrar on (default: "
            + "${DEFAULT-VALUE}).")
    String checksum;

    @Option(names = "--journal", paramLabel = "DIR",
        description = "Keep identifier and handlespace in this directory, so that a restart forgets nothing, even of "
            + "the only registrar.")
    Path journal;

    @Option(names = "--journal-min-free", paramLabel = "MB", defaultValue = "16",
        description = "The journal is no longer written when its disk has less room than that: it is mapped memory, "
            + "for which a full disk is a crash (default: ${DEFAULT-VALUE}).")
    int journalMinFreeMb;

    @Option(names = "--announce", paramLabel = "GROUP[:PORT]",
        description = "Announce this registrar to elements and users in this multicast group, for example "
            + "224.0.1.185:3863.")
    String announce;

    @Option(names = "--enrp-announce", paramLabel = "GROUP[:PORT]",
        description = "Announce this registrar to other registrars in this multicast group, and hear of them there, "
            + "for example 239.0.0.51:9901.")
    String enrpAnnounce;

    boolean hasPort() {
        return enrpPort != 0;
    }

    ChecksumRule checksumRule() {
        return ChecksumRule.valueOf(checksum.toUpperCase(Locale.ROOT));
    }

    EnrpConfig config(final NodeOptions options) throws ConfigException {
        final EnrpConfig profile = options.rfcProfile() ? EnrpConfig.rfc() : EnrpConfig.carrier();
        try {
            final List<SctpAddress> addresses = new ArrayList<>();
            for (final String peer : peers) {
                addresses.add(AddressText.peer("--peer", peer.trim(), EnrpType.PORT, options.remoteUdp()));
            }
            return profile.withTimers(RegistrarSettings.apply(profile.timers(), settings()))
                .withPeers(addresses, options.remoteUdp())
                .withTakeoverRule(TakeoverRule.valueOf(takeoverRule.toUpperCase(Locale.ROOT)));
        } catch (final IllegalArgumentException e) {
            throw new ConfigException("--peer, --enrp: " + e.getMessage());
        }
    }

    /** What {@code --enrp} says, for both of a registrar's halves. */
    String settings() {
        return String.join(",", enrp);
    }

    /** What the options about peers came to, as one would write them, but for {@code --enrp}. */
    String describe(final EnrpConfig config) {
        return "--enrp-port " + enrpPort + " --takeover-rule "
            + config.takeoverRule().name().toLowerCase(Locale.ROOT)
            + (config.peers().isEmpty() ? "" : " --peer " + String.join(",", config.peers().stream()
                .map(SctpAddress::toString).toList()))
            + (journal == null ? "" : " --journal " + journal + " --journal-min-free " + journalMinFreeMb);
    }

    private int identifier() throws ConfigException {
        if (serverId == null) {
            return 0;
        }
        try {
            final int id = Integer.parseUnsignedInt(serverId.replaceFirst("^0[xX]", ""), 16);
            if (id != 0) {
                return id;
            }
        } catch (final NumberFormatException e) {
            // said below
        }
        throw new ConfigException("--server-id is a hexadecimal number from 1 to ffffffff, not '" + serverId + "'");
    }

    void check(final NodeOptions options) throws ConfigException {
        if (options.namesRegistrars()) {
            throw new ConfigException("--registrar is for the other nodes; a registrar finds others by --peer");
        }
        if (announce != null && options.announceGroup() != null) {
            throw new ConfigException("--announce and --registrar-announce are the same to a registrar: give one");
        }
        rule("--takeover-rule", takeoverRule);
        if (journalMinFreeMb < 1) {
            throw new ConfigException("--journal-min-free is 1 or more megabytes, not " + journalMinFreeMb);
        }
        rule("--checksum", checksum);
        if (enrpPort < 0 || enrpPort > 65535 || enrpPort == NodeOptions.ASAP_PORT) {
            throw new ConfigException("--enrp-port is 0 to 65535 and not " + NodeOptions.ASAP_PORT
                + ", which is ASAP's: " + enrpPort);
        }
        if (!hasPort() && (!peers.isEmpty() || journal != null || announce != null || enrpAnnounce != null
            || options.announceGroup() != null)) {
            throw new ConfigException("--peer, --journal and announcements need an --enrp-port");
        }
        identifier();
        config(options);
    }

    private static void rule(final String option, final String value) throws ConfigException {
        if (!value.equals("rfc") && !value.equals("rsplib")) {
            throw new ConfigException(option + " is 'rfc' or 'rsplib', not '" + value + "'");
        }
    }

    MeshSetup setup(final NodeOptions options, final SctpEndpoint endpoint, final AsapConfig asap, final MeshLog log)
        throws ConfigException {
        final EnrpConfig config = config(options).withAnnounceCycle(asap.timers().t6ServerAnnounceNs());
        return MeshSetup.of(config, endpoint).withServerId(identifier())
            .withJournal(journal == null ? RegistrarJournal.NONE : ChronicleJournal.open(journal,
                (long) journalMinFreeMb << 20).onLost(log::onJournalLost)).withObserver(log).withGroups(
            announce == null ? options.announceGroup()
                : AddressText.group("--announce", announce, NodeOptions.ASAP_PORT),
            enrpAnnounce == null ? null : AddressText.group("--enrp-announce", enrpAnnounce, EnrpType.PORT));
    }
}
