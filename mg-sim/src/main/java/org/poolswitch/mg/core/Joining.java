// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import org.poolswitch.megaco.CommandRequest;
import org.poolswitch.megaco.ContextId;
import org.poolswitch.megaco.ErrorCode;
import org.poolswitch.megaco.ErrorDescriptor;
import org.poolswitch.megaco.TerminationId;
import org.poolswitch.megaco.Verb;

/** Add and Move: how a termination comes into a context. It is in one at most, whatever controllers ask for. */
final class Joining {
    private final Gateway gateway;
    private final Settings settings;
    private final Auditor auditor;

    Joining(final Gateway gateway, final Settings settings, final Auditor auditor) {
        this.gateway = gateway;
        this.settings = settings;
        this.auditor = auditor;
    }

    void run(final CommandRequest command, final MgContext context, final ContextId shown, final Work work) {
        final ErrorDescriptor refusal = refuse(command, context, work);
        if (refusal != null) {
            work.fail(shown, command, refusal);
            return;
        }
        final Termination termination = gateway.terminations.seize(command.termination());
        if (command.verb() == Verb.ADD) {
            gateway.add(context, termination, work.nowNs);
        } else if (termination.context != context) {
            gateway.move(context, termination, work.nowNs);
        }
        settings.apply(command, termination, work);
        work.reply(context.id, auditor.audit(command, termination, work.nowNs));
    }

    private ErrorDescriptor refuse(final CommandRequest command, final MgContext context, final Work work) {
        final TerminationId id = command.termination();
        if (id.isWildcard() || id.isChoose()) {
            return Refusal.of(ErrorCode.NOT_IMPLEMENTED, "terminations are named by the controller");
        }
        if (!gateway.terminations.isOurs(id)) {
            return Refusal.unknown(id);
        }
        final Termination present = gateway.terminations.find(id);
        final MgContext now = present == null ? null : present.context;
        if (command.verb() == Verb.ADD && now != null) {
            // the sender may be taking over a call whose first controller came as far as this: the text leads it there
            gateway.counters.increment(MgCounter.DOUBLED_REFUSED);
            return Refusal.of(ErrorCode.ALREADY_IN_CONTEXT, present.id + " is in context " + now.id);
        }
        if (command.verb() == Verb.MOVE && now == null) {
            return Refusal.notThere(id);
        }
        if (!CommandRunner.mayCommand(command, context, work) || now != null && now.owner != work.sender) {
            gateway.counters.increment(MgCounter.NON_OWNER_REFUSED);
            return Refusal.notOwner(now != null && now.owner != work.sender ? now : context);
        }
        if (now != context && context.terminations.size() >= gateway.config.bounds().maxPerContext()) {
            return Refusal.of(ErrorCode.TOO_MANY_TERMINATIONS, "a context holds "
                + gateway.config.bounds().maxPerContext() + " terminations");
        }
        return settings.check(command);
    }
}
