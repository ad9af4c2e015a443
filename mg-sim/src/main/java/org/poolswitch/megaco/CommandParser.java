// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.ArrayList;
import java.util.List;

/** Reads actions and commands, of requests and of replies. */
final class CommandParser {
    private CommandParser() {
    }

    static ActionRequest actionRequest(final TextScanner in) throws MegacoSyntaxException {
        final ContextId context = context(in);
        final List<OpaqueDescriptor> properties = new ArrayList<>(0);
        final List<CommandRequest> commands = new ArrayList<>(2);
        do {
            in.item();
            if (commands.isEmpty() && isProperty(in)) {
                properties.add(in.opaque());
            } else {
                commands.add(commandRequest(in));
            }
        } while (in.accept(','));
        in.expect('}');
        return new ActionRequest(context, properties, commands);
    }

    static ActionReply actionReply(final TextScanner in) throws MegacoSyntaxException {
        final ContextId context = context(in);
        final List<OpaqueDescriptor> properties = new ArrayList<>(0);
        final List<CommandReply> commands = new ArrayList<>(2);
        ErrorDescriptor error = null;
        do {
            in.item();
            if (Token.of(in.peekWord()) == Token.ERROR) {
                in.word();
                error = DescriptorParser.error(in);
                break;
            }
            if (commands.isEmpty() && isProperty(in)) {
                properties.add(in.opaque());
            } else {
                commands.add(commandReply(in));
            }
        } while (in.accept(','));
        in.expect('}');
        return new ActionReply(context, properties, commands, error);
    }

    private static ContextId context(final TextScanner in) throws MegacoSyntaxException {
        if (Token.of(in.word()) != Token.CONTEXT) {
            throw in.error("not an action: 'Context' is missing");
        }
        in.expect('=');
        final String word = in.word();
        in.expect('{');
        return switch (word) {
            case "-" -> ContextId.NULL;
            case "$" -> ContextId.CHOOSE;
            case "*" -> ContextId.ALL;
            default -> new ContextId(in.number(word, Transaction.MAX_ID));
        };
    }

    private static boolean isProperty(final TextScanner in) {
        final Token token = Token.of(in.peekWord());
        return token == Token.TOPOLOGY || token == Token.PRIORITY || token == Token.EMERGENCY
            || token == Token.CONTEXT_AUDIT;
    }

    private static CommandRequest commandRequest(final TextScanner in) throws MegacoSyntaxException {
        String word = in.word();
        final boolean optional = word.startsWith("O-") || word.startsWith("o-");
        word = optional ? word.substring(2) : word;
        final boolean wildcard = word.startsWith("W-") || word.startsWith("w-");
        final Verb verb = verb(in, wildcard ? word.substring(2) : word);
        in.expect('=');
        final TerminationId termination = termination(in);
        return new CommandRequest(verb, optional, wildcard, termination, body(in));
    }

    private static CommandReply commandReply(final TextScanner in) throws MegacoSyntaxException {
        final Verb verb = verb(in, in.word());
        in.expect('=');
        final boolean audit = verb == Verb.AUDIT_VALUE || verb == Verb.AUDIT_CAPABILITY;
        if (audit && Token.of(in.peekWord()) == Token.CONTEXT) {
            in.word();
            return contextAudit(in, verb);
        }
        return new CommandReply(verb, termination(in), List.of(), body(in));
    }

    /** contextTerminationAudit: {@code Context {terminations}} or {@code Context {error}}. */
    private static CommandReply contextAudit(final TextScanner in, final Verb verb) throws MegacoSyntaxException {
        in.expect('{');
        final List<TerminationId> members = new ArrayList<>(2);
        final List<Descriptor> descriptors = new ArrayList<>(0);
        if (Token.of(in.peekWord()) == Token.ERROR) {
            in.word();
            descriptors.add(DescriptorParser.error(in));
        } else {
            do {
                in.item();
                members.add(termination(in));
            } while (in.accept(','));
        }
        in.expect('}');
        return new CommandReply(verb, null, members, descriptors);
    }

    private static Verb verb(final TextScanner in, final String word) throws MegacoSyntaxException {
        final Token token = Token.of(word);
        final Verb verb = token == null ? null : Verb.of(token);
        if (verb == null) {
            throw in.error("unknown command");
        }
        return verb;
    }

    private static TerminationId termination(final TextScanner in) throws MegacoSyntaxException {
        final String word = in.word();
        if (!TerminationId.isLegal(word)) {
            throw in.error("not a termination's name");
        }
        return new TerminationId(word);
    }

    private static List<Descriptor> body(final TextScanner in) throws MegacoSyntaxException {
        if (!in.accept('{')) {
            return List.of();
        }
        final List<Descriptor> descriptors = new ArrayList<>(2);
        do {
            in.item();
            descriptors.add(DescriptorParser.descriptor(in));
        } while (in.accept(','));
        in.expect('}');
        return descriptors;
    }
}
