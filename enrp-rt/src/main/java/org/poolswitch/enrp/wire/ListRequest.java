// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.wire;

import org.poolswitch.rserpool.ParameterWriter;

/**
 * ENRP_LIST_REQUEST (RFC 5353 section 2.5): which registrars do you know?
 *
 * <pre>
 *  0x05 | 0 | 12 | sender | receiver
 * </pre>
 */
public record ListRequest(int sender, int receiver) implements EnrpMessage {
    static ListRequest read(final EnrpReader in) {
        return new ListRequest(in.sender(), in.receiver());
    }

    @Override
    public void write(final ParameterWriter out) {
        begin(out, EnrpType.LIST_REQUEST, 0);
    }
}
