// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.wire;

import java.nio.ByteBuffer;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.runtime.MalformedException;

/**
 * ENRP_INIT_TAKEOVER_ACK (RFC 5353 section 2.8): I do not mind.
 *
 * <pre>
 *  0x08 | 0 | 16 | sender | receiver | target's server identifier (4)
 * </pre>
 *
 * @param target who is believed to be dead
 */
public record InitTakeoverAck(int sender, int receiver, int target) implements EnrpMessage {
    static InitTakeoverAck read(final EnrpReader in, final ByteBuffer body) throws MalformedException {
        return new InitTakeoverAck(in.sender(), in.receiver(), in.target(body));
    }

    @Override
    public void write(final ParameterWriter out) {
        begin(out, EnrpType.INIT_TAKEOVER_ACK, 0).word(target);
    }
}
