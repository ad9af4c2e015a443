// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import org.poolswitch.megaco.ActionRequest;
import org.poolswitch.megaco.CommandRequest;
import org.poolswitch.megaco.ContextId;
import org.poolswitch.megaco.ErrorCode;
import org.poolswitch.megaco.TransactionReply;
import org.poolswitch.megaco.TransactionRequest;

/** Executes transactions: finds or makes each action's context, then runs its commands in order. */
final class Executor {
    private final Gateway gateway;
    private final CommandRunner runner;

    Executor(final Gateway gateway) {
        this.gateway = gateway;
        this.runner = new CommandRunner(gateway);
    }

    TransactionReply execute(final TransactionRequest request, final Work work) {
        for (final ActionRequest action : request.actions()) {
            if (work.isStopped()) {
                break;
            }
            execute(action, work);
            work.closeAction();
        }
        return work.result(request.id());
    }

    private void execute(final ActionRequest action, final Work work) {
        final ContextId id = action.context();
        if (action.commands().isEmpty()) {
            work.fail(id, ErrorCode.NOT_IMPLEMENTED, "context properties alone");
        } else if (id.equals(ContextId.CHOOSE)) {
            executeInNew(action, work);
        } else if (!id.isReal()) {
            for (final CommandRequest command : action.commands()) {
                if (!work.isStopped()) {
                    runner.runNowhere(command, id, work);
                }
            }
        } else {
            final MgContext context = gateway.contexts.find(id);
            if (context == null) {
                work.fail(id, ErrorCode.UNKNOWN_CONTEXT, "no context " + id);
                return;
            }
            for (final CommandRequest command : action.commands()) {
                if (!work.isStopped()) {
                    run(command, context, id, id, work);
                }
            }
        }
    }

    private void executeInNew(final ActionRequest action, final Work work) {
        if (gateway.closing) {
            work.fail(action.context(), ErrorCode.UNAVAILABLE, "this gateway is being taken out of service");
            return;
        }
        final MgContext context = gateway.make(work.sender, work.nowNs);
        if (context == null) {
            work.fail(action.context(), ErrorCode.NO_CONTEXTS, "all " + gateway.contexts.size()
                + " contexts are in use");
            return;
        }
        final ContextId id = context.id;
        boolean began = false;
        for (final CommandRequest command : action.commands()) {
            if (work.isStopped()) {
                break;
            }
            // until a termination is in, there is no context that a reply could name
            run(command, context, id, began ? id : action.context(), work);
            began = began || !context.terminations.isEmpty();
        }
        if (!began) {
            gateway.unmake(context);
        }
    }

    private void run(final CommandRequest command, final MgContext context, final ContextId id, final ContextId shown,
        final Work work) {
        if (id.equals(context.id)) {
            runner.run(command, context, shown, work);
        } else {
            // an earlier command of this very action took the last termination out
            work.fail(id, command, Refusal.of(ErrorCode.UNKNOWN_CONTEXT, "context " + id + " has ended"));
        }
    }
}
