// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.List;
import java.util.function.Function;

/**
 * {@code Reply = id {[ImmAckRequired,] (error | 1*action)}} (RFC 3525 section 8.2.2).
 *
 * @param id                   the request's TransactionID
 * @param immediateAckRequired the sender wants a TransactionResponseAck at once
 * @param error                why the whole transaction was refused, or null
 * @param actions              what became of the actions; empty if {@code error} is there
 */
public record TransactionReply(long id, boolean immediateAckRequired, ErrorDescriptor error,
    List<ActionReply> actions) implements Transaction {

    public TransactionReply {
        actions = List.copyOf(actions);
        if ((error == null) == actions.isEmpty()) {
            throw new IllegalArgumentException("a reply has either an error or actions");
        }
    }

    /** A reply with these actions. */
    public static TransactionReply of(final long id, final ActionReply... actions) {
        return new TransactionReply(id, false, null, List.of(actions));
    }

    /** A reply to a request each of whose commands is answered by itself. */
    public static TransactionReply to(final TransactionRequest request,
        final Function<CommandRequest, CommandReply> answer) {
        return new TransactionReply(request.id(), false, null, request.actions().stream()
            .map(action -> ActionReply.of(action.context(),
                action.commands().stream().map(answer).toArray(CommandReply[]::new))).toList());
    }

    /** Refuses the whole transaction. */
    public static TransactionReply error(final long id, final int code, final String text) {
        return new TransactionReply(id, false, new ErrorDescriptor(code, text), List.of());
    }

    /** The first error at any level, or null if everything succeeded. */
    public ErrorDescriptor firstError() {
        if (error != null) {
            return error;
        }
        for (final ActionReply action : actions) {
            final ErrorDescriptor found = action.firstError();
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
