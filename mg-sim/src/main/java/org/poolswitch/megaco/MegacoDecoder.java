// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads H.248.1 text (RFC 3525 Annex B), short and long names, pretty and compact. Bounded in time and space by
 * {@link MegacoLimits}; throws nothing but {@link MegacoSyntaxException}.
 */
public final class MegacoDecoder {
    private static final int MAX_VERSION = 99;
    private final MegacoLimits limits;

    /** @param limits what a message may not exceed */
    public MegacoDecoder(final MegacoLimits limits) {
        this.limits = limits;
    }

    /** A decoder with the usual limits. */
    public MegacoDecoder() {
        this(MegacoLimits.standard());
    }

    /** Decodes one message. */
    public MegacoMessage decode(final byte[] buffer, final int offset, final int length)
        throws MegacoSyntaxException {
        final TextScanner in = new TextScanner(limits, buffer, offset, length);
        if (length > limits.maxOctets()) {
            throw in.error("longer than " + limits.maxOctets() + " octets");
        }
        String first = in.word();
        String authentication = null;
        if (Token.of(first) == Token.AUTHENTICATION) {
            in.expect('=');
            authentication = authentication(in);
            first = in.word();
        }
        final int slash = first.indexOf('/');
        if (slash < 0 || Token.of(first.substring(0, slash)) != Token.MEGACO || slash == first.length() - 1) {
            throw in.error("not MEGACO/version");
        }
        final int version = (int) in.number(first.substring(slash + 1), MAX_VERSION);
        final Mid sender = MidParser.parse(in);
        if (Token.of(in.peekWord()) == Token.ERROR) {
            in.word();
            final ErrorDescriptor error = DescriptorParser.error(in);
            if (in.peek() >= 0) {
                throw in.error("something after the message's error");
            }
            return new MegacoMessage(authentication, version, sender, error, List.of());
        }
        final List<Transaction> transactions = new ArrayList<>(1);
        do {
            transactions.add(transaction(in));
        } while (in.peek() >= 0);
        return new MegacoMessage(authentication, version, sender, null, transactions);
    }

    /** SecurityParmIndex : SequenceNum : AuthData, all hexadecimal (RFC 3525 section 10.2). */
    private static String authentication(final TextScanner in) throws MegacoSyntaxException {
        final String index = in.word();
        in.expect(':');
        final String sequence = in.word();
        in.expect(':');
        return index + ":" + sequence + ":" + in.word();
    }

    private static Transaction transaction(final TextScanner in) throws MegacoSyntaxException {
        in.item();
        final Token token = Token.of(in.word());
        if (token == Token.TRANSACTION) {
            return request(in);
        }
        if (token == Token.REPLY) {
            return reply(in);
        }
        if (token == Token.PENDING) {
            in.expect('=');
            final long id = in.number(Transaction.MAX_ID);
            in.expect('{');
            in.expect('}');
            return new TransactionPending(id);
        }
        if (token == Token.RESPONSE_ACK) {
            return ack(in);
        }
        throw in.error("not a transaction");
    }

    private static TransactionRequest request(final TextScanner in) throws MegacoSyntaxException {
        in.expect('=');
        final long id = in.number(Transaction.MAX_ID);
        in.inTransaction(id);
        in.expect('{');
        final List<ActionRequest> actions = new ArrayList<>(1);
        do {
            actions.add(CommandParser.actionRequest(in));
        } while (in.accept(','));
        in.expect('}');
        in.inTransaction(MegacoSyntaxException.NO_TRANSACTION);
        return new TransactionRequest(id, actions);
    }

    private static TransactionReply reply(final TextScanner in) throws MegacoSyntaxException {
        in.expect('=');
        final long id = in.number(Transaction.MAX_ID);
        in.expect('{');
        boolean acknowledge = false;
        if (Token.of(in.peekWord()) == Token.IMM_ACK_REQUIRED) {
            in.word();
            in.expect(',');
            acknowledge = true;
        }
        ErrorDescriptor error = null;
        final List<ActionReply> actions = new ArrayList<>(1);
        if (Token.of(in.peekWord()) == Token.ERROR) {
            in.word();
            error = DescriptorParser.error(in);
        } else {
            do {
                actions.add(CommandParser.actionReply(in));
            } while (in.accept(','));
        }
        in.expect('}');
        return new TransactionReply(id, acknowledge, error, actions);
    }

    private static TransactionAck ack(final TextScanner in) throws MegacoSyntaxException {
        in.expect('{');
        final List<TransactionAck.Range> ranges = new ArrayList<>(1);
        do {
            in.item();
            // the hyphen is a SafeChar: a range is one word
            final String word = in.word();
            final int hyphen = word.indexOf('-');
            final long first = in.number(hyphen < 0 ? word : word.substring(0, hyphen), Transaction.MAX_ID);
            final long last = hyphen < 0 ? first : in.number(word.substring(hyphen + 1), Transaction.MAX_ID);
            if (hyphen == 0 || hyphen == word.length() - 1 || last < first) {
                throw in.error("not a range of TransactionIDs");
            }
            ranges.add(new TransactionAck.Range(first, last));
        } while (in.accept(','));
        in.expect('}');
        return new TransactionAck(ranges);
    }
}
