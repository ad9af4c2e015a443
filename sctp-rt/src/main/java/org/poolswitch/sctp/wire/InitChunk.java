// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.wire;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.poolswitch.runtime.MalformedException;

/**
 * INIT and INIT ACK as received (RFC 9260 sections 3.3.2 and 3.3.3).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * | type = 1 or 2 |  chunk flags  |      chunk length             |
 * +---------------+---------------+-------------------------------+
 * |                         initiate tag                          |
 * |           advertised receiver window credit (a_rwnd)          |
 * | number of outbound streams    | number of inbound streams     |
 * |                          initial TSN                          |
 * |                       parameters ...                          |
 * +---------------------------------------------------------------+
 * </pre>
 */
public final class InitChunk {
    /** Octets up to the first parameter. */
    public static final int FIXED = 20;
    /** Section 3.3.2: a smaller window than this is refused. */
    public static final int LEAST_WINDOW = 1500;
    private static final int MOST_PARAMETERS = 128;
    private static final int MOST_REPORTED = 1024;
    /** Octets looked at of a list of types: all chunk types there can be. */
    private static final int MOST_LISTED = 256;

    private final int tag;
    private final long window;
    private final int outStreams;
    private final int inStreams;
    private final int tsn;
    private final List<InetAddress> addresses = new ArrayList<>();
    private final ByteArrayOutputStream unrecognized = new ByteArrayOutputStream(0);
    private byte[] cookie;
    private byte[] hostName;
    private long cookieIncrementMs;
    private boolean forwardTsn;
    private boolean reconfiguration;
    private boolean ipv4 = true;
    private boolean ipv6 = true;

    private InitChunk(final byte[] b, final int at) {
        tag = Bytes.i32(b, at + 4);
        window = Bytes.i32(b, at + 8) & 0xffff_ffffL;
        outStreams = Bytes.u16(b, at + 12);
        inStreams = Bytes.u16(b, at + 14);
        tsn = Bytes.i32(b, at + 16);
    }

    /**
     * Reads a chunk; its fixed values may still be ones that are not allowed, see {@link #isAcceptable}.
     *
     * @throws MalformedException if a length is wrong
     */
    public static InitChunk parse(final byte[] b, final int at, final int length) throws MalformedException {
        if (length < FIXED) {
            throw new MalformedException("INIT is too short");
        }
        final InitChunk init = new InitChunk(b, at);
        int p = at + FIXED;
        for (int n = 0; p + 4 <= at + length; n++) {
            final int octets = Bytes.u16(b, p + 2);
            if (octets < 4 || p + octets > at + length || n == MOST_PARAMETERS) {
                throw new MalformedException("an INIT parameter's length is wrong");
            }
            if (!init.parameter(b, p, octets)) {
                break;
            }
            p += Bytes.padded(octets);
        }
        return init;
    }

    /** @return whether the parameters behind this one count */
    private boolean parameter(final byte[] b, final int at, final int length) throws MalformedException {
        final int type = Bytes.u16(b, at);
        switch (type) {
            case ParameterType.IPV4_ADDRESS, ParameterType.IPV6_ADDRESS -> {
                final InetAddress address = AddressParameter.read(b, at, length);
                if (address == null) {
                    throw new MalformedException("an address parameter's length is wrong");
                }
                addresses.add(address);
            }
            case ParameterType.STATE_COOKIE -> cookie = Arrays.copyOfRange(b, at + 4, at + length);
            case ParameterType.COOKIE_PRESERVATIVE ->
                cookieIncrementMs = length == 8 ? Bytes.i32(b, at + 4) & 0xffff_ffffL : 0;
            case ParameterType.HOST_NAME_ADDRESS -> hostName = Arrays.copyOfRange(b, at, at + length);
            case ParameterType.SUPPORTED_ADDRESS_TYPES -> addressTypes(b, at, length);
            case ParameterType.FORWARD_TSN_SUPPORTED -> forwardTsn = true;
            case ParameterType.SUPPORTED_EXTENSIONS -> extensions(b, at, length);
            case ParameterType.UNRECOGNIZED_PARAMETER, ParameterType.ECN_CAPABLE -> { }
            default -> {
                if (ParameterType.isReported(type) && unrecognized.size() + length <= MOST_REPORTED) {
                    unrecognized.writeBytes(new byte[Bytes.padded(unrecognized.size()) - unrecognized.size()]);
                    unrecognized.write(b, at, length);
                }
                return ParameterType.isSkipped(type);
            }
        }
        return true;
    }

    private void addressTypes(final byte[] b, final int at, final int length) {
        ipv4 = false;
        ipv6 = false;
        final int end = at + Math.min(length, 4 + MOST_LISTED);
        for (int p = at + 4; p + 2 <= end; p += 2) {
            ipv4 |= Bytes.u16(b, p) == ParameterType.IPV4_ADDRESS;
            ipv6 |= Bytes.u16(b, p) == ParameterType.IPV6_ADDRESS;
        }
    }

    private void extensions(final byte[] b, final int at, final int length) {
        final int end = at + Math.min(length, 4 + MOST_LISTED);
        for (int p = at + 4; p < end; p++) {
            forwardTsn |= (b[p] & 0xff) == ChunkType.FORWARD_TSN;
            reconfiguration |= (b[p] & 0xff) == ChunkType.RE_CONFIG;
        }
    }

    /** Sections 3.3.2 and 3.3.3: no stream count of 0, and a window of at least 1500 octets. */
    public boolean isAcceptable() {
        return outStreams != 0 && inStreams != 0 && window >= LEAST_WINDOW;
    }

    /** The tag that packets to the sender carry. */
    public int tag() {
        return tag;
    }

    /** The window the sender offers, in octets. */
    public long window() {
        return window;
    }

    /** Streams the sender wants to send on. */
    public int outStreams() {
        return outStreams;
    }

    /** Streams the sender accepts. */
    public int inStreams() {
        return inStreams;
    }

    /** The first TSN the sender will use. */
    public int tsn() {
        return tsn;
    }

    /** Addresses listed, which need not be all: the packet's source counts too. */
    public List<InetAddress> addresses() {
        return addresses;
    }

    /** The state cookie, or null. */
    public byte[] cookie() {
        return cookie;
    }

    /** The whole Host Name Address parameter, or null; it must be refused. */
    public byte[] hostName() {
        return hostName;
    }

    /** Suggested Cookie Life-Span Increment in ms (section 3.3.2.1.3), or 0. */
    public long cookieIncrementMs() {
        return cookieIncrementMs;
    }

    /** Whether the sender understands FORWARD TSN (RFC 3758). */
    public boolean forwardTsn() {
        return forwardTsn;
    }

    /** Whether the sender understands RE-CONFIG (RFC 6525). */
    public boolean reconfiguration() {
        return reconfiguration;
    }

    /** Whether the sender can use addresses of this one's family. */
    public boolean canUse(final InetAddress address) {
        return AddressParameter.type(address) == ParameterType.IPV4_ADDRESS ? ipv4 : ipv6;
    }

    /** The parameters that are to be reported, one after the other, each but the last padded. */
    public byte[] unrecognized() {
        return unrecognized.toByteArray();
    }
}
