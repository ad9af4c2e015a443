// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import java.nio.ByteBuffer;
import org.poolswitch.runtime.MalformedException;

/**
 * Server Information parameter (RFC 5354 section 3.12): a registrar and where its peers reach it.
 *
 * <pre>
 *  0x000b | length | server identifier (4) | SCTP transport: its ENRP port and addresses
 * </pre>
 *
 * @param serverId  the registrar's identifier
 * @param transport an SCTP transport
 */
public record ServerInformation(int serverId, TransportParameter transport) {

    /** Reads the parameter's value. */
    public static ServerInformation read(final ByteBuffer value) throws MalformedException {
        if (value.limit() < 4) {
            throw new MalformedException("Server Information is too short");
        }
        final ParameterReader in = new ParameterReader(value.slice(4, value.limit() - 4));
        TransportParameter transport = null;
        while (in.next()) {
            if (in.type() == ParameterType.SCTP_TRANSPORT && transport == null) {
                transport = TransportParameter.read(in);
            } else if (!in.skipUnknown()) {
                throw new MalformedException("Server Information with a parameter that may not be skipped");
            }
        }
        if (transport == null) {
            throw new MalformedException("Server Information without SCTP transport");
        }
        return new ServerInformation(value.getInt(0), transport);
    }

    /** Writes it. */
    public void write(final ParameterWriter out) {
        out.begin(ParameterType.SERVER_INFORMATION).word(serverId);
        transport.write(out);
        out.end();
    }
}
