// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import org.poolswitch.runtime.MalformedException;

/**
 * ARJ: the call may not be made (H.225.0 section 7.11).
 *
 * <pre>
 * AdmissionReject ::= SEQUENCE { requestSeqNum, rejectReason AdmissionRejectReason, nonStandardData OPTIONAL, ... }
 * </pre>
 */
public record AdmissionReject(int requestSeqNum, AdmissionRejectReason rejectReason,
    NonStandardParameter nonStandardData) implements RasMessage {

    /** A rejection without a vendor's data. */
    public static AdmissionReject of(final int requestSeqNum, final AdmissionRejectReason reason) {
        return new AdmissionReject(requestSeqNum, reason, null);
    }

    @Override
    public RasKind kind() {
        return RasKind.ADMISSION_REJECT;
    }

    static AdmissionReject decode(final PerReader in) throws MalformedException {
        final boolean extended = in.bit();
        final boolean hasNonStandard = in.bit();
        final int number = in.constrainedInt(SEQUENCE_LEAST, SEQUENCE_MOST);
        final AdmissionRejectReason reason = AdmissionRejectReason.decode(in);
        final NonStandardParameter nonStandard = NonStandardParameter.decode(hasNonStandard, in);
        in.skipExtensions(extended);
        return new AdmissionReject(number, reason, nonStandard);
    }

    @Override
    public void encodeBody(final PerWriter out) {
        out.bit(false);
        out.bit(nonStandardData != null);
        out.constrained(requestSeqNum, SEQUENCE_LEAST, SEQUENCE_MOST);
        rejectReason.encode(out);
        NonStandardParameter.encode(nonStandardData, out);
    }
}
