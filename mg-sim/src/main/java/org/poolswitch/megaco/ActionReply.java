// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.List;

/**
 * What became of an action: {@code Context = id {(error | commands [, error])}}.
 *
 * @param context    the context, a real one where {@code $} or a found {@code *} was asked for
 * @param properties context properties, kept as they came
 * @param commands   replies to the commands that were executed
 * @param error      why the action stopped, or null
 */
public record ActionReply(ContextId context, List<OpaqueDescriptor> properties, List<CommandReply> commands,
    ErrorDescriptor error) {

    public ActionReply {
        properties = List.copyOf(properties);
        commands = List.copyOf(commands);
        if (properties.isEmpty() && commands.isEmpty() && error == null) {
            throw new IllegalArgumentException("an action's reply has properties, commands or an error");
        }
    }

    /** A reply with commands only. */
    public static ActionReply of(final ContextId context, final CommandReply... commands) {
        return new ActionReply(context, List.of(), List.of(commands), null);
    }

    /** The action was refused as a whole. */
    public static ActionReply error(final ContextId context, final int code, final String text) {
        return new ActionReply(context, List.of(), List.of(), new ErrorDescriptor(code, text));
    }

    /** The action's own error, else the first of a command, else null. */
    public ErrorDescriptor firstError() {
        if (error != null) {
            return error;
        }
        for (final CommandReply command : commands) {
            if (command.error() != null) {
                return command.error();
            }
        }
        return null;
    }
}
