// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import org.poolswitch.runtime.MalformedException;

/**
 * XRS: your message was not understood (H.225.0 section 7.17).
 *
 * <pre>
 * UnknownMessageResponse ::= SEQUENCE { requestSeqNum, ..., tokens OPTIONAL, cryptoTokens OPTIONAL,
 *                                       integrityCheckValue OPTIONAL, messageNotUnderstood OCTET STRING }
 * </pre>
 *
 * @param requestSeqNum        that of the message
 * @param messageNotUnderstood the message, cut after {@link #QUOTE_LIMIT} octets; null only from version 1 to 3
 */
public record UnknownMessageResponse(int requestSeqNum, Octets messageNotUnderstood) implements RasMessage {
    /** Longest quotation: enough to recognise the message, too little to be worth provoking. */
    public static final int QUOTE_LIMIT = 256;
    private static final int ADDITIONS = 4;
    private static final int MESSAGE_NOT_UNDERSTOOD = 3;

    /** Quotes the message, or its beginning. */
    public static UnknownMessageResponse of(final int requestSeqNum, final byte[] message, final int offset,
        final int length) {
        return new UnknownMessageResponse(requestSeqNum, Octets.of(message, offset, Math.min(length, QUOTE_LIMIT)));
    }

    @Override
    public RasKind kind() {
        return RasKind.UNKNOWN_MESSAGE_RESPONSE;
    }

    static UnknownMessageResponse decode(final PerReader in) throws MalformedException {
        final boolean extended = in.bit();
        final int number = in.constrainedInt(SEQUENCE_LEAST, SEQUENCE_MOST);
        Octets message = null;
        final boolean[] present = extended ? in.extensions() : new boolean[0];
        for (int i = 0; i < present.length; i++) {
            if (present[i]) {
                final int mark = in.enterOpenType();
                if (i == MESSAGE_NOT_UNDERSTOOD) {
                    message = Octets.decode(in);
                }
                in.leaveOpenType(mark);
            }
        }
        return new UnknownMessageResponse(number, message);
    }

    @Override
    public void encodeBody(final PerWriter out) {
        out.bit(messageNotUnderstood != null);
        out.constrained(requestSeqNum, SEQUENCE_LEAST, SEQUENCE_MOST);
        if (messageNotUnderstood != null) {
            out.extensions(1 << MESSAGE_NOT_UNDERSTOOD, ADDITIONS);
            out.openType(() -> messageNotUnderstood.encode(out));
        }
    }
}
