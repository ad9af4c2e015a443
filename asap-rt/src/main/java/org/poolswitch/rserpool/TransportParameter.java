// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.poolswitch.runtime.MalformedException;

/**
 * Where something is reached (RFC 5354 sections 3.3 to 3.8).
 *
 * <pre>
 *  SCTP     0x0004 | length | port (2) | transport use (2) | address parameters, 1 or more
 *  TCP      0x0005 | length | port (2) | 0 (2)             | address parameter
 *  UDP      0x0006 | length | port (2) | 0 (2)             | address parameter
 *  UDP-Lite 0x0007 | length | port (2) | 0 (2)             | address parameter
 *  DCCP     0x0003 | length | port (2) | 0 (2) | service code (4) | address parameter
 *  Opaque   0x0010 | length | octets without meaning here
 * </pre>
 *
 * @param type        one of the transports in {@link ParameterType}
 * @param port        0 to 65535; 0 for Opaque
 * @param use         {@link #DATA_ONLY} or {@link #DATA_PLUS_CONTROL}; what is not SCTP is data only
 * @param serviceCode DCCP only, else 0
 * @param addresses   none for Opaque, one or more for SCTP, one for all others
 * @param opaque      Opaque's octets, else none
 */
public record TransportParameter(int type, int port, int use, int serviceCode, List<InetAddress> addresses,
    byte[] opaque) {
    /** The association carries application data only. */
    public static final int DATA_ONLY = 0;
    /** The association carries ASAP's control channel too. */
    public static final int DATA_PLUS_CONTROL = 1;
    /** Addresses of one transport that are kept; RSPLIB takes as many. */
    public static final int MOST_ADDRESSES = 64;
    private static final byte[] NOTHING = new byte[0];

    public TransportParameter {
        addresses = List.copyOf(addresses);
    }

    /** An SCTP transport. */
    public static TransportParameter sctp(final int port, final int use, final List<InetAddress> addresses) {
        return new TransportParameter(ParameterType.SCTP_TRANSPORT, port, use, 0, addresses, NOTHING);
    }

    /** A TCP, UDP or UDP-Lite transport. */
    public static TransportParameter of(final int type, final int port, final InetAddress address) {
        return new TransportParameter(type, port, DATA_ONLY, 0, List.of(address), NOTHING);
    }

    /** A DCCP transport. */
    public static TransportParameter dccp(final int port, final int serviceCode, final InetAddress address) {
        return new TransportParameter(ParameterType.DCCP_TRANSPORT, port, DATA_ONLY, serviceCode, List.of(address),
            NOTHING);
    }

    /** An Opaque transport: only those who use it know what it means. */
    public static TransportParameter opaque(final byte[] octets) {
        return new TransportParameter(ParameterType.OPAQUE_TRANSPORT, 0, DATA_ONLY, 0, List.of(), octets);
    }

    /** Reads a whole parameter, header included. */
    public static TransportParameter read(final byte[] whole) throws MalformedException {
        final ParameterReader in = new ParameterReader(ByteBuffer.wrap(whole));
        if (!in.next()) {
            throw new MalformedException("no transport");
        }
        return read(in);
    }

    /** Reads the current parameter of {@code in}, whose type is a transport's. */
    public static TransportParameter read(final ParameterReader in) throws MalformedException {
        final int type = in.type();
        if (type == ParameterType.OPAQUE_TRANSPORT) {
            return opaque(in.bytes());
        }
        final ByteBuffer value = in.value();
        final int fixed = type == ParameterType.DCCP_TRANSPORT ? 8 : 4;
        if (!ParameterType.isTransport(type) || value.limit() < fixed) {
            throw new MalformedException("not a transport, or one without port");
        }
        // RFC 5354 section 3.5: what stands there for TCP is reserved, so it is not looked at
        final int use = type == ParameterType.SCTP_TRANSPORT ? value.getShort(2) & 0xffff : DATA_ONLY;
        return new TransportParameter(type, value.getShort(0) & 0xffff, use, fixed == 8 ? value.getInt(4) : 0,
            addresses(type, value.slice(fixed, value.limit() - fixed)), NOTHING);
    }

    private static List<InetAddress> addresses(final int type, final ByteBuffer value) throws MalformedException {
        final List<InetAddress> addresses = new ArrayList<>();
        final ParameterReader in = new ParameterReader(value, MOST_ADDRESSES);
        while (in.next()) {
            if (IpAddressParameter.is(in.type())) {
                addresses.add(IpAddressParameter.read(in));
            } else if (!in.skipUnknown()) {
                throw new MalformedException("a transport with something that is no address");
            }
        }
        if (addresses.isEmpty() || addresses.size() > 1 && type != ParameterType.SCTP_TRANSPORT) {
            throw new MalformedException("a transport with " + addresses.size() + " addresses");
        }
        return addresses;
    }

    /** Writes it. */
    public void write(final ParameterWriter out) {
        out.begin(type);
        if (type == ParameterType.OPAQUE_TRANSPORT) {
            out.bytes(opaque);
        } else {
            out.half(port).half(use);
            if (type == ParameterType.DCCP_TRANSPORT) {
                out.word(serviceCode);
            }
            for (final InetAddress address : addresses) {
                IpAddressParameter.write(out, address);
            }
        }
        out.end();
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof TransportParameter that && type == that.type && port == that.port && use == that.use
            && serviceCode == that.serviceCode && addresses.equals(that.addresses)
            && Arrays.equals(opaque, that.opaque);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, port, use, serviceCode, addresses, Arrays.hashCode(opaque));
    }

    /** The whole parameter as octets, padding not included. */
    public byte[] octets() {
        final ParameterWriter out = new ParameterWriter(12 + 20 * addresses.size() + opaque.length + 4);
        write(out);
        final int length = (out.buffer()[2] & 0xff) << 8 | out.buffer()[3] & 0xff;
        return Arrays.copyOf(out.buffer(), length);
    }
}
