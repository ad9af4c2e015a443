// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.wire;

import java.nio.ByteBuffer;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.runtime.MalformedException;

/**
 * ENRP_INIT_TAKEOVER (RFC 5353 section 2.7): I mean to take over what the target owns; does anybody mind?
 *
 * <pre>
 *  0x07 | 0 | 16 | sender | receiver | target's server identifier (4)
 * </pre>
 *
 * @param target who is believed to be dead
 */
public record InitTakeover(int sender, int receiver, int target) implements EnrpMessage {
    static InitTakeover read(final EnrpReader in, final ByteBuffer body) throws MalformedException {
        return new InitTakeover(in.sender(), in.receiver(), in.target(body));
    }

    @Override
    public void write(final ParameterWriter out) {
        begin(out, EnrpType.INIT_TAKEOVER, 0).word(target);
    }
}
