// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.util.Locale;
import org.poolswitch.observe.CounterDescriptor;

/** What a registrar counts among its peers. */
public enum EnrpCounter implements CounterDescriptor {
    SENT("ENRP messages sent."),
    UNSENT("ENRP messages that found no association or no room; audits make up for them."),
    MALFORMED("ENRP messages dropped because they break the format."),
    UNRECOGNIZED("ENRP messages of unknown type."),
    WRONG_PPID("Messages on the ENRP port that are not ENRP."),
    MISDIRECTED("ENRP messages for another server identifier."),
    UNASKED("Table pages that nobody asked for."),
    FROM_STRANGERS("ENRP messages other than PRESENCE from servers that are no peers."),
    ERRORS_RECEIVED("ENRP_ERROR messages."),
    ERRORS_LIMITED("ENRP_ERROR, and PRESENCE to strangers, not sent because an association had many of them."),
    OTHER_SENDERS("Messages dropped because they name another sender than those before them on their association."),
    TABLES_LIMITED("Table and list requests of servers that are no peers, dropped by a rate limit."),
    DUPLICATE_IDENTIFIER("Messages from another server with our identifier, or about one."),
    DUPLICATE_PEERS("Messages dropped because their sender has the identifier of a peer that lives elsewhere."),
    PEERS_REFUSED("Peers refused because the peer table is full."),
    PEERS_ASKED("Peers asked for a sign of life after silence or a lost association."),
    TAKEOVERS_STARTED("Takeovers of dead peers begun."),
    TAKEOVERS_DONE("Takeovers of dead peers completed here."),
    TAKEOVERS_CANCELLED("Takeovers given up because the peer lives."),
    TAKEOVERS_YIELDED("Takeovers left to another registrar that began too."),
    TAKEOVERS_TIMED_OUT("Takeovers given up because a living peer did not acknowledge."),
    TAKEOVERS_OF_SELF("Takeovers of this registrar by peers that thought it dead."),
    UPDATES_SENT("HANDLE_UPDATE messages sent."),
    UPDATES_RECEIVED("HANDLE_UPDATE messages received."),
    UPDATES_REFUSED("Elements of peers refused: they do not fit their pool, or there is no room."),
    CLAIMS_KEPT("Elements that a peer claimed too and that stayed ours."),
    CLAIMS_CEDED("Elements of ours that a peer claimed and got."),
    CLAIMS_RECLAIMED("Elements that came back because the peer that got them could not reach them."),
    AUDITS("Resynchronisations begun because a peer's PE checksum differed."),
    ELEMENTS_PURGED("Elements removed because an audit showed that their home does not have them."),
    TABLE_PAGES_SENT("Pages of the table sent to peers."),
    TABLE_PAGES_RECEIVED("Pages of peers' tables received."),
    TABLE_REQUESTS_REJECTED("Table requests refused because this registrar was starting itself."),
    DOWNLOADS_TIMED_OUT("Table downloads given up because a page did not come."),
    DOWNLOADS_ENDLESS("Table downloads given up because pages came for longer than Download.Timeout."),
    HELD("ASAP messages that waited until this registrar had its table."),
    HELD_DROPPED("ASAP messages not answered because too many waited until this registrar had its table.");

    private final String help;

    EnrpCounter(final String help) {
        this.help = help;
    }

    @Override
    public String id() {
        return "enrp_" + name().toLowerCase(Locale.ROOT) + "_total";
    }

    @Override
    public String help() {
        return help;
    }
}
