// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.wire;

import java.nio.ByteBuffer;
import org.poolswitch.rserpool.OperationError;
import org.poolswitch.rserpool.ParameterReader;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.runtime.MalformedException;

/**
 * ENRP_ERROR (RFC 5353 section 2.10): something in your message was not understood.
 *
 * <pre>
 *  0x0a | 0 | length | sender | receiver | Operation Error
 * </pre>
 */
public record EnrpError(int sender, int receiver, OperationError error) implements EnrpMessage {
    static EnrpError read(final EnrpReader in, final ByteBuffer body) throws MalformedException {
        OperationError error = null;
        final ParameterReader parameters = in.parameters(body);
        while (parameters.next()) {
            if (parameters.type() == ParameterType.OPERATION_ERROR) {
                error = OperationError.read(parameters.value());
            } else {
                in.unknown(parameters);
            }
        }
        if (error == null) {
            throw new MalformedException("ENRP_ERROR without Operation Error");
        }
        return new EnrpError(in.sender(), in.receiver(), error);
    }

    @Override
    public void write(final ParameterWriter out) {
        begin(out, EnrpType.ERROR, 0);
        error.write(out);
    }
}
