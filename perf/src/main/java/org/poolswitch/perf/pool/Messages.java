// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.pool;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.poolswitch.asap.wire.AsapType;
import org.poolswitch.rserpool.HandleResolutionOption;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.rserpool.PolicyParameter;
import org.poolswitch.rserpool.PolicyType;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.rserpool.TransportParameter;
import org.poolswitch.sctp.wire.Bytes;

/** The ASAP messages of a load. */
final class Messages {
    /** Milliseconds that an element of the load lives: longer than any run. */
    private static final int LIFE_MILLIS = 3_000_000;
    /** Weights and loads that elements have: 1 to so many. */
    private static final int DIFFERENT = 100;
    /** Where the identifier stands in {@link #registration}. */
    private final int identifierAt;
    /** Where the policy's first value stands, 0 = it has none. */
    private final int valueAt;
    private final byte[] registration;
    private final byte[] resolution;

    Messages(final PoolHandle pool, final InetAddress host, final int port, final int policy, final int items) {
        final int[] values = new int[PolicyType.fields(policy)];
        Arrays.fill(values, 1);
        final ParameterWriter out = new ParameterWriter(1024).message(AsapType.REGISTRATION, 0);
        pool.write(out);
        identifierAt = out.position() + 4;
        new PoolElementParameter(0, 0, LIFE_MILLIS, TransportParameter.sctp(port, TransportParameter.DATA_ONLY,
            List.of(host)).octets(), PolicyParameter.of(policy, values).value()).write(out);
        registration = Arrays.copyOf(out.buffer(), out.finish());
        valueAt = values.length == 0 ? 0 : registration.length - 4 * values.length;
        out.message(AsapType.HANDLE_RESOLUTION, 0);
        pool.write(out);
        HandleResolutionOption.write(out, items);
        resolution = Arrays.copyOf(out.buffer(), out.finish());
    }

    /** REGISTRATION of one element; the same octets each time. Its weight or load follows from its identifier. */
    byte[] registration(final int identifier) {
        Bytes.put32(registration, identifierAt, identifier);
        if (valueAt != 0) {
            Bytes.put32(registration, valueAt, 1 + identifier % DIFFERENT);
        }
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
