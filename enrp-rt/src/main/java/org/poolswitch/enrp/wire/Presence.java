// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.wire;

import java.nio.ByteBuffer;
import org.poolswitch.rserpool.ParameterReader;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.rserpool.PeChecksum;
import org.poolswitch.rserpool.ServerInformation;
import org.poolswitch.runtime.MalformedException;

/**
 * ENRP_PRESENCE (RFC 5353 section 2.1): I live, and this is the checksum of what I own.
 *
 * <pre>
 *  0x01 | 0 0 0 0 0 0 0 R | length | sender | receiver | PE Checksum (optional) | Server Information (optional)
 * </pre>
 *
 * @param replyRequired the R flag: the receiver shall say PRESENCE too. The figure draws it as 0, the text uses it
 * @param checksum      0 to 0xffff, or {@link #NO_CHECKSUM}
 * @param server        how the sender is reached, or null
 */
public record Presence(int sender, int receiver, boolean replyRequired, int checksum, ServerInformation server)
    implements EnrpMessage {
    /** The message has no PE Checksum. */
    public static final int NO_CHECKSUM = -1;
    private static final int REPLY_REQUIRED = 0x01;

    static Presence read(final EnrpReader in, final ByteBuffer body) throws MalformedException {
        int checksum = NO_CHECKSUM;
        ServerInformation server = null;
        final ParameterReader parameters = in.parameters(body);
        while (parameters.next()) {
            switch (parameters.type()) {
                case ParameterType.PE_CHECKSUM -> checksum = PeChecksum.read(parameters.value());
                case ParameterType.SERVER_INFORMATION -> server = ServerInformation.read(parameters.value());
                default -> in.unknown(parameters);
            }
        }
        return new Presence(in.sender(), in.receiver(), (in.flags() & REPLY_REQUIRED) != 0, checksum, server);
    }

    @Override
    public void write(final ParameterWriter out) {
        begin(out, EnrpType.PRESENCE, replyRequired ? REPLY_REQUIRED : 0);
        if (checksum != NO_CHECKSUM) {
            PeChecksum.write(out, checksum);
        }
        if (server != null) {
            server.write(out);
        }
    }
}
