// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import org.poolswitch.runtime.MalformedException;

/**
 * IRR: an endpoint, here a gateway, says whether it has a call (H.225.0 section 7.15).
 *
 * <pre>
 * InfoRequestResponse ::= SEQUENCE {
 *     nonStandardData OPTIONAL, requestSeqNum, endpointType EndpointType, endpointIdentifier BMPString (SIZE (1..128)),
 *     rasAddress TransportAddress, callSignalAddress SEQUENCE OF TransportAddress, endpointAlias OPTIONAL,
 *     perCallInfo SEQUENCE OF SEQUENCE OPTIONAL,
 *     ..., tokens, cryptoTokens, integrityCheckValue OPTIONAL, needResponse BOOLEAN, capacity OPTIONAL,
 *          irrStatus CHOICE { complete, incomplete NULL, segment, invalidCall NULL, ... } OPTIONAL,
 *          unsolicited BOOLEAN, genericData OPTIONAL }
 * EndpointType ::= SEQUENCE { nonStandardData, vendor, gatekeeper, gateway, mcu, terminal OPTIONAL, mc BOOLEAN,
 *     undefinedNode BOOLEAN, ... }
 * </pre>
 *
 * @param hasCalls           whether there is a perCallInfo: an endpoint that does not have the call sends none
 * @param endpointIdentifier null if what is in front of it is not understood here; then nothing behind is known either
 * @param call               what it says of the first call, as far as it is understood here, or null
 */
public record InfoRequestResponse(int requestSeqNum, boolean hasCalls, String endpointIdentifier,
    TransportAddress rasAddress, CallReport call) implements RasMessage {

    private static final int ADDITIONS = 8;
    private static final int NEED_RESPONSE = 3;
    private static final int IRR_STATUS = 5;
    private static final int UNSOLICITED = 6;
    private static final int STATUSES = 4;
    private static final int COMPLETE = 0;
    private static final int INVALID_CALL = 3;
    /** Presence bits of EndpointType for a gateway and nothing else. */
    private static final int GATEWAY = 0b000100;

    /** The call is there. */
    public static InfoRequestResponse of(final int requestSeqNum, final String endpointIdentifier,
        final TransportAddress rasAddress, final CallReport call) {
        return new InfoRequestResponse(requestSeqNum, true, endpointIdentifier, rasAddress, call);
    }

    /** There is no such call. */
    public static InfoRequestResponse noSuchCall(final int requestSeqNum, final String endpointIdentifier,
        final TransportAddress rasAddress) {
        return new InfoRequestResponse(requestSeqNum, false, endpointIdentifier, rasAddress, null);
    }

    @Override
    public RasKind kind() {
        return RasKind.INFO_REQUEST_RESPONSE;
    }

    static InfoRequestResponse decode(final PerReader in) throws MalformedException {
        in.bit();
        final boolean hasNonStandard = in.bit();
        final boolean hasAliases = in.bit();
        final boolean hasCalls = in.bit();
        NonStandardParameter.decode(hasNonStandard, in);
        final int number = in.constrainedInt(SEQUENCE_LEAST, SEQUENCE_MOST);
        if (in.bit() || in.bits(6) != GATEWAY || in.bits(3) != 0 || in.bits(2) != 0) {
            // an EndpointType with more in it than a bare gateway's
            return new InfoRequestResponse(number, hasCalls, null, null, null);
        }
        final String endpoint = in.bmpString(128);
        final TransportAddress address = TransportAddress.decode(in);
        TransportAddress.decodeList(in);
        if (hasAliases) {
            AliasAddress.decodeList(in);
        }
        final CallReport call = hasCalls && in.count() > 0 ? CallReport.decode(in) : null;
        return new InfoRequestResponse(number, hasCalls, endpoint, address, call);
    }

    @Override
    public void encodeBody(final PerWriter out) {
        if (endpointIdentifier == null || hasCalls != (call != null)) {
            throw new IllegalArgumentException("an IRR that was understood only in part is not sent");
        }
        out.bit(true);
        out.bits(0, 2);
        out.bit(hasCalls);
        out.constrained(requestSeqNum, SEQUENCE_LEAST, SEQUENCE_MOST);
        out.bit(false);
        out.bits(GATEWAY, 6);
        // GatewayInfo without protocols, then mc and undefinedNode, which come behind it
        out.bits(0, 3);
        out.bits(0, 2);
        out.bmpString(endpointIdentifier, 128);
        TransportAddress.encode(rasAddress, out);
        out.length(0);
        if (hasCalls) {
            out.length(1);
            call.encode(out);
        }
        out.extensions(1 << NEED_RESPONSE | 1 << IRR_STATUS | 1 << UNSOLICITED, ADDITIONS);
        out.booleanAddition(false);
        out.openType(() -> out.tag(hasCalls ? COMPLETE : INVALID_CALL, STATUSES));
        out.booleanAddition(false);
    }
}
