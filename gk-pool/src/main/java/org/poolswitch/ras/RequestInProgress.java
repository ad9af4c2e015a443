// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import org.poolswitch.runtime.MalformedException;

/**
 * RIP: the answer takes longer, do not repeat the request before {@code delay} (H.225.0 section 7.19).
 *
 * <pre>
 * RequestInProgress ::= SEQUENCE { requestSeqNum, nonStandardData OPTIONAL, tokens OPTIONAL, cryptoTokens OPTIONAL,
 *                                  integrityCheckValue OPTIONAL, delay INTEGER (1..65535), ... }
 * </pre>
 *
 * @param delay milliseconds
 */
public record RequestInProgress(int requestSeqNum, NonStandardParameter nonStandardData, int delay)
    implements RasMessage {

    /** RIP without a vendor's data. */
    public static RequestInProgress of(final int requestSeqNum, final int delayMillis) {
        return new RequestInProgress(requestSeqNum, null, delayMillis);
    }

    @Override
    public RasKind kind() {
        return RasKind.REQUEST_IN_PROGRESS;
    }

    /** Behind security tokens, of which we know none, the delay cannot be reached: then it is an OtherMessage. */
    static RasMessage decode(final PerReader in) throws MalformedException {
        final boolean extended = in.bit();
        final boolean hasNonStandard = in.bit();
        final boolean hasTokens = in.bits(3) != 0;
        final int number = in.constrainedInt(SEQUENCE_LEAST, SEQUENCE_MOST);
        final NonStandardParameter nonStandard = NonStandardParameter.decode(hasNonStandard, in);
        if (hasTokens) {
            return new OtherMessage(RasKind.REQUEST_IN_PROGRESS, number);
        }
        final int delay = in.constrainedInt(1, 65535);
        in.skipExtensions(extended);
        return new RequestInProgress(number, nonStandard, delay);
    }

    @Override
    public void encodeBody(final PerWriter out) {
        out.bit(false);
        out.bit(nonStandardData != null);
        out.bits(0, 3);
        out.constrained(requestSeqNum, SEQUENCE_LEAST, SEQUENCE_MOST);
        NonStandardParameter.encode(nonStandardData, out);
        out.constrained(delay, 1, 65535);
    }
}
