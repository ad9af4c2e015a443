// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import org.poolswitch.runtime.MalformedException;

/**
 * BCF: the call may have that bandwidth (H.225.0 section 7.12).
 *
 * <pre>
 * BandwidthConfirm ::= SEQUENCE { requestSeqNum, bandWidth INTEGER (0..4294967295), nonStandardData OPTIONAL, ... }
 * </pre>
 */
public record BandwidthConfirm(int requestSeqNum, long bandWidth, NonStandardParameter nonStandardData)
    implements RasMessage {

    @Override
    public RasKind kind() {
        return RasKind.BANDWIDTH_CONFIRM;
    }

    static BandwidthConfirm decode(final PerReader in) throws MalformedException {
        final boolean extended = in.bit();
        final boolean hasNonStandard = in.bit();
        final int number = in.constrainedInt(SEQUENCE_LEAST, SEQUENCE_MOST);
        final long bandWidth = in.constrained(0, 0xffffffffL);
        final NonStandardParameter nonStandard = NonStandardParameter.decode(hasNonStandard, in);
        in.skipExtensions(extended);
        return new BandwidthConfirm(number, bandWidth, nonStandard);
    }

    @Override
    public void encodeBody(final PerWriter out) {
        out.bit(false);
        out.bit(nonStandardData != null);
        out.constrained(requestSeqNum, SEQUENCE_LEAST, SEQUENCE_MOST);
        out.constrained(bandWidth, 0, 0xffffffffL);
        NonStandardParameter.encode(nonStandardData, out);
    }
}
