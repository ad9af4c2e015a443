// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import org.poolswitch.runtime.MalformedException;

/**
 * IRQ: a gatekeeper asks an endpoint how a call is (H.225.0 section 7.15).
 *
 * <pre>
 * InfoRequest ::= SEQUENCE { requestSeqNum, callReferenceValue INTEGER (0..65535), nonStandardData OPTIONAL,
 *                            replyAddress TransportAddress OPTIONAL, ..., callIdentifier CallIdentifier, ... }
 * </pre>
 *
 * @param callReferenceValue 0 asks for all calls
 */
public record InfoRequest(int requestSeqNum, int callReferenceValue, NonStandardParameter nonStandardData,
    TransportAddress replyAddress, Guid callIdentifier) implements RasMessage {

    private static final int ADDITIONS = 12;

    /** How is this call? */
    public static InfoRequest of(final int requestSeqNum, final int callReferenceValue, final Guid callIdentifier) {
        return new InfoRequest(requestSeqNum, callReferenceValue, null, null, callIdentifier);
    }

    @Override
    public RasKind kind() {
        return RasKind.INFO_REQUEST;
    }

    static InfoRequest decode(final PerReader in) throws MalformedException {
        final boolean extended = in.bit();
        final boolean hasNonStandard = in.bit();
        final boolean hasReplyAddress = in.bit();
        final int number = in.constrainedInt(SEQUENCE_LEAST, SEQUENCE_MOST);
        final int reference = in.constrainedInt(0, 65535);
        final NonStandardParameter nonStandard = NonStandardParameter.decode(hasNonStandard, in);
        final TransportAddress replyAddress = hasReplyAddress ? TransportAddress.decode(in) : null;
        Guid call = null;
        final boolean[] present = extended ? in.extensions() : new boolean[0];
        for (int i = 0; i < present.length; i++) {
            if (present[i]) {
                final int mark = in.enterOpenType();
                if (i == 0) {
                    call = Guid.decodeCallIdentifier(in);
                }
                in.leaveOpenType(mark);
            }
        }
        return new InfoRequest(number, reference, nonStandard, replyAddress, call);
    }

    @Override
    public void encodeBody(final PerWriter out) {
        out.bit(callIdentifier != null);
        out.bit(nonStandardData != null);
        out.bit(replyAddress != null);
        out.constrained(requestSeqNum, SEQUENCE_LEAST, SEQUENCE_MOST);
        out.constrained(callReferenceValue, 0, 65535);
        NonStandardParameter.encode(nonStandardData, out);
        if (replyAddress != null) {
            TransportAddress.encode(replyAddress, out);
        }
        if (callIdentifier != null) {
            out.extensions(1, ADDITIONS);
            out.openType(() -> callIdentifier.encodeCallIdentifier(out));
        }
    }
}
