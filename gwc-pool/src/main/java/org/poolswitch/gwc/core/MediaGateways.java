// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import java.util.ArrayList;
import java.util.List;
import org.poolswitch.asap.ElementObserver;
import org.poolswitch.asap.PoolUser;
import org.poolswitch.megaco.ActionReply;
import org.poolswitch.megaco.ActionRequest;
import org.poolswitch.megaco.CommandReply;
import org.poolswitch.megaco.CommandRequest;
import org.poolswitch.megaco.ErrorCode;
import org.poolswitch.megaco.MegacoMessage;
import org.poolswitch.megaco.ServiceChangeDescriptor;
import org.poolswitch.megaco.Transaction;
import org.poolswitch.megaco.TransactionReply;
import org.poolswitch.megaco.TransactionRequest;
import org.poolswitch.megaco.Verb;
import org.poolswitch.runtime.MalformedException;

/**
 * What media gateways say about themselves, on stream 0: ServiceChange (RFC 3525 section 7.2.8) is answered with the
 * version spoken here. Which gateways there are is the registrar's word, so nothing else follows from it.
 */
final class MediaGateways implements ElementObserver {
    private final GwcCore core;
    private final PoolUser user;

    MediaGateways(final GwcCore core, final PoolUser user) {
        this.core = core;
        this.user = user;
    }

    @Override
    public void onElementMessage(final int association, final int ppid, final byte[] buffer, final int offset,
        final int length, final long nowNs) {
        if (ppid != MediaDialogue.PPID) {
            core.count(GwcCounter.UNEXPECTED);
            return;
        }
        try {
            final MegacoMessage message = core.tools().megacoDecoder().decode(buffer, offset, length);
            for (final Transaction each : message.transactions()) {
                if (each instanceof TransactionRequest request) {
                    final byte[] text = core.tools().megacoEncoder().encode(MegacoMessage.of(core.tools().mid(),
                        answer(request)));
                    user.sendAside(association, ppid, text, 0, text.length, nowNs);
                } else {
                    core.count(GwcCounter.UNEXPECTED);
                }
            }
        } catch (final MalformedException e) {
            core.count(GwcCounter.MALFORMED);
        }
    }

    private TransactionReply answer(final TransactionRequest request) {
        final List<ActionReply> replies = new ArrayList<>();
        for (final ActionRequest action : request.actions()) {
            final List<CommandReply> done = new ArrayList<>();
            for (final CommandRequest command : action.commands()) {
                if (command.verb() == Verb.SERVICE_CHANGE) {
                    core.count(GwcCounter.SERVICE_CHANGES);
                    done.add(CommandReply.of(Verb.SERVICE_CHANGE, command.termination(),
                        ServiceChangeDescriptor.reply(MegacoMessage.VERSION)));
                } else {
                    done.add(CommandReply.error(command.verb(), command.termination(), ErrorCode.UNSUPPORTED_COMMAND,
                        "only ServiceChange concerns the whole gateway"));
                }
            }
            replies.add(ActionReply.of(action.context(), done.toArray(CommandReply[]::new)));
        }
        return TransactionReply.of(request.id(), replies.toArray(ActionReply[]::new));
    }
}
