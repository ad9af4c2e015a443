// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.List;

/** Writes H.248.1 text (RFC 3525 Annex B). Reuses its buffer, so one belongs to one thread. */
public final class MegacoEncoder {
    private final TextWriter out;
    private final DescriptorWriter descriptors;

    /** @param style short or long names */
    public MegacoEncoder(final TextStyle style) {
        out = new TextWriter(style);
        descriptors = new DescriptorWriter(out);
    }

    /** The message's octets. */
    public byte[] encode(final MegacoMessage message) {
        out.clear();
        if (message.authentication() != null) {
            out.token(Token.AUTHENTICATION).equal().text(message.authentication()).lineEnd();
        }
        out.token(Token.MEGACO).text("/").number(message.version()).text(" ").text(message.sender().toString())
            .lineEnd();
        if (message.error() != null) {
            descriptors.error(message.error());
        }
        for (final Transaction transaction : message.transactions()) {
            transaction(transaction);
            if (out.style() == TextStyle.PRETTY) {
                out.lineEnd();
            }
        }
        return out.toByteArray();
    }

    private void transaction(final Transaction transaction) {
        if (transaction instanceof TransactionRequest request) {
            out.token(Token.TRANSACTION).equal().number(request.id()).open();
            for (int i = 0; i < request.actions().size(); i++) {
                out.next(i == 0);
                action(request.actions().get(i));
            }
            out.close();
        } else if (transaction instanceof TransactionReply reply) {
            reply(reply);
        } else if (transaction instanceof TransactionPending pending) {
            out.token(Token.PENDING).equal().number(pending.id()).empty();
        } else if (transaction instanceof TransactionAck ack) {
            out.token(Token.RESPONSE_ACK).open();
            for (int i = 0; i < ack.ranges().size(); i++) {
                final TransactionAck.Range range = ack.ranges().get(i);
                out.next(i == 0).number(range.first());
                if (range.last() != range.first()) {
                    out.text("-").number(range.last());
                }
            }
            out.close();
        }
    }

    private void reply(final TransactionReply reply) {
        out.token(Token.REPLY).equal().number(reply.id()).open();
        if (reply.immediateAckRequired()) {
            out.token(Token.IMM_ACK_REQUIRED).comma();
        }
        if (reply.error() != null) {
            descriptors.error(reply.error());
        }
        for (int i = 0; i < reply.actions().size(); i++) {
            out.next(i == 0);
            action(reply.actions().get(i));
        }
        out.close();
    }

    private void action(final ActionRequest action) {
        boolean first = context(action.context(), action.properties());
        for (final CommandRequest command : action.commands()) {
            out.next(first);
            first = false;
            out.text(command.optional() ? "O-" : "").text(command.wildcardReply() ? "W-" : "");
            out.token(command.verb().token()).equal().text(command.termination().text());
            body(command.descriptors());
        }
        out.close();
    }

    private void action(final ActionReply action) {
        boolean first = context(action.context(), action.properties());
        for (final CommandReply command : action.commands()) {
            out.next(first);
            first = false;
            out.token(command.verb().token()).equal();
            if (command.termination() == null) {
                members(command);
            } else {
                out.text(command.termination().text());
                body(command.descriptors());
            }
        }
        if (action.error() != null) {
            out.next(first);
            descriptors.error(action.error());
        }
        out.close();
    }

    private boolean context(final ContextId context, final List<OpaqueDescriptor> properties) {
        out.token(Token.CONTEXT).equal().text(context.toString()).open();
        for (int i = 0; i < properties.size(); i++) {
            out.next(i == 0).text(properties.get(i).text());
        }
        return properties.isEmpty();
    }

    private void members(final CommandReply command) {
        out.token(Token.CONTEXT).open();
        for (int i = 0; i < command.members().size(); i++) {
            out.next(i == 0).text(command.members().get(i).text());
        }
        if (command.error() != null) {
            descriptors.error(command.error());
        }
        out.close();
    }

    private void body(final List<Descriptor> list) {
        if (list.isEmpty()) {
            return;
        }
        out.open();
        for (int i = 0; i < list.size(); i++) {
            out.next(i == 0);
            descriptors.write(list.get(i));
        }
        out.close();
    }
}
