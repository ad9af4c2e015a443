// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.poolswitch.rserpool.ParameterReader;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.rserpool.ServerInformation;
import org.poolswitch.runtime.MalformedException;

/**
 * ENRP_LIST_RESPONSE (RFC 5353 section 2.6): the registrars that the sender knows.
 *
 * <pre>
 *  0x06 | 0 0 0 0 0 0 0 R | length | sender | receiver | Server Information ...
 * </pre>
 *
 * @param rejected the R flag: not now, and nothing follows
 * @param servers  none or more
 */
public record ListResponse(int sender, int receiver, boolean rejected, List<ServerInformation> servers)
    implements EnrpMessage {
    private static final int REJECTED = 0x01;

    public ListResponse {
        servers = List.copyOf(servers);
    }

    static ListResponse read(final EnrpReader in, final ByteBuffer body) throws MalformedException {
        final List<ServerInformation> servers = new ArrayList<>();
        final ParameterReader parameters = in.parameters(body);
        while (parameters.next()) {
            if (parameters.type() == ParameterType.SERVER_INFORMATION) {
                servers.add(ServerInformation.read(parameters.value()));
            } else {
                in.unknown(parameters);
            }
        }
        return new ListResponse(in.sender(), in.receiver(), (in.flags() & REJECTED) != 0, servers);
    }

    @Override
    public void write(final ParameterWriter out) {
        begin(out, EnrpType.LIST_RESPONSE, rejected ? REJECTED : 0);
        servers.forEach(server -> server.write(out));
    }
}
