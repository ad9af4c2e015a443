// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.pool;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.poolswitch.asap.wire.AsapType;
import org.poolswitch.rserpool.HandleResolutionOption;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.rserpool.PolicyParameter;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.rserpool.TransportParameter;

/** The ASAP messages of a load. */
final class Messages {
    /** Milliseconds that an element of the load lives: longer than any run. */
    private static final int LIFE_MILLIS = 3_000_000;
    /** Where the identifier stands in {@link #registration}. */
    private final int identifierAt;
    private final byte[] registration;
    private final byte[] resolution;

    Messages(final PoolHandle pool, final InetAddress host, final int port, final int policy, final int items) {
        final ParameterWriter out = new ParameterWriter(1024).message(AsapType.REGISTRATION, 0);
        pool.write(out);
        identifierAt = out.position() + 4;
        new PoolElementParameter(0, 0, LIFE_MILLIS, TransportParameter.sctp(port, TransportParameter.DATA_ONLY,
            List.of(host)).octets(), PolicyParameter.of(policy, 1, 1, 1, 1).value()).write(out);
        registration = Arrays.copyOf(out.buffer(), out.finish());
        out.message(AsapType.HANDLE_RESOLUTION, 0);
        pool.write(out);
        HandleResolutionOption.write(out, items);
        resolution = Arrays.copyOf(out.buffer(), out.finish());
    }

    /** REGISTRATION of one element; the same octets each time. */
    byte[] registration(final int identifier) {
        registration[identifierAt] = (byte) (identifier >>> 24);
        registration[identifierAt + 1] = (byte) (identifier >>> 16);
        registration[identifierAt + 2] = (byte) (identifier >>> 8);
        registration[identifierAt + 3] = (byte) identifier;
        return registration;
    }

    /** HANDLE_RESOLUTION. */
    byte[] resolution() {
        return resolution;
    }

    /** ENDPOINT_KEEP_ALIVE_ACK to a keep-alive with pool handle and PE identifier. */
    static byte[] acknowledge(final byte[] buffer, final int offset, final int length) {
        final byte[] ack = new byte[length - 4];
        System.arraycopy(buffer, offset + 8, ack, 4, length - 8);
        ack[0] = AsapType.ENDPOINT_KEEP_ALIVE_ACK;
        ack[2] = (byte) (ack.length >> 8);
        ack[3] = (byte) ack.length;
        return ack;
    }
}
