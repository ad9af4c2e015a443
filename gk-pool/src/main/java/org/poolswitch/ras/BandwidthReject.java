// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import org.poolswitch.runtime.MalformedException;

/**
 * BRJ: the call may not have that bandwidth (H.225.0 section 7.12).
 *
 * <pre>
 * BandwidthReject ::= SEQUENCE { requestSeqNum, rejectReason BandRejectReason,
 *                                allowedBandWidth INTEGER (0..4294967295), nonStandardData OPTIONAL, ... }
 * </pre>
 */
public record BandwidthReject(int requestSeqNum, BandRejectReason rejectReason, long allowedBandWidth,
    NonStandardParameter nonStandardData) implements RasMessage {

    @Override
    public RasKind kind() {
        return RasKind.BANDWIDTH_REJECT;
    }

    static BandwidthReject decode(final PerReader in) throws MalformedException {
        final boolean extended = in.bit();
        final boolean hasNonStandard = in.bit();
        final int number = in.constrainedInt(SEQUENCE_LEAST, SEQUENCE_MOST);
        final BandRejectReason reason = BandRejectReason.decode(in);
        final long allowed = in.constrained(0, 0xffffffffL);
        final NonStandardParameter nonStandard = NonStandardParameter.decode(hasNonStandard, in);
        in.skipExtensions(extended);
        return new BandwidthReject(number, reason, allowed, nonStandard);
    }

    @Override
    public void encodeBody(final PerWriter out) {
        out.bit(false);
        out.bit(nonStandardData != null);
        out.constrained(requestSeqNum, SEQUENCE_LEAST, SEQUENCE_MOST);
        rejectReason.encode(out);
        out.constrained(allowedBandWidth, 0, 0xffffffffL);
        NonStandardParameter.encode(nonStandardData, out);
    }
}
