// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import org.poolswitch.runtime.MalformedException;

/**
 * DRJ: the call is not the asker's to end (H.225.0 section 7.14).
 *
 * <pre>
 * DisengageReject ::= SEQUENCE { requestSeqNum, rejectReason DisengageRejectReason, nonStandardData OPTIONAL, ... }
 * </pre>
 */
public record DisengageReject(int requestSeqNum, DisengageRejectReason rejectReason,
    NonStandardParameter nonStandardData) implements RasMessage {

    /** A rejection without a vendor's data. */
    public static DisengageReject of(final int requestSeqNum, final DisengageRejectReason reason) {
        return new DisengageReject(requestSeqNum, reason, null);
    }

    @Override
    public RasKind kind() {
        return RasKind.DISENGAGE_REJECT;
    }

    static DisengageReject decode(final PerReader in) throws MalformedException {
        final boolean extended = in.bit();
        final boolean hasNonStandard = in.bit();
        final int number = in.constrainedInt(SEQUENCE_LEAST, SEQUENCE_MOST);
        final DisengageRejectReason reason = DisengageRejectReason.decode(in);
        final NonStandardParameter nonStandard = NonStandardParameter.decode(hasNonStandard, in);
        in.skipExtensions(extended);
        return new DisengageReject(number, reason, nonStandard);
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
