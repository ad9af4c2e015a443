// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import java.util.List;
import org.poolswitch.runtime.MalformedException;

/**
 * ACF: the call may be made (H.225.0 section 7.11).
 *
 * <pre>
 * AdmissionConfirm ::= SEQUENCE {
 *     requestSeqNum, bandWidth INTEGER (0..4294967295), callModel CallModel,
 *     destCallSignalAddress TransportAddress, irrFrequency INTEGER (1..65535) OPTIONAL, nonStandardData OPTIONAL,
 *     ..., destinationInfo SEQUENCE OF AliasAddress OPTIONAL, ... willRespondToIRR BOOLEAN,
 *          uuiesRequested UUIEsRequested, ... }
 * </pre>
 *
 * @param irrFrequency     seconds between the endpoint's reports, or 0 if none are wanted
 * @param destinationInfo  the number to call instead, or empty
 * @param uuiesRequested   null only from a gatekeeper of version 1
 */
public record AdmissionConfirm(int requestSeqNum, long bandWidth, CallModel callModel,
    TransportAddress destCallSignalAddress, int irrFrequency, NonStandardParameter nonStandardData,
    List<AliasAddress> destinationInfo, boolean willRespondToIrr, UuiesRequested uuiesRequested)
    implements RasMessage {

    private static final int ADDITIONS = 23;
    private static final int DESTINATION_INFO = 0;
    private static final int WILL_RESPOND_TO_IRR = 9;
    private static final int UUIES_REQUESTED = 10;

    public AdmissionConfirm {
        destinationInfo = List.copyOf(destinationInfo);
    }

    /** A plain confirmation: call signaling goes directly to the destination, no reports wanted. */
    public static AdmissionConfirm of(final int requestSeqNum, final long bandWidth,
        final TransportAddress destCallSignalAddress) {
        return new AdmissionConfirm(requestSeqNum, bandWidth, CallModel.DIRECT, destCallSignalAddress, 0, null,
            List.of(), false, UuiesRequested.NONE);
    }

    @Override
    public RasKind kind() {
        return RasKind.ADMISSION_CONFIRM;
    }

    static AdmissionConfirm decode(final PerReader in) throws MalformedException {
        final boolean extended = in.bit();
        final boolean hasFrequency = in.bit();
        final boolean hasNonStandard = in.bit();
        final int number = in.constrainedInt(SEQUENCE_LEAST, SEQUENCE_MOST);
        final long bandWidth = in.constrained(0, 0xffffffffL);
        final CallModel model = CallModel.decode(in);
        final TransportAddress destination = TransportAddress.decode(in);
        final int frequency = hasFrequency ? in.constrainedInt(1, 65535) : 0;
        final NonStandardParameter nonStandard = NonStandardParameter.decode(hasNonStandard, in);
        List<AliasAddress> destinationInfo = List.of();
        boolean willRespond = false;
        UuiesRequested uuies = null;
        final boolean[] present = extended ? in.extensions() : new boolean[0];
        for (int i = 0; i < present.length; i++) {
            if (present[i]) {
                final int mark = in.enterOpenType();
                switch (i) {
                    case DESTINATION_INFO -> destinationInfo = AliasAddress.decodeList(in);
                    case WILL_RESPOND_TO_IRR -> willRespond = in.bit();
                    case UUIES_REQUESTED -> uuies = UuiesRequested.decode(in);
                    default -> { }
                }
                in.leaveOpenType(mark);
            }
        }
        return new AdmissionConfirm(number, bandWidth, model, destination, frequency, nonStandard, destinationInfo,
            willRespond, uuies);
    }

    @Override
    public void encodeBody(final PerWriter out) {
        out.bit(true);
        out.bit(irrFrequency != 0);
        out.bit(nonStandardData != null);
        out.constrained(requestSeqNum, SEQUENCE_LEAST, SEQUENCE_MOST);
        out.constrained(bandWidth, 0, 0xffffffffL);
        callModel.encode(out);
        TransportAddress.encode(destCallSignalAddress, out);
        if (irrFrequency != 0) {
            out.constrained(irrFrequency, 1, 65535);
        }
        NonStandardParameter.encode(nonStandardData, out);
        out.extensions((destinationInfo.isEmpty() ? 0 : 1 << DESTINATION_INFO) | 1 << WILL_RESPOND_TO_IRR
            | (uuiesRequested == null ? 0 : 1 << UUIES_REQUESTED), ADDITIONS);
        if (!destinationInfo.isEmpty()) {
            out.openType(() -> AliasAddress.encodeList(destinationInfo, out));
        }
        out.booleanAddition(willRespondToIrr);
        if (uuiesRequested != null) {
            out.openType(() -> uuiesRequested.encode(out));
        }
    }
}
