// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.util.Locale;
import org.poolswitch.observe.CounterDescriptor;

/** What a registrar counts. */
public enum RegistrarCounter implements CounterDescriptor {
    REGISTRATIONS("Registrations and re-registrations accepted."),
    POOLS_CHANGED("Pools whose only element registered again with another policy or kind of transport."),
    REGISTRATIONS_REJECTED("Registrations rejected."),
    REGISTRATIONS_LIMITED("Registrations and deregistrations dropped by a rate limit."),
    REGISTRATIONS_TOO_MANY("Registrations rejected because their association has too many elements already."),
    DEREGISTRATIONS("Deregistrations."),
    DEREGISTRATIONS_REJECTED("Deregistrations by somebody who is not the element."),
    RESOLUTIONS("Handle resolutions answered with elements."),
    RESOLUTIONS_UNKNOWN("Handle resolutions of unknown pools."),
    RESOLUTIONS_LIMITED("Handle resolutions dropped by a rate limit."),
    SUBSCRIPTIONS("Subscriptions to pools accepted."),
    SUBSCRIPTIONS_REFUSED("Subscriptions to pools refused at a bound."),
    SUBSCRIPTION_UPDATES("Answers sent because a pool with subscribers changed."),
    UNREACHABLE_REPORTS("ENDPOINT_UNREACHABLE messages."),
    UNREACHABLE_REPORTS_LIMITED("ENDPOINT_UNREACHABLE messages dropped by a rate limit."),
    FOREIGN_ASKED("Elements of other registrars that users reported here and that were asked."),
    FOREIGN_DOUBTED("Of those: did not answer or cannot be called, so that their home was told to ask."),
    FOREIGN_ADOPTED("Of those: taken over, to be asked again and removed, because their home did not say a word."),
    DOUBTS_OF_PEERS("Elements of ours that a peer could not reach, asked at once."),
    KEEP_ALIVES_SENT("ENDPOINT_KEEP_ALIVE messages sent."),
    KEEP_ALIVE_ACKS("ENDPOINT_KEEP_ALIVE_ACK messages of elements of ours."),
    KEEP_ALIVE_ACKS_UNEXPECTED("ENDPOINT_KEEP_ALIVE_ACK messages that are not from the element."),
    REMOVED_SILENT("Elements removed because they did not answer a keep-alive."),
    REMOVED_REPORTED("Elements removed early because many users reported them and they did not answer."),
    REMOVED_LOST("Elements removed because their association ended."),
    REMOVED_EXPIRED("Elements removed because their registration life ended."),
    MALFORMED("Messages dropped because they break the format."),
    UNRECOGNIZED("Messages or parameters of unknown type."),
    ERRORS_LIMITED("ERROR messages about them that were not sent because of a rate limit."),
    WRONG_PPID("Messages that are not ASAP.");

    private final String help;

    RegistrarCounter(final String help) {
        this.help = help;
    }

    @Override
    public String id() {
        return "registrar_" + name().toLowerCase(Locale.ROOT) + "_total";
    }

    @Override
    public String help() {
        return help;
    }
}
