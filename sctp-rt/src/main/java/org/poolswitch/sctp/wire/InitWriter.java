// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.wire;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collection;

/** Makes the value of an INIT or INIT ACK chunk: what {@link InitChunk} reads, without the chunk header. */
public final class InitWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    private int padding;

    /** The fixed part, and the extensions that this implementation has. */
    public InitWriter(final int tag, final int window, final int outStreams, final int inStreams, final int tsn) {
        final byte[] fixed = new byte[InitChunk.FIXED - 4];
        Bytes.put32(fixed, 0, tag);
        Bytes.put32(fixed, 4, window);
        Bytes.put16(fixed, 8, outStreams);
        Bytes.put16(fixed, 10, inStreams);
        Bytes.put32(fixed, 12, tsn);
        out.writeBytes(fixed);
        parameter(ParameterType.SUPPORTED_EXTENSIONS, (byte) ChunkType.RE_CONFIG, (byte) ChunkType.FORWARD_TSN);
        parameter(ParameterType.FORWARD_TSN_SUPPORTED);
    }

    /** Our addresses; a lone one need not be listed, the packet's source says it. */
    public InitWriter addresses(final Collection<InetAddress> addresses) {
        if (addresses.size() > 1) {
            out.writeBytes(AddressParameter.write(addresses));
        }
        return this;
    }

    /** Supported Address Types (RFC 9260 section 3.3.2.1.5): the families of these addresses. */
    public InitWriter addressTypes(final Collection<InetAddress> addresses) {
        final byte[] types = new byte[4];
        int n = 0;
        for (final int type : new int[] {ParameterType.IPV4_ADDRESS, ParameterType.IPV6_ADDRESS}) {
            if (addresses.stream().anyMatch(a -> AddressParameter.type(a) == type)) {
                Bytes.put16(types, n, type);
                n += 2;
            }
        }
        return parameter(ParameterType.SUPPORTED_ADDRESS_TYPES, Arrays.copyOf(types, n));
    }

    /** The state cookie of an INIT ACK. */
    public InitWriter cookie(final byte[] cookie) {
        return parameter(ParameterType.STATE_COOKIE, cookie);
    }

    /** Cookie Preservative (section 3.3.2.1.3). */
    public InitWriter cookiePreservative(final int incrementMs) {
        final byte[] value = new byte[4];
        Bytes.put32(value, 0, incrementMs);
        return parameter(ParameterType.COOKIE_PRESERVATIVE, value);
    }

    /** One Unrecognized Parameter (section 3.3.3.1.1) for each of these, which but for the last one are padded. */
    public InitWriter unrecognized(final byte[] parameters) {
        for (int at = 0; at + 4 <= parameters.length;) {
            final int length = Bytes.u16(parameters, at + 2);
            parameter(ParameterType.UNRECOGNIZED_PARAMETER,
                Arrays.copyOfRange(parameters, at, at + length));
            at += Bytes.padded(length);
        }
        return this;
    }

    private InitWriter parameter(final int type, final byte... value) {
        final byte[] header = new byte[4];
        Bytes.put16(header, 0, type);
        Bytes.put16(header, 2, 4 + value.length);
        out.writeBytes(header);
        out.writeBytes(value);
        padding = Bytes.padded(value.length) - value.length;
        out.writeBytes(new byte[padding]);
        return this;
    }

    /** The chunk's value; the padding of its last parameter is not part of it (section 3.2). */
    public byte[] value() {
        return Arrays.copyOf(out.toByteArray(), out.size() - padding);
    }
}
