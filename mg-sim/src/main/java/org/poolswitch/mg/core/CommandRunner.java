// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import java.util.ArrayList;
import java.util.List;
import org.poolswitch.megaco.CommandReply;
import org.poolswitch.megaco.CommandRequest;
import org.poolswitch.megaco.ContextId;
import org.poolswitch.megaco.Descriptor;
import org.poolswitch.megaco.ErrorCode;
import org.poolswitch.megaco.ErrorDescriptor;
import org.poolswitch.megaco.EventsDescriptor;
import org.poolswitch.megaco.TerminationId;
import org.poolswitch.megaco.Verb;

/** Runs one command: decides which terminations it concerns and who may give it. */
final class CommandRunner {
    private final Gateway gateway;
    private final Settings settings;
    private final Joining joining;
    private final Auditor auditor;

    CommandRunner(final Gateway gateway) {
        this.gateway = gateway;
        this.settings = new Settings(gateway);
        this.auditor = new Auditor();
        this.joining = new Joining(gateway, settings, auditor);
    }

    /** A command in a context. {@code shown} is the context that its reply names if it fails. */
    void run(final CommandRequest command, final MgContext context, final ContextId shown, final Work work) {
        switch (command.verb()) {
            case ADD, MOVE -> joining.run(command, context, shown, work);
            case MODIFY, SUBTRACT, AUDIT_VALUE, AUDIT_CAPABILITY -> runOnSelected(command, context, shown, work);
            case SERVICE_CHANGE -> work.reply(shown, auditor.serviceChange(command));
            default -> unsupported(command, shown, work);
        }
    }

    /** A command in the null context, or in all contexts: there each termination leads to its own. */
    void runNowhere(final CommandRequest command, final ContextId context, final Work work) {
        final Verb verb = command.verb();
        if (verb == Verb.SERVICE_CHANGE) {
            work.reply(context, auditor.serviceChange(command));
        } else if (verb == Verb.NOTIFY) {
            unsupported(command, context, work);
        } else if (verb == Verb.ADD || verb == Verb.MOVE) {
            work.fail(context, command, Refusal.of(ErrorCode.ILLEGAL_ACTION, "no single context is named"));
        } else if (isAudit(verb) && command.termination().isRoot()) {
            work.reply(ContextId.NULL, auditor.root(command, gateway.closing));
        } else if (context.equals(ContextId.ALL)) {
            runOnSelected(command, null, context, work);
        } else {
            runOnIdle(command, work);
        }
    }

    private static boolean isAudit(final Verb verb) {
        return verb == Verb.AUDIT_VALUE || verb == Verb.AUDIT_CAPABILITY;
    }

    private static void unsupported(final CommandRequest command, final ContextId shown, final Work work) {
        work.fail(shown, command, Refusal.of(ErrorCode.UNSUPPORTED_COMMAND, "a gateway sends this command"));
    }

    /** The null context: only circuits are there without being in a call, and they can only be looked at. */
    private void runOnIdle(final CommandRequest command, final Work work) {
        final Termination termination = gateway.terminations.find(command.termination());
        if (!gateway.terminations.isOurs(command.termination())) {
            work.fail(ContextId.NULL, command, Refusal.unknown(command.termination()));
        } else if (termination == null || termination.context != null) {
            work.fail(ContextId.NULL, command, Refusal.notThere(command.termination()));
        } else if (!isAudit(command.verb())) {
            work.fail(ContextId.NULL, command, Refusal.of(ErrorCode.NOT_IMPLEMENTED, "not in the null context"));
        } else {
            work.reply(ContextId.NULL, auditor.audit(command, termination, work.nowNs));
        }
    }

    private void runOnSelected(final CommandRequest command, final MgContext context, final ContextId shown,
        final Work work) {
        final ErrorDescriptor wrong = settings.check(command);
        final List<Termination> selected = new ArrayList<>(2);
        final ErrorDescriptor none = wrong != null ? wrong : select(command, context, work, selected);
        if (none != null) {
            work.fail(shown, command, none);
            return;
        }
        if (!command.wildcardReply() && selected.size() > gateway.config.bounds().maxRepliedCommands()) {
            work.fail(shown, command, Refusal.of(ErrorCode.RESPONSE_TOO_BIG, selected.size() + " terminations match"));
            return;
        }
        for (final Termination termination : selected) {
            if (!work.isStopped()) {
                runOn(command, termination, work);
            }
        }
        if (command.wildcardReply() && !work.isStopped()) {
            work.reply(shown, CommandReply.of(command.verb(), command.termination()));
        }
    }

    private void runOn(final CommandRequest command, final Termination termination, final Work work) {
        final MgContext context = termination.context;
        final ContextId id = context.id;
        if (!isAudit(command.verb()) && !mayCommand(command, context, work)) {
            gateway.counters.increment(MgCounter.NON_OWNER_REFUSED);
            work.fail(id, command, Refusal.notOwner(context));
            return;
        }
        if (command.verb() == Verb.MODIFY) {
            settings.apply(command, termination, work);
        }
        if (!command.wildcardReply()) {
            work.reply(id, auditor.audit(command, termination, work.nowNs));
        }
        // last, because the reply tells of the call that ends here
        if (command.verb() == Verb.SUBTRACT) {
            gateway.subtract(termination);
        }
    }

    /** Whoever owns the context, or claims it with this very command. */
    static boolean mayCommand(final CommandRequest command, final MgContext context, final Work work) {
        return context.owner == work.sender || command.verb() != Verb.SUBTRACT
            && Descriptor.find(command.descriptors(), EventsDescriptor.class) != null;
    }

    /** @param context null for all contexts; wildcards then reach only what the sender may command */
    private ErrorDescriptor select(final CommandRequest command, final MgContext context, final Work work,
        final List<Termination> selected) {
        final TerminationId id = command.termination();
        if (!id.isWildcard()) {
            final Termination termination = gateway.terminations.find(id);
            if (!gateway.terminations.isOurs(id)) {
                return Refusal.unknown(id);
            }
            if (termination == null || termination.context == null || context != null
                && termination.context != context) {
                return Refusal.notThere(id);
            }
            selected.add(termination);
            return null;
        }
        if (context != null) {
            match(id, context, selected);
        } else {
            for (int slot = 0; slot < gateway.contexts.size(); slot++) {
                final MgContext each = gateway.contexts.at(slot);
                if (each != null && (isAudit(command.verb()) || each.owner == work.sender)) {
                    match(id, each, selected);
                }
            }
        }
        return selected.isEmpty() ? Refusal.of(ErrorCode.NO_MATCH, "nothing matches " + id) : null;
    }

    private static void match(final TerminationId pattern, final MgContext context, final List<Termination> selected) {
        final int star = pattern.text().indexOf('*');
        for (final Termination termination : context.terminations) {
            if (termination.id.text().regionMatches(true, 0, pattern.text(), 0, star)) {
                selected.add(termination);
            }
        }
    }
}
