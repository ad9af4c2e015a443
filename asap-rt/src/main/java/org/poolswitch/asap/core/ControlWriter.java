// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.util.Arrays;
import java.util.List;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.wire.AsapType;
import org.poolswitch.rserpool.ErrorCause;
import org.poolswitch.rserpool.HandleResolutionOption;
import org.poolswitch.rserpool.OperationError;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.rserpool.PolicyParameter;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.TransportParameter;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SendStatus;

/** Builds the control messages that the core sends (RFC 5352 section 2.2). */
public final class ControlWriter {
    /** Octets of a message that an ERROR quotes; the rest tells its sender nothing new. */
    private static final int QUOTED = 1024;
    private static final int LONGEST = 60_000;
    /** Longest element of our own that is told to a registrar; it takes no longer one either. */
    static final int LONGEST_ELEMENT = 4096;

    private final SctpEndpoint endpoint;
    private final ParameterWriter out;
    // COOKIE and COOKIE_ECHO go with every call, so they are built without garbage
    private final byte[] scratch;

    public ControlWriter(final SctpEndpoint endpoint, final AsapConfig config) {
        this.endpoint = endpoint;
        out = new ParameterWriter(LONGEST + LONGEST_ELEMENT);
        scratch = new byte[config.bounds().cookieOctets() + 12];
    }

    /** Where {@link #cookie} leaves its message. */
    byte[] scratch() {
        return scratch;
    }

    /** @param items elements wished for, or {@link HandleResolutionOption#ALL} */
    byte[] handleResolution(final byte[] handle, final boolean subscribe, final int items) {
        out.message(AsapType.HANDLE_RESOLUTION, subscribe ? AsapType.FLAG_SUBSCRIBE : 0)
            .parameter(ParameterType.POOL_HANDLE, handle);
        HandleResolutionOption.write(out, items);
        return message();
    }

    byte[] endpointUnreachable(final byte[] handle, final int id) {
        return ofElement(AsapType.ENDPOINT_UNREACHABLE, handle, id);
    }

    byte[] deregistration(final byte[] handle, final int id) {
        return ofElement(AsapType.DEREGISTRATION, handle, id);
    }

    byte[] keepAliveAck(final byte[] handle, final int id) {
        return ofElement(AsapType.ENDPOINT_KEEP_ALIVE_ACK, handle, id);
    }

    /** @param asapToo our ASAP endpoint is where users reach us */
    byte[] registration(final byte[] handle, final int id, final long lifeNs, final TransportParameter transport,
        final PolicyParameter policy, final boolean asapToo) {
        out.message(AsapType.REGISTRATION, asapToo ? AsapType.FLAG_ASAP_AT_USER_TRANSPORT : 0)
            .parameter(ParameterType.POOL_HANDLE, handle);
        // the field has milliseconds, as every implementation sends and reads it; RFC 5354 section 3.11 says seconds
        out.begin(ParameterType.POOL_ELEMENT).word(id).word(0).word((int) (lifeNs / 1_000_000));
        transport.write(out);
        policy.write(out);
        out.end();
        return message();
    }

    /** BUSINESS_CARD: who may take over from us, the first first. */
    byte[] businessCard(final byte[] handle, final List<PoolElementParameter> successors) {
        begin(AsapType.BUSINESS_CARD, handle);
        for (int i = 0; i < successors.size() && successors.get(i).length() <= out.remaining(); i++) {
            successors.get(i).write(out);
        }
        return message();
    }

    /** ERROR for a message of unknown type that asks to be reported (cause 0x2). */
    byte[] unrecognizedMessage(final byte[] buffer, final int offset, final int length) {
        out.message(AsapType.ERROR, 0).begin(ParameterType.OPERATION_ERROR);
        out.parameter(ErrorCause.UNRECOGNIZED_MESSAGE, Arrays.copyOfRange(buffer, offset,
            offset + Math.min(length, QUOTED)));
        out.end();
        return message();
    }

    /** ERROR for parameters of unknown type that ask to be reported (cause 0x1), one cause each. */
    byte[] unrecognizedParameters(final OperationError error) {
        out.message(AsapType.ERROR, 0);
        error.write(out);
        return message();
    }

    /** Builds COOKIE. @return its octets in {@link #scratch} */
    int cookie(final byte[] cookie, final int offset, final int length) {
        return cookie(AsapType.COOKIE, cookie, offset, length);
    }

    SendStatus sendCookieEcho(final int association, final int stream, final byte[] cookie, final int length,
        final long nowNs) {
        final int octets = cookie(AsapType.COOKIE_ECHO, cookie, 0, length);
        return endpoint.send(association, stream, RegistrarLink.PPID, false, scratch, 0, octets, nowNs);
    }

    private int cookie(final int type, final byte[] cookie, final int offset, final int length) {
        head(0, type << 8, length + 8);
        head(4, ParameterType.COOKIE, length + 4);
        System.arraycopy(cookie, offset, scratch, 8, length);
        int end = 8 + length;
        while ((end & 3) != 0) {
            scratch[end++] = 0;
        }
        return end;
    }

    private void head(final int at, final int type, final int length) {
        scratch[at] = (byte) (type >> 8);
        scratch[at + 1] = (byte) type;
        scratch[at + 2] = (byte) (length >> 8);
        scratch[at + 3] = (byte) length;
    }

    private void begin(final int type, final byte[] handle) {
        out.message(type, 0).parameter(ParameterType.POOL_HANDLE, handle);
    }

    private byte[] ofElement(final int type, final byte[] handle, final int id) {
        begin(type, handle);
        out.begin(ParameterType.PE_IDENTIFIER).word(id).end();
        return message();
    }

    private byte[] message() {
        return Arrays.copyOf(out.buffer(), out.finish());
    }
}
