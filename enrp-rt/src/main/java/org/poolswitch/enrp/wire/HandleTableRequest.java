// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.wire;

import org.poolswitch.rserpool.ParameterWriter;

/**
 * ENRP_HANDLE_TABLE_REQUEST (RFC 5353 section 2.2): send me the handlespace, or its next page.
 *
 * <pre>
 *  0x02 | A 0 0 0 0 0 0 W | 12 | sender | receiver
 * </pre>
 *
 * <p>The A flag is ours: it asks for elements' ages, a parameter of type {@link #AGE} behind each. Receivers that do
 * not know it ignore the flag, as they must (section 2), and send none; who does not ask gets none.
 *
 * @param ownedOnly the W flag: only elements that the receiver owns
 * @param ages      the A flag: how long ago each element's registration was renewed
 */
public record HandleTableRequest(int sender, int receiver, boolean ownedOnly, boolean ages) implements EnrpMessage {
    /** Age parameter: milliseconds, 4 octets; to be skipped in silence where it is not known (RFC 5354 section 3). */
    public static final int AGE = 0xbffe;
    private static final int OWNED_ONLY = 0x01;
    private static final int AGES = 0x80;

    /** A request as the standard has it. */
    public HandleTableRequest(final int sender, final int receiver, final boolean ownedOnly) {
        this(sender, receiver, ownedOnly, false);
    }

    static HandleTableRequest read(final EnrpReader in) {
        return new HandleTableRequest(in.sender(), in.receiver(), (in.flags() & OWNED_ONLY) != 0,
            (in.flags() & AGES) != 0);
    }

    @Override
    public void write(final ParameterWriter out) {
        begin(out, EnrpType.HANDLE_TABLE_REQUEST, (ownedOnly ? OWNED_ONLY : 0) | (ages ? AGES : 0));
    }
}
