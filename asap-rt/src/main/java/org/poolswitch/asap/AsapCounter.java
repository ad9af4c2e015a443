// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap;

import org.poolswitch.observe.CounterDescriptor;

/** What the stack counts. */
public enum AsapCounter implements CounterDescriptor {
    /** Handle resolutions sent, repetitions included. */
    RESOLUTIONS("asap_resolutions_total", "Handle resolutions sent, repetitions included"),
    /** Answers that named at least one element. */
    RESOLVED("asap_resolved_total", "Handle resolutions answered with at least one element"),
    /** Answers that named none. */
    UNRESOLVED("asap_unresolved_total", "Handle resolutions answered with no element or an error"),
    /** Requests to the registrar that timed out. */
    REQUEST_TIMEOUTS("asap_request_timeouts_total", "Requests that a registrar did not answer in time"),
    /** Registrar associations opened or tried. */
    HUNTS("asap_server_hunts_total", "Associations tried with registrars"),
    /** Resolutions asked of a second registrar. */
    HEDGED("asap_hedged_total", "Handle resolutions sent to the standby registrar because the home was late"),
    /** Registrars that took us over. */
    ADOPTIONS("asap_home_changes_total", "Times another registrar made itself our home (H bit)"),
    /** Strangers that say they are our home while we have one. */
    HOME_CLAIMS("asap_home_claims_total", "Times a registrar not known here said that it is our home (H bit) while we "
        + "had one; it is believed when that one is lost"),
    /** SERVER_ANNOUNCE heard. */
    ANNOUNCEMENTS("asap_announcements_total", "Registrars' announcements heard"),
    /** Registrar associations lost. */
    REGISTRAR_LOSSES("asap_registrar_losses_total", "Registrars lost after they had been found"),
    /** Registrations sent, renewals included. */
    REGISTRATIONS("asap_registrations_total", "Registrations sent, renewals included"),
    /** Registrations refused. */
    REGISTRATIONS_REJECTED("asap_registrations_rejected_total", "Registrations that the registrar refused"),
    /** Keep-alives answered. */
    KEEP_ALIVES("asap_keep_alives_total", "Keep-alives of registrars answered"),
    /** ENDPOINT_UNREACHABLE sent. */
    UNREACHABLE_REPORTS("asap_unreachable_reports_total", "Elements reported unreachable"),
    /** Messages that waited for an element. */
    QUEUED("asap_queued_messages_total", "Messages that waited for a resolution, an association or its window"),
    /** Messages refused because a limit was reached. */
    REFUSED("asap_refused_messages_total", "Messages refused because a queue or retained list was full"),
    /** Sessions that failed. */
    SESSIONS_FAILED("asap_sessions_failed_total", "Sessions that found no element in time"),
    /** Sessions that moved to an alternate. */
    FAILOVERS("asap_failovers_total", "Sessions that moved to an alternate element"),
    /** Retained or handed back messages sent again. */
    RESENT("asap_resent_messages_total", "Messages sent again to an alternate element"),
    /** Messages from an association or stream that no session owns. */
    DEPOSED("asap_deposed_messages_total", "Messages dropped because their sender is no longer in charge"),
    /** Messages that the transport gave up. */
    EXPIRED("asap_expired_messages_total", "Perishable messages given up because they could not be delivered in time"),
    /** Elements that became suspect. */
    SUSPICIONS("asap_suspicions_total", "Elements that became suspect because a reply was late"),
    /** Suspect elements heard again. */
    FALSE_SUSPICIONS("asap_false_suspicions_total", "Suspect elements that were heard again"),
    /** Elements given up because of silence. */
    SILENT_DEATHS("asap_silent_deaths_total", "Elements given up because they were silent"),
    /** Associations with elements lost otherwise. */
    ASSOCIATION_LOSSES("asap_association_losses_total", "Associations with elements that ended or never came up"),
    /** Probes because of silence alone. */
    IDLE_PROBES("asap_idle_probes_total",
        "Probes of elements that were not heard for a while though they have sessions."),
    /** Probes sent. */
    PROBES("asap_probes_total", "Probes of suspect elements and of users after a pause of ours"),
    /** Cookies received. */
    COOKIES("asap_cookies_total", "Cookies received from elements"),
    /** Cookies echoed. */
    COOKIES_ECHOED("asap_cookies_echoed_total", "Cookies echoed to alternate elements"),
    /** Cookie echoes received. */
    COOKIE_ECHOES("asap_cookie_echoes_total", "Cookie echoes received from users that fail over to us"),
    /** Cookies not echoed for lack of a control channel. */
    COOKIES_WITHHELD("asap_cookies_withheld_total",
        "Cookies not echoed because the alternate element has no control channel"),
    /** Elements without a transport that we can use. */
    UNUSABLE("asap_unusable_elements_total", "Elements in registrars' answers that are not reached by SCTP"),
    /** Malformed control messages. */
    MALFORMED("asap_malformed_total", "Control messages that were malformed and dropped"),
    /** Control messages that make no sense from this peer. */
    UNEXPECTED("asap_unexpected_total", "Well-formed control messages that this peer had no reason to send"),
    /** ERROR messages received. */
    ERRORS("asap_errors_total", "Error reports received from registrars"),
    /** ERROR messages not sent. */
    ERRORS_LIMITED("asap_errors_limited_total", "Error reports not sent because a peer had been sent many of them"),
    /** Own pauses noticed. */
    CLOCK_JUMPS("asap_clock_jumps_total", "Pauses of our own that were noticed"),
    /** Messages held while fenced. */
    HELD("asap_held_messages_total", "Messages to users held after a pause of ours"),
    /** Held messages dropped. */
    HELD_DROPPED("asap_held_dropped_total", "Held messages dropped because the user had turned away");

    private final String id;
    private final String help;

    AsapCounter(final String id, final String help) {
        this.id = id;
        this.help = help;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String help() {
        return help;
    }
}
