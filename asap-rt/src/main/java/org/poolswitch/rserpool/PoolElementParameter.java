// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.poolswitch.runtime.MalformedException;

/**
 * Pool Element parameter (RFC 5354 section 3.11). Transports and policy are kept as they came: a registrar hands them
 * on.
 *
 * <pre>
 *  0x000a | length | PE identifier (4) | home registrar (4) | registration life (4) | user transport | policy |
 *  ASAP transport (in ENRP)
 * </pre>
 *
 * @param identifier    PE identifier
 * @param homeServer    home registrar's identifier, 0 = unknown
 * @param lifeMillis    registration life; the field has milliseconds as every implementation sends, -1 = for ever
 * @param userTransport the User Transport parameter, whole
 * @param policy        the Policy parameter's value: type, then its fields
 */
public record PoolElementParameter(int identifier, int homeServer, int lifeMillis, byte[] userTransport,
    byte[] policy) {

    /** Reads the value of a Pool Element parameter. */
    public static PoolElementParameter read(final ByteBuffer value) throws MalformedException {
        if (value.limit() < 12) {
            throw new MalformedException("Pool Element is too short");
        }
        byte[] transport = null;
        byte[] policy = null;
        final ParameterReader in = new ParameterReader(value.slice(12, value.limit() - 12));
        while (in.next()) {
            if (in.type() >= 0x03 && in.type() <= 0x07 && transport == null) {
                transport = whole(in);
            } else if (in.type() == ParameterType.POLICY && policy == null) {
                policy = in.bytes();
            } else if (in.type() != ParameterType.SCTP_TRANSPORT && !in.skipUnknown()) {
                throw new MalformedException("a Pool Element with a parameter that may not be skipped");
            }
        }
        if (transport == null || policy == null || policy.length < 4) {
            throw new MalformedException("a Pool Element without transport or policy");
        }
        return new PoolElementParameter(value.getInt(0), value.getInt(4), value.getInt(8), transport, policy);
    }

    private static byte[] whole(final ParameterReader in) {
        final byte[] bytes = in.bytes();
        return ByteBuffer.allocate(4 + bytes.length).putShort((short) in.type()).putShort((short) (4 + bytes.length))
            .put(bytes).array();
    }

    /** Writes it. */
    public void write(final ParameterWriter out) {
        out.begin(ParameterType.POOL_ELEMENT).word(identifier).word(homeServer).word(lifeMillis);
        out.parameter(ByteBuffer.wrap(userTransport).getShort(0), Arrays.copyOfRange(userTransport, 4,
            userTransport.length));
        out.parameter(ParameterType.POLICY, policy);
        out.end();
    }

    /** The policy's type. */
    public int policyType() {
        return ByteBuffer.wrap(policy).getInt(0);
    }

    /** First field of the policy: load, weight or priority; 0 if it has none. */
    public int policyValue() {
        return policy.length >= 8 ? ByteBuffer.wrap(policy).getInt(4) : 0;
    }

    /** Type of the transport parameter. */
    public int transportType() {
        return ByteBuffer.wrap(userTransport).getShort(0) & 0xffff;
    }

    /** Transport use: 0 data only, 1 data and control (SCTP only). */
    public int transportUse() {
        return transportType() == ParameterType.SCTP_TRANSPORT && userTransport.length >= 8
            ? ByteBuffer.wrap(userTransport).getShort(6) & 0xffff : 0;
    }

    /** The same with another home registrar. */
    public PoolElementParameter withHome(final int server) {
        return new PoolElementParameter(identifier, server, lifeMillis, userTransport, policy);
    }
}
