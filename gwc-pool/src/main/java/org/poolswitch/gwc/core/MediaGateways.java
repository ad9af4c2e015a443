// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import java.util.Arrays;
import java.util.List;
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
 * version spoken here. Which gateways there are is the registrar's word, so nothing else follows from it. But when one
 * is there again after its association was lost, each call that it has is asked for: what it observed meanwhile, and
 * what it said before it knew where, was told to nobody.
 */
final class MediaGateways {
    private final CallServices services;

    MediaGateways(final CallServices services) {
        this.services = services;
    }

    void onUp(final int element, final byte[] poolHandle, final long nowNs) {
        if (!Arrays.equals(poolHandle, services.tools().mediaPool())) {
            return;
        }
        services.at(nowNs);
        final AdmissionRenewal pace = services.config().renewal();
        final List<Call> there = services.calls().withMediaAt(element);
        for (int i = 0; i < there.size(); i++) {
            services.timers().armMedia(there.get(i), nowNs + i % pace.slots() * pace.gapNs());
        }
    }

    void onMessage(final int association, final byte[] buffer, final int offset, final int length, final long nowNs) {
        try {
            final MegacoMessage message = services.tools().megacoDecoder().decode(buffer, offset, length);
            for (final Transaction each : message.transactions()) {
                if (each instanceof TransactionRequest request) {
                    final byte[] text = services.tools().encode(TransactionReply.to(request, this::answer));
                    services.user().sendAside(association, MegacoMessage.PPID, text, 0, text.length, nowNs);
                } else {
                    services.count(GwcCounter.UNEXPECTED);
                }
            }
        } catch (final MalformedException e) {
            services.count(GwcCounter.MALFORMED);
        }
    }

    private CommandReply answer(final CommandRequest command) {
        if (command.verb() == Verb.SERVICE_CHANGE) {
            services.count(GwcCounter.SERVICE_CHANGES);
            return CommandReply.of(Verb.SERVICE_CHANGE, command.termination(),
                ServiceChangeDescriptor.reply(MegacoMessage.VERSION));
        }
        return CommandReply.error(command.verb(), command.termination(), ErrorCode.UNSUPPORTED_COMMAND,
            "only ServiceChange concerns the whole gateway");
    }
}
