// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.util.Locale;
import org.poolswitch.observe.CounterDescriptor;

/** What user-space SCTP counts. */
public enum SctpCounter implements CounterDescriptor {
    PACKETS_SENT("Packets sent."),
    PACKETS_RECEIVED("Packets received."),
    BAD_CHECKSUM("Packets dropped for a wrong CRC32c."),
    MALFORMED("Packets or chunks dropped because they break the format."),
    OUT_OF_THE_BLUE("Packets that belong to no association (RFC 9260 section 8.4)."),
    BAD_VERIFICATION_TAG("Packets dropped for a wrong verification tag."),
    BAD_COOKIE("COOKIE ECHO chunks dropped for a broken seal."),
    REPLAYED_COOKIE("COOKIE ECHO chunks refused because their association was there and is over."),
    STALE_COOKIE("COOKIE ECHO chunks refused because their cookie was too old."),
    UNKNOWN_CHUNKS("Chunks of unknown type."),
    UNKNOWN_SOURCE("Packets for an association from an address that is not the peer's."),
    REPLIES_DROPPED("Answers to strangers dropped because too many waited."),
    ERRORS_SENT("ERROR chunks sent."),
    ERRORS_RECEIVED("ERROR chunks received."),
    ABORTS_SENT("ABORT chunks sent."),
    ABORTS_RECEIVED("ABORT chunks received."),
    MESSAGES_ABANDONED("User messages given up because their lifetime was over."),
    TAIL_LOSS_PROBES("Times the last packets of a path were late and a probe went out."),
    TIMERS("Times that an association's timers were due and ran."),
    PATH_FAILURES("Times an active path became potentially failed or inactive."),
    REFUSED_FULL("Associations refused because of maxAssociations."),
    REFUSED_IN_USE("Associations not opened because there is one between the same ports and addresses."),
    ASSOCIATIONS_UP("Associations established."),
    ASSOCIATIONS_DOWN("Associations ended, for whatever reason."),
    RESTARTS("Associations that the peer restarted."),
    MESSAGES_SENT("User messages accepted for sending."),
    MESSAGES_RECEIVED("User messages delivered."),
    RETRANSMISSIONS("DATA chunks sent again after T3-rtx."),
    FAST_RETRANSMISSIONS("DATA chunks sent again after three miss reports."),
    DUPLICATE_TSNS("DATA chunks received twice."),
    RECEIVE_DROPPED("DATA chunks dropped because no buffer was left."),
    HEARTBEATS_SENT("HEARTBEAT chunks sent."),
    PORT_UNREACHABLE_HINTS("ICMP port unreachable messages heard of."),
    UNDELIVERED("User messages handed back when their association was lost."),
    CLOCK_JUMPS("Times the local clock jumped: this process was stopped.");

    private final String help;

    SctpCounter(final String help) {
        this.help = help;
    }

    @Override
    public String id() {
        return "sctp_" + name().toLowerCase(Locale.ROOT) + "_total";
    }

    @Override
    public String help() {
        return help;
    }
}
