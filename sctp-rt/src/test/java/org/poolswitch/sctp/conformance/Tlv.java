// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A parameter of INIT and INIT ACK or an error cause: both have type, length and value (RFC 9260 section 3.2.1). */
record Tlv(int type, byte[] value) {
    static final int HEARTBEAT_INFO = 1;
    static final int IPV4_ADDRESS = 5;
    static final int IPV6_ADDRESS = 6;
    static final int STATE_COOKIE = 7;
    static final int UNRECOGNIZED_PARAMETER = 8;
    static final int COOKIE_PRESERVATIVE = 9;
    static final int HOST_NAME_ADDRESS = 11;
    static final int SUPPORTED_ADDRESS_TYPES = 12;

    static final int CAUSE_INVALID_STREAM = 1;
    static final int CAUSE_MISSING_PARAMETER = 2;
    static final int CAUSE_STALE_COOKIE = 3;
    static final int CAUSE_UNRESOLVABLE_ADDRESS = 5;
    static final int CAUSE_UNRECOGNIZED_CHUNK = 6;
    static final int CAUSE_INVALID_PARAMETER = 7;
    static final int CAUSE_UNRECOGNIZED_PARAMETERS = 8;
    static final int CAUSE_NO_USER_DATA = 9;
    static final int CAUSE_NEW_ADDRESSES = 11;

    static Tlv of(final int type, final int... octets) {
        final byte[] value = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            value[i] = (byte) octets[i];
        }
        return new Tlv(type, value);
    }

    static Tlv address(final InetAddress host) {
        return new Tlv(host.getAddress().length == 4 ? IPV4_ADDRESS : IPV6_ADDRESS, host.getAddress());
    }

    static Tlv hostName(final String name) {
        return new Tlv(HOST_NAME_ADDRESS, (name + "\0").getBytes(StandardCharsets.US_ASCII));
    }

    static Tlv cookiePreservative(final int milliseconds) {
        return new Tlv(COOKIE_PRESERVATIVE, ByteBuffer.allocate(4).putInt(milliseconds).array());
    }

    static Tlv supportedAddressTypes(final int... types) {
        final ByteBuffer value = ByteBuffer.allocate(2 * types.length);
        for (final int type : types) {
            value.putShort((short) type);
        }
        return new Tlv(SUPPORTED_ADDRESS_TYPES, value.array());
    }

    int i32() {
        return ByteBuffer.wrap(value).getInt();
    }

    int u16() {
        return ByteBuffer.wrap(value).getShort() & 0xffff;
    }

    /** Type, length and value, not padded. */
    byte[] bytes() {
        return ByteBuffer.allocate(4 + value.length).putShort((short) type).putShort((short) (4 + value.length))
            .put(value).array();
    }

    /** One after the other, each but the last padded to four octets, as a chunk's length counts them. */
    static byte[] concat(final Tlv... tlvs) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (final Tlv tlv : tlvs) {
            out.writeBytes(new byte[-out.size() & 3]);
            out.writeBytes(tlv.bytes());
        }
        return out.toByteArray();
    }

    /**
     * What stands in a chunk from {@code at} on; fails if a length does not fit, or if the chunk counts the padding of
     * the last one (section 3.2).
     */
    static List<Tlv> list(final byte[] b, final int at) {
        final List<Tlv> list = new ArrayList<>();
        int i = at;
        int end = at;
        while (i + 4 <= b.length) {
            final ByteBuffer header = ByteBuffer.wrap(b, i, 4);
            final int type = header.getShort() & 0xffff;
            final int length = header.getShort() & 0xffff;
            assertThat(length).as("length of parameter or cause " + type).isBetween(4, b.length - i);
            list.add(new Tlv(type, Arrays.copyOfRange(b, i + 4, i + length)));
            end = i + length;
            i += length + 3 & ~3;
        }
        assertThat(b.length - end).as("octets behind the last one, padding too").isZero();
        return list;
    }
}
