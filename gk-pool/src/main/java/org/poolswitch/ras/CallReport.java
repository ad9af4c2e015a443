// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import org.poolswitch.runtime.MalformedException;

/**
 * What an IRR says about one call, without media: those who send it know the call, not its packets.
 *
 * <pre>
 * perCallInfo SEQUENCE OF SEQUENCE {
 *     nonStandardData OPTIONAL, callReferenceValue INTEGER (0..65535), conferenceID OCTET STRING (SIZE (16)),
 *     originator BOOLEAN OPTIONAL, audio, video, data OPTIONAL, h245 TransportChannelInfo,
 *     callSignaling TransportChannelInfo, callType CallType, bandWidth BandWidth, callModel CallModel,
 *     ..., callIdentifier CallIdentifier, tokens, cryptoTokens OPTIONAL, substituteConfIDs SEQUENCE OF, ... }
 * TransportChannelInfo ::= SEQUENCE { sendAddress, recvAddress TransportAddress OPTIONAL, ... }
 * </pre>
 *
 * @param bandWidth hundreds of bits per second
 */
public record CallReport(int callReferenceValue, Guid conferenceId, CallType callType, long bandWidth,
    CallModel callModel, Guid callIdentifier) {

    private static final int OPTIONALS = 5;
    private static final int ADDITIONS = 8;
    private static final int CALL_IDENTIFIER = 0;
    private static final int SUBSTITUTE_CONFERENCES = 3;

    /** Reads one, or stops where something begins that is not understood here. @return null then */
    static CallReport decode(final PerReader in) throws MalformedException {
        final boolean extended = in.bit();
        if (in.bits(OPTIONALS) != 0) {
            return null;
        }
        final int reference = in.constrainedInt(0, 65535);
        final Guid conference = Guid.decode(in);
        if (in.bits(3) != 0 || in.bits(3) != 0) {
            // addresses of channels, or a later edition's TransportChannelInfo
            return null;
        }
        final CallType type = CallType.decode(in);
        final long bandwidth = in.constrained(0, 0xffffffffL);
        final CallModel model = CallModel.decode(in);
        Guid call = null;
        final boolean[] present = extended ? in.extensions() : new boolean[0];
        for (int i = 0; i < present.length; i++) {
            if (present[i]) {
                final int mark = in.enterOpenType();
                if (i == CALL_IDENTIFIER) {
                    call = Guid.decodeCallIdentifier(in);
                }
                in.leaveOpenType(mark);
            }
        }
        return new CallReport(reference, conference, type, bandwidth, model, call);
    }

    void encode(final PerWriter out) {
        out.bit(callIdentifier != null);
        out.bits(0, OPTIONALS);
        out.constrained(callReferenceValue, 0, 65535);
        conferenceId.encode(out);
        out.bits(0, 3);
        out.bits(0, 3);
        callType.encode(out);
        out.constrained(bandWidth, 0, 0xffffffffL);
        callModel.encode(out);
        if (callIdentifier != null) {
            out.extensions(1 << CALL_IDENTIFIER | 1 << SUBSTITUTE_CONFERENCES, ADDITIONS);
            out.openType(() -> callIdentifier.encodeCallIdentifier(out));
            out.openType(() -> out.length(0));
        }
    }
}
