// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import java.util.ArrayList;
import java.util.List;
import org.poolswitch.megaco.ActionReply;
import org.poolswitch.megaco.CommandReply;
import org.poolswitch.megaco.CommandRequest;
import org.poolswitch.megaco.ContextId;
import org.poolswitch.megaco.ErrorDescriptor;
import org.poolswitch.megaco.TransactionReply;

/** One transaction under execution: who asked, and what has come of it so far. */
final class Work {
    final Controller sender;
    final int association;
    final int stream;
    final long nowNs;
    /** Contexts that got another owner. */
    final List<MgContext> claimed = new ArrayList<>(1);
    private final List<ActionReply> actions = new ArrayList<>(1);
    private final List<CommandReply> commands = new ArrayList<>(2);
    private ContextId group;
    private boolean stopped;
    private boolean failed;

    Work(final Controller sender, final int association, final int stream, final long nowNs) {
        this.sender = sender;
        this.association = association;
        this.stream = stream;
        this.nowNs = nowNs;
    }

    /** After an error that was not optional nothing more is executed (RFC 3525 section 8.2). */
    boolean isStopped() {
        return stopped;
    }

    boolean hasFailed() {
        return failed;
    }

    /** A command's result; consecutive ones of one context make one action. */
    void reply(final ContextId context, final CommandReply reply) {
        if (!context.equals(group)) {
            closeAction();
            group = context;
        }
        commands.add(reply);
    }

    void fail(final ContextId context, final CommandRequest command, final ErrorDescriptor error) {
        failed = true;
        stopped |= !command.optional();
        reply(context, CommandReply.of(command.verb(), command.termination(), error));
    }

    /** The action as a whole was refused. */
    void fail(final ContextId context, final int code, final String text) {
        failed = true;
        stopped = true;
        closeAction();
        actions.add(ActionReply.error(context, code, text));
    }

    /** The next command belongs to another action, even if it is for the same context. */
    void closeAction() {
        if (group != null) {
            actions.add(new ActionReply(group, List.of(), commands, null));
            commands.clear();
            group = null;
        }
    }

    TransactionReply result(final long transactionId) {
        closeAction();
        return new TransactionReply(transactionId, false, null, actions);
    }
}
