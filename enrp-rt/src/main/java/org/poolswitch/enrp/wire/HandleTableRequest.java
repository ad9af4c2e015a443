// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.wire;

import org.poolswitch.rserpool.ParameterWriter;

/**
 * ENRP_HANDLE_TABLE_REQUEST (RFC 5353 section 2.2): send me the handlespace, or its next page.
 *
 * <pre>
 *  0x02 | 0 0 0 0 0 0 0 W | 12 | sender | receiver
 * </pre>
 *
 * @param ownedOnly the W flag: only elements that the receiver owns
 */
public record HandleTableRequest(int sender, int receiver, boolean ownedOnly) implements EnrpMessage {
    private static final int OWNED_ONLY = 0x01;

    static HandleTableRequest read(final EnrpReader in) {
        return new HandleTableRequest(in.sender(), in.receiver(), (in.flags() & OWNED_ONLY) != 0);
    }

    @Override
    public void write(final ParameterWriter out) {
        begin(out, EnrpType.HANDLE_TABLE_REQUEST, ownedOnly ? OWNED_ONLY : 0);
    }
}
