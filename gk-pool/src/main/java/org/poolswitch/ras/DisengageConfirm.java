// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import org.poolswitch.runtime.MalformedException;

/**
 * DCF: the call has ended (H.225.0 section 7.14).
 *
 * <pre>
 * DisengageConfirm ::= SEQUENCE { requestSeqNum, nonStandardData OPTIONAL, ... }
 * </pre>
 */
public record DisengageConfirm(int requestSeqNum, NonStandardParameter nonStandardData) implements RasMessage {

    /** A confirmation without a vendor's data. */
    public static DisengageConfirm of(final int requestSeqNum) {
        return new DisengageConfirm(requestSeqNum, null);
    }

    @Override
    public RasKind kind() {
        return RasKind.DISENGAGE_CONFIRM;
    }

    static DisengageConfirm decode(final PerReader in) throws MalformedException {
        final boolean extended = in.bit();
        final boolean hasNonStandard = in.bit();
        final int number = in.constrainedInt(SEQUENCE_LEAST, SEQUENCE_MOST);
        final NonStandardParameter nonStandard = NonStandardParameter.decode(hasNonStandard, in);
        in.skipExtensions(extended);
        return new DisengageConfirm(number, nonStandard);
    }

    @Override
    public void encodeBody(final PerWriter out) {
        out.bit(false);
        out.bit(nonStandardData != null);
        out.constrained(requestSeqNum, SEQUENCE_LEAST, SEQUENCE_MOST);
        NonStandardParameter.encode(nonStandardData, out);
    }
}
