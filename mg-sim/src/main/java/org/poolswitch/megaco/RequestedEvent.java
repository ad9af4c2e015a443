// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.List;

/**
 * One event of an Events descriptor.
 *
 * @param name       {@code package/item}, either part may be {@code *}
 * @param parameters the event's own parameters, Stream, and the flag KeepActive
 * @param extras     embedded descriptors and digit maps, kept as they came
 */
public record RequestedEvent(String name, List<Parameter> parameters, List<OpaqueDescriptor> extras) {
    public RequestedEvent {
        parameters = List.copyOf(parameters);
        extras = List.copyOf(extras);
    }

    /** An event without parameters. */
    public static RequestedEvent of(final String name) {
        return new RequestedEvent(name, List.of(), List.of());
    }
}
