// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import org.poolswitch.runtime.MalformedException;

/**
 * DRQ: the call has ended, or (from a gatekeeper) shall end (H.225.0 section 7.14).
 *
 * <pre>
 * DisengageRequest ::= SEQUENCE {
 *     requestSeqNum, endpointIdentifier BMPString (SIZE (1..128)), conferenceID OCTET STRING (SIZE (16)),
 *     callReferenceValue INTEGER (0..65535), disengageReason DisengageReason, nonStandardData OPTIONAL,
 *     ..., callIdentifier CallIdentifier, gatekeeperIdentifier OPTIONAL, ... answeredCall BOOLEAN, ... }
 * </pre>
 *
 * @param callIdentifier       null only from an endpoint of version 1
 * @param gatekeeperIdentifier or null
 * @param answeredCall         true if the asker was the called side
 */
public record DisengageRequest(int requestSeqNum, String endpointIdentifier, Guid conferenceId,
    int callReferenceValue, DisengageReason disengageReason, NonStandardParameter nonStandardData,
    Guid callIdentifier, String gatekeeperIdentifier, boolean answeredCall) implements RasMessage {

    private static final int ADDITIONS = 13;
    private static final int CALL_IDENTIFIER = 0;
    private static final int GATEKEEPER_IDENTIFIER = 1;
    private static final int ANSWERED_CALL = 5;

    /** The normal end of a call. */
    public static DisengageRequest of(final int requestSeqNum, final String endpointIdentifier,
        final int callReferenceValue, final Guid conferenceId, final Guid callIdentifier) {
        return new DisengageRequest(requestSeqNum, endpointIdentifier, conferenceId, callReferenceValue,
            DisengageReason.NORMAL_DROP, null, callIdentifier, null, false);
    }

    @Override
    public RasKind kind() {
        return RasKind.DISENGAGE_REQUEST;
    }

    static DisengageRequest decode(final PerReader in) throws MalformedException {
        final boolean extended = in.bit();
        final boolean hasNonStandard = in.bit();
        final int number = in.constrainedInt(SEQUENCE_LEAST, SEQUENCE_MOST);
        final String endpoint = in.bmpString(128);
        final Guid conference = Guid.decode(in);
        final int reference = in.constrainedInt(0, 65535);
        final DisengageReason reason = DisengageReason.decode(in);
        final NonStandardParameter nonStandard = NonStandardParameter.decode(hasNonStandard, in);
        Guid call = null;
        String gatekeeper = null;
        boolean answered = false;
        final boolean[] present = extended ? in.extensions() : new boolean[0];
        for (int i = 0; i < present.length; i++) {
            if (present[i]) {
                final int mark = in.enterOpenType();
                switch (i) {
                    case CALL_IDENTIFIER -> call = Guid.decodeCallIdentifier(in);
                    case GATEKEEPER_IDENTIFIER -> gatekeeper = in.bmpString(128);
                    case ANSWERED_CALL -> answered = in.bit();
                    default -> { }
                }
                in.leaveOpenType(mark);
            }
        }
        return new DisengageRequest(number, endpoint, conference, reference, reason, nonStandard, call, gatekeeper,
            answered);
    }

    @Override
    public void encodeBody(final PerWriter out) {
        out.bit(true);
        out.bit(nonStandardData != null);
        out.constrained(requestSeqNum, SEQUENCE_LEAST, SEQUENCE_MOST);
        out.bmpString(endpointIdentifier, 128);
        conferenceId.encode(out);
        out.constrained(callReferenceValue, 0, 65535);
        disengageReason.encode(out);
        NonStandardParameter.encode(nonStandardData, out);
        out.extensions((callIdentifier == null ? 0 : 1 << CALL_IDENTIFIER)
            | (gatekeeperIdentifier == null ? 0 : 1 << GATEKEEPER_IDENTIFIER) | 1 << ANSWERED_CALL, ADDITIONS);
        if (callIdentifier != null) {
            out.openType(() -> callIdentifier.encodeCallIdentifier(out));
        }
        if (gatekeeperIdentifier != null) {
            out.openType(() -> out.bmpString(gatekeeperIdentifier, 128));
        }
        out.booleanAddition(answeredCall);
    }
}
