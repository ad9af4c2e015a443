// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.wire;

import java.nio.ByteBuffer;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.runtime.MalformedException;

/**
 * ENRP_TAKEOVER_SERVER (RFC 5353 section 2.9): what the target owned is mine now.
 *
 * <pre>
 *  0x09 | 0 | 16 | sender | receiver | target's server identifier (4)
 * </pre>
 *
 * @param target who was taken over
 */
public record TakeoverServer(int sender, int receiver, int target) implements EnrpMessage {
    static TakeoverServer read(final EnrpReader in, final ByteBuffer body) throws MalformedException {
        return new TakeoverServer(in.sender(), in.receiver(), in.target(body));
    }

    @Override
    public void write(final ParameterWriter out) {
        begin(out, EnrpType.TAKEOVER_SERVER, 0).word(target);
    }
}
