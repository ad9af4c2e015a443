// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
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
 * <p>The user transport comes first; a second transport is the ASAP transport, wherever the policy stands.
 *
 * @param identifier    PE identifier
 * @param homeServer    home registrar's identifier, 0 = unknown
 * @param lifeMillis    registration life; the field has milliseconds as every implementation sends, -1 = for ever
 * @param userTransport the User Transport parameter, whole
 * @param policy        the Policy parameter's value: type, then its fields
 * @param asapTransport the ASAP Transport parameter (SCTP), whole: where the home registrar sees the element; null in
 *                      ASAP messages
 */
public record PoolElementParameter(int identifier, int homeServer, int lifeMillis, byte[] userTransport,
    byte[] policy, byte[] asapTransport) {

    /** An element as ASAP messages have it: without ASAP transport. */
    public PoolElementParameter(final int identifier, final int homeServer, final int lifeMillis,
        final byte[] userTransport, final byte[] policy) {
        this(identifier, homeServer, lifeMillis, userTransport, policy, null);
    }

    /** Reads the value of a Pool Element parameter. */
    public static PoolElementParameter read(final ByteBuffer value) throws MalformedException {
        return read(value, new ArrayList<>());
    }

    /** @param unrecognized gets the parameters inside that must be reported, also when this throws */
    public static PoolElementParameter read(final ByteBuffer value, final List<byte[]> unrecognized)
        throws MalformedException {
        if (value.limit() < 12) {
            throw new MalformedException("Pool Element is too short");
        }
        byte[] transport = null;
        byte[] policy = null;
        byte[] asap = null;
        final ParameterReader in = new ParameterReader(value.slice(12, value.limit() - 12));
        while (in.next()) {
            if (ParameterType.isTransport(in.type()) && transport == null) {
                transport = in.whole();
            } else if (in.type() == ParameterType.POLICY && policy == null) {
                policy = in.bytes();
            } else if (in.type() == ParameterType.SCTP_TRANSPORT && asap == null) {
                asap = in.whole();
            } else {
                final boolean skip = in.skipUnknown();
                unrecognized.addAll(in.unrecognized());
                in.unrecognized().clear();
                if (!skip) {
                    throw new MalformedException("a Pool Element with a parameter that may not be skipped");
                }
            }
        }
        if (transport == null || policy == null || policy.length < 4) {
            throw new MalformedException("a Pool Element without transport or policy");
        }
        return new PoolElementParameter(value.getInt(0), value.getInt(4), value.getInt(8), transport, policy, asap);
    }

    /** Writes it, with the ASAP transport if it has one. */
    public void write(final ParameterWriter out) {
        out.begin(ParameterType.POOL_ELEMENT).word(identifier).word(homeServer).word(lifeMillis);
        out.whole(userTransport).parameter(ParameterType.POLICY, policy);
        if (asapTransport != null) {
            out.whole(asapTransport);
        }
        out.end();
    }

    /** Octets that {@link #write} writes, padding included. */
    public int length() {
        return 20 + padded(userTransport) + padded(policy) + (asapTransport == null ? 0 : padded(asapTransport));
    }

    private static int padded(final byte[] octets) {
        return octets.length + 3 & ~3;
    }

    /** The policy's type. */
    public int policyType() {
        return ByteBuffer.wrap(policy).getInt(0);
    }

    /** The policy with its values. */
    public PolicyParameter policyParameter() throws MalformedException {
        return new PolicyParameter(policy);
    }

    /** First field of the policy: load, weight or priority; 0 if it has none. */
    public int policyValue() {
        return policy.length >= 8 ? ByteBuffer.wrap(policy).getInt(4) : 0;
    }

    /** Type of the transport parameter. */
    public int transportType() {
        return ByteBuffer.wrap(userTransport).getShort(0) & 0xffff;
    }

    /** The user transport, taken apart. */
    public TransportParameter transport() throws MalformedException {
        return TransportParameter.read(userTransport);
    }

    /** Transport use: 0 data only, 1 data and control (SCTP only). */
    public int transportUse() {
        return transportType() == ParameterType.SCTP_TRANSPORT && userTransport.length >= 8
            ? ByteBuffer.wrap(userTransport).getShort(6) & 0xffff : 0;
    }

    /** The same with another home registrar. */
    public PoolElementParameter withHome(final int server) {
        return new PoolElementParameter(identifier, server, lifeMillis, userTransport, policy, asapTransport);
    }

    /** The same with an ASAP transport, as ENRP messages have it. */
    public PoolElementParameter withAsapTransport(final byte[] whole) {
        return new PoolElementParameter(identifier, homeServer, lifeMillis, userTransport, policy, whole);
    }
}
