// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.List;

/**
 * One observed event: {@code [timeStamp:]package/item [{parameters}]}.
 *
 * @param timeStamp  {@code yyyymmddThhmmssss} of ISO 8601, or null
 * @param name       {@code package/item}
 * @param parameters the event's parameters
 */
public record ObservedEvent(String timeStamp, String name, List<Parameter> parameters) {
    public ObservedEvent {
        parameters = List.copyOf(parameters);
    }

    /** An event without parameters. */
    public static ObservedEvent of(final String timeStamp, final String name) {
        return new ObservedEvent(timeStamp, name, List.of());
    }
}
