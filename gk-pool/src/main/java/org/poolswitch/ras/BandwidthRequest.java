// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import org.poolswitch.runtime.MalformedException;

/**
 * BRQ: the call wants another bandwidth (H.225.0 section 7.12).
 *
 * <pre>
 * BandwidthRequest ::= SEQUENCE {
 *     requestSeqNum, endpointIdentifier BMPString (SIZE (1..128)), conferenceID OCTET STRING (SIZE (16)),
 *     callReferenceValue INTEGER (0..65535), callType CallType OPTIONAL, bandWidth INTEGER (0..4294967295),
 *     nonStandardData OPTIONAL, ..., callIdentifier CallIdentifier, ... answeredCall BOOLEAN, ... }
 * </pre>
 */
public record BandwidthRequest(int requestSeqNum, String endpointIdentifier, Guid conferenceId,
    int callReferenceValue, CallType callType, long bandWidth, NonStandardParameter nonStandardData,
    Guid callIdentifier, boolean answeredCall) implements RasMessage {

    private static final int ADDITIONS = 12;
    private static final int CALL_IDENTIFIER = 0;
    private static final int ANSWERED_CALL = 5;

    @Override
    public RasKind kind() {
        return RasKind.BANDWIDTH_REQUEST;
    }

    static BandwidthRequest decode(final PerReader in) throws MalformedException {
        final boolean extended = in.bit();
        final boolean hasType = in.bit();
        final boolean hasNonStandard = in.bit();
        final int number = in.constrainedInt(SEQUENCE_LEAST, SEQUENCE_MOST);
        final String endpoint = in.bmpString(128);
        final Guid conference = Guid.decode(in);
        final int reference = in.constrainedInt(0, 65535);
        final CallType type = hasType ? CallType.decode(in) : null;
        final long bandWidth = in.constrained(0, 0xffffffffL);
        final NonStandardParameter nonStandard = NonStandardParameter.decode(hasNonStandard, in);
        Guid call = null;
        boolean answered = false;
        final boolean[] present = extended ? in.extensions() : new boolean[0];
        for (int i = 0; i < present.length; i++) {
            if (present[i]) {
                final int mark = in.enterOpenType();
                if (i == CALL_IDENTIFIER) {
                    call = Guid.decodeCallIdentifier(in);
                } else if (i == ANSWERED_CALL) {
                    answered = in.bit();
                }
                in.leaveOpenType(mark);
            }
        }
        return new BandwidthRequest(number, endpoint, conference, reference, type, bandWidth, nonStandard, call,
            answered);
    }

    @Override
    public void encodeBody(final PerWriter out) {
        out.bit(true);
        out.bit(callType != null);
        out.bit(nonStandardData != null);
        out.constrained(requestSeqNum, SEQUENCE_LEAST, SEQUENCE_MOST);
        out.bmpString(endpointIdentifier, 128);
        conferenceId.encode(out);
        out.constrained(callReferenceValue, 0, 65535);
        if (callType != null) {
            callType.encode(out);
        }
        out.constrained(bandWidth, 0, 0xffffffffL);
        NonStandardParameter.encode(nonStandardData, out);
        out.extensions((callIdentifier == null ? 0 : 1 << CALL_IDENTIFIER) | 1 << ANSWERED_CALL, ADDITIONS);
        if (callIdentifier != null) {
            out.openType(() -> callIdentifier.encodeCallIdentifier(out));
        }
        out.booleanAddition(answeredCall);
    }
}
