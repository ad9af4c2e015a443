// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.util.Locale;
import org.poolswitch.observe.CounterDescriptor;

/** What a registrar counts. */
public enum RegistrarCounter implements CounterDescriptor {
    REGISTRATIONS("Registrations and re-registrations accepted."),
    REGISTRATIONS_REJECTED("Registrations rejected."),
    DEREGISTRATIONS("Deregistrations."),
    RESOLUTIONS("Handle resolutions answered with elements."),
    RESOLUTIONS_UNKNOWN("Handle resolutions of unknown pools."),
    UNREACHABLE_REPORTS("ENDPOINT_UNREACHABLE messages."),
    KEEP_ALIVES_SENT("ENDPOINT_KEEP_ALIVE messages sent."),
    REMOVED_SILENT("Elements removed because they did not answer a keep-alive."),
    REMOVED_REPORTED("Elements removed because of too many unreachable reports."),
    REMOVED_LOST("Elements removed because their association ended."),
    REMOVED_EXPIRED("Elements removed because their registration life ended."),
    MALFORMED("Messages dropped because they break the format."),
    UNRECOGNIZED("Messages or parameters of unknown type."),
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
