// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import java.util.List;
import org.poolswitch.runtime.MalformedException;

/**
 * ARQ: may this call be made (H.225.0 section 7.11)?
 *
 * <pre>
 * AdmissionRequest ::= SEQUENCE {
 *     requestSeqNum INTEGER (1..65535),            callType CallType,
 *     callModel CallModel OPTIONAL,                endpointIdentifier BMPString (SIZE (1..128)),
 *     destinationInfo SEQUENCE OF AliasAddress OPTIONAL,
 *     destCallSignalAddress TransportAddress OPTIONAL,
 *     destExtraCallInfo SEQUENCE OF AliasAddress OPTIONAL,
 *     srcInfo SEQUENCE OF AliasAddress,            srcCallSignalAddress TransportAddress OPTIONAL,
 *     bandWidth INTEGER (0..4294967295),           callReferenceValue INTEGER (0..65535),
 *     nonStandardData OPTIONAL,                    callServices QseriesOptions OPTIONAL,
 *     conferenceID OCTET STRING (SIZE (16)),       activeMC BOOLEAN,  answerCall BOOLEAN,
 *     ..., canMapAlias BOOLEAN, callIdentifier CallIdentifier, ... gatekeeperIdentifier OPTIONAL, ...
 *          willSupplyUUIEs BOOLEAN, ... canMapSrcAlias BOOLEAN }
 * </pre>
 *
 * @param bandWidth            hundreds of bits per second, both directions together
 * @param callIdentifier       null only from an endpoint of version 1
 * @param gatekeeperIdentifier or null
 */
public record AdmissionRequest(int requestSeqNum, CallType callType, CallModel callModel, String endpointIdentifier,
    List<AliasAddress> destinationInfo, TransportAddress destCallSignalAddress, List<AliasAddress> destExtraCallInfo,
    List<AliasAddress> srcInfo, TransportAddress srcCallSignalAddress, long bandWidth, int callReferenceValue,
    NonStandardParameter nonStandardData, QseriesOptions callServices, Guid conferenceId, boolean activeMc,
    boolean answerCall, boolean canMapAlias, Guid callIdentifier, String gatekeeperIdentifier,
    boolean willSupplyUuies, boolean canMapSrcAlias) implements RasMessage {

    private static final int OPTIONALS = 7;
    private static final int ADDITIONS = 19;
    private static final int CAN_MAP_ALIAS = 0;
    private static final int CALL_IDENTIFIER = 1;
    private static final int GATEKEEPER_IDENTIFIER = 4;
    private static final int WILL_SUPPLY_UUIES = 9;
    private static final int CAN_MAP_SRC_ALIAS = 18;

    public AdmissionRequest {
        destinationInfo = List.copyOf(destinationInfo);
        destExtraCallInfo = List.copyOf(destExtraCallInfo);
        srcInfo = List.copyOf(srcInfo);
    }

    /**
     * A call between two telephone numbers through a gateway.
     *
     * @param calling the calling number, or null if it is not known
     */
    public static AdmissionRequest of(final int requestSeqNum, final String endpointIdentifier, final String called,
        final String calling, final long bandWidth, final int callReferenceValue, final Guid conferenceId,
        final Guid callIdentifier) {
        final List<AliasAddress> source = calling == null ? List.of()
            : List.of(new AliasAddress.DialledDigits(calling));
        return new AdmissionRequest(requestSeqNum, CallType.POINT_TO_POINT, CallModel.DIRECT, endpointIdentifier,
            List.of(new AliasAddress.DialledDigits(called)), null, List.of(), source, null, bandWidth,
            callReferenceValue, null, null, conferenceId, false, false, false, callIdentifier, null, false, false);
    }

    /** The called number, or null if there is none. */
    public String calledDigits() {
        return AliasAddress.firstDigits(destinationInfo);
    }

    @Override
    public RasKind kind() {
        return RasKind.ADMISSION_REQUEST;
    }

    static AdmissionRequest decode(final PerReader in) throws MalformedException {
        final boolean extended = in.bit();
        final int optional = in.bits(OPTIONALS);
        final Parts p = new Parts();
        p.requestSeqNum = in.constrainedInt(SEQUENCE_LEAST, SEQUENCE_MOST);
        p.callType = CallType.decode(in);
        p.callModel = has(optional, 0) ? CallModel.decode(in) : null;
        p.endpointIdentifier = in.bmpString(128);
        p.destinationInfo = has(optional, 1) ? AliasAddress.decodeList(in) : List.of();
        p.destCallSignalAddress = has(optional, 2) ? TransportAddress.decode(in) : null;
        p.destExtraCallInfo = has(optional, 3) ? AliasAddress.decodeList(in) : List.of();
        p.srcInfo = AliasAddress.decodeList(in);
        p.srcCallSignalAddress = has(optional, 4) ? TransportAddress.decode(in) : null;
        p.bandWidth = in.constrained(0, 0xffffffffL);
        p.callReferenceValue = in.constrainedInt(0, 65535);
        p.nonStandardData = has(optional, 5) ? NonStandardParameter.decode(in) : null;
        p.callServices = has(optional, 6) ? QseriesOptions.decode(in) : null;
        p.conferenceId = Guid.decode(in);
        p.activeMc = in.bit();
        p.answerCall = in.bit();
        if (extended) {
            p.additions(in);
        }
        return p.message();
    }

    private static boolean has(final int optional, final int index) {
        return (optional >> OPTIONALS - 1 - index & 1) != 0;
    }

    @Override
    public void encodeBody(final PerWriter out) {
        out.bit(true);
        out.bit(callModel != null);
        out.bit(!destinationInfo.isEmpty());
        out.bit(destCallSignalAddress != null);
        out.bit(!destExtraCallInfo.isEmpty());
        out.bit(srcCallSignalAddress != null);
        out.bit(nonStandardData != null);
        out.bit(callServices != null);
        out.constrained(requestSeqNum, SEQUENCE_LEAST, SEQUENCE_MOST);
        callType.encode(out);
        if (callModel != null) {
            callModel.encode(out);
        }
        out.bmpString(endpointIdentifier, 128);
        encodeParties(out);
        out.constrained(bandWidth, 0, 0xffffffffL);
        out.constrained(callReferenceValue, 0, 65535);
        NonStandardParameter.encode(nonStandardData, out);
        if (callServices != null) {
            callServices.encode(out);
        }
        conferenceId.encode(out);
        out.bit(activeMc);
        out.bit(answerCall);
        encodeAdditions(out);
    }

    private void encodeParties(final PerWriter out) {
        if (!destinationInfo.isEmpty()) {
            AliasAddress.encodeList(destinationInfo, out);
        }
        if (destCallSignalAddress != null) {
            TransportAddress.encode(destCallSignalAddress, out);
        }
        if (!destExtraCallInfo.isEmpty()) {
            AliasAddress.encodeList(destExtraCallInfo, out);
        }
        AliasAddress.encodeList(srcInfo, out);
        if (srcCallSignalAddress != null) {
            TransportAddress.encode(srcCallSignalAddress, out);
        }
    }

    private void encodeAdditions(final PerWriter out) {
        out.extensions(1 << CAN_MAP_ALIAS | (callIdentifier == null ? 0 : 1 << CALL_IDENTIFIER)
            | (gatekeeperIdentifier == null ? 0 : 1 << GATEKEEPER_IDENTIFIER)
            | 1 << WILL_SUPPLY_UUIES | 1 << CAN_MAP_SRC_ALIAS, ADDITIONS);
        out.booleanAddition(canMapAlias);
        if (callIdentifier != null) {
            out.openType(() -> callIdentifier.encodeCallIdentifier(out));
        }
        if (gatekeeperIdentifier != null) {
            out.openType(() -> out.bmpString(gatekeeperIdentifier, 128));
        }
        out.booleanAddition(willSupplyUuies);
        out.booleanAddition(canMapSrcAlias);
    }

    /** The elements while they come in. */
    private static final class Parts {
        private int requestSeqNum;
        private CallType callType;
        private CallModel callModel;
        private String endpointIdentifier;
        private List<AliasAddress> destinationInfo;
        private TransportAddress destCallSignalAddress;
        private List<AliasAddress> destExtraCallInfo;
        private List<AliasAddress> srcInfo;
        private TransportAddress srcCallSignalAddress;
        private long bandWidth;
        private int callReferenceValue;
        private NonStandardParameter nonStandardData;
        private QseriesOptions callServices;
        private Guid conferenceId;
        private boolean activeMc;
        private boolean answerCall;
        private boolean canMapAlias;
        private Guid callIdentifier;
        private String gatekeeperIdentifier;
        private boolean willSupplyUuies;
        private boolean canMapSrcAlias;

        private void additions(final PerReader in) throws MalformedException {
            final boolean[] present = in.extensions();
            for (int i = 0; i < present.length; i++) {
                if (present[i]) {
                    final int mark = in.enterOpenType();
                    addition(i, in);
                    in.leaveOpenType(mark);
                }
            }
        }

        private void addition(final int index, final PerReader in) throws MalformedException {
            switch (index) {
                case CAN_MAP_ALIAS -> canMapAlias = in.bit();
                case CALL_IDENTIFIER -> callIdentifier = Guid.decodeCallIdentifier(in);
                case GATEKEEPER_IDENTIFIER -> gatekeeperIdentifier = in.bmpString(128);
                case WILL_SUPPLY_UUIES -> willSupplyUuies = in.bit();
                case CAN_MAP_SRC_ALIAS -> canMapSrcAlias = in.bit();
                default -> { }
            }
        }

        private AdmissionRequest message() {
            return new AdmissionRequest(requestSeqNum, callType, callModel, endpointIdentifier, destinationInfo,
                destCallSignalAddress, destExtraCallInfo, srcInfo, srcCallSignalAddress, bandWidth,
                callReferenceValue, nonStandardData, callServices, conferenceId, activeMc, answerCall, canMapAlias,
                callIdentifier, gatekeeperIdentifier, willSupplyUuies, canMapSrcAlias);
        }
    }
}
