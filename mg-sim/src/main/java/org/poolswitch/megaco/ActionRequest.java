// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.List;

/**
 * {@code Context = id {[properties,] 1*command}} (RFC 3525 section 8.1).
 *
 * @param context    which context, {@code $} to make one, {@code *} for all
 * @param properties topology, priority, emergency and context audit, kept as they came
 * @param commands   executed in order
 */
public record ActionRequest(ContextId context, List<OpaqueDescriptor> properties, List<CommandRequest> commands) {
    public ActionRequest {
        properties = List.copyOf(properties);
        commands = List.copyOf(commands);
        if (properties.isEmpty() && commands.isEmpty()) {
            throw new IllegalArgumentException("an action has properties or commands");
        }
    }

    /** An action with commands only. */
    public static ActionRequest of(final ContextId context, final CommandRequest... commands) {
        return new ActionRequest(context, List.of(), List.of(commands));
    }
}
