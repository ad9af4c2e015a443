// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.wire;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.poolswitch.rserpool.ParameterReader;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.rserpool.TransportParameter;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sctp.SctpAddress;

/**
 * SERVER_ANNOUNCE (RFC 5352 section 2.2.10), a registrar's multicast that it is there.
 *
 * <pre>
 *  0x0a | 0 | length | server identifier (4) | transport parameters, 0 or more
 * </pre>
 *
 * @param serverId   ENRP server identifier
 * @param transports where it is reached; empty = where the datagram came from
 */
public record ServerAnnounce(int serverId, List<TransportParameter> transports) {
    /** ASAP's port (RFC 5352 section 6.1). */
    public static final int ASAP_PORT = 3863;
    /** A source port from here on was given by the system and tells nothing. */
    private static final int FIRST_EPHEMERAL = 32_768;
    private static final int LONGEST = 1232;

    public ServerAnnounce {
        transports = List.copyOf(transports);
    }

    /** Reads a whole datagram. */
    public static ServerAnnounce read(final byte[] buffer, final int offset, final int length)
        throws MalformedException {
        if (length < 8 || buffer[offset] != AsapType.SERVER_ANNOUNCE) {
            throw new MalformedException("no SERVER_ANNOUNCE");
        }
        final ByteBuffer in = ByteBuffer.wrap(buffer, offset, length).slice();
        final int said = in.getShort(2) & 0xffff;
        if (said < 8 || said > length) {
            throw new MalformedException("a message longer than what came");
        }
        final List<TransportParameter> transports = new ArrayList<>();
        final ParameterReader parameters = new ParameterReader(in.slice(8, said - 8));
        while (parameters.next()) {
            if (ParameterType.isTransport(parameters.type())) {
                transports.add(TransportParameter.read(parameters));
            } else if (!parameters.skipUnknown()) {
                throw new MalformedException("an announcement with a parameter that may not be skipped");
            }
        }
        return new ServerAnnounce(in.getInt(4), transports);
    }

    /** Its SCTP address, or null if it says that it is reached otherwise only. */
    public SctpAddress address(final InetSocketAddress source, final int encapsulationPort) {
        for (final TransportParameter t : transports) {
            if (t.type() == ParameterType.SCTP_TRANSPORT && t.port() != 0) {
                return new SctpAddress(t.addresses(), t.port(), encapsulationPort);
            }
        }
        return transports.isEmpty() ? at(source, encapsulationPort) : null;
    }

    /**
     * Where the registrar is if it does not say so: at the source address and ASAP's port; RSPLIB means the source
     * port, which it makes the same.
     */
    private static SctpAddress at(final InetSocketAddress source, final int encapsulationPort) {
        return SctpAddress.of(source.getAddress(), source.getPort() >= FIRST_EPHEMERAL ? ASAP_PORT : source.getPort(),
            encapsulationPort);
    }

    /** The message's octets. */
    public byte[] octets() {
        final ParameterWriter out = new ParameterWriter(LONGEST);
        out.message(AsapType.SERVER_ANNOUNCE, 0).word(serverId);
        transports.forEach(t -> t.write(out));
        return Arrays.copyOf(out.buffer(), out.finish());
    }
}
