// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import org.poolswitch.runtime.MalformedException;

/**
 * A message that is recognised and not understood further. Every message of H.225.0 begins with its extension bit,
 * bits for its optional elements, and requestSeqNum; only IRR may have an element in front.
 */
public record OtherMessage(RasKind kind, int requestSeqNum) implements RasMessage {

    static OtherMessage decode(final RasKind kind, final PerReader in) throws MalformedException {
        if (kind == RasKind.ADMISSION_CONFIRM_SEQUENCE) {
            throw new MalformedException("a sequence of confirmations was not asked for");
        }
        in.bit();
        final int optional = in.bits(kind.optionals());
        if (kind == RasKind.INFO_REQUEST_RESPONSE && optional >> kind.optionals() - 1 != 0) {
            NonStandardParameter.decode(in);
        }
        return new OtherMessage(kind, in.constrainedInt(SEQUENCE_LEAST, SEQUENCE_MOST));
    }

    @Override
    public void encodeBody(final PerWriter out) {
        throw new IllegalArgumentException(kind.shortName() + " is understood only as far as its sequence number");
    }
}
