// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.nio.ByteBuffer;
import java.util.List;
import org.poolswitch.asap.wire.AsapType;
import org.poolswitch.rserpool.ErrorCause;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.sctp.SctpEndpoint;

/** The ASAP messages that a registrar sends (RFC 5352 section 2.2). */
final class AsapAnswers {
    private static final int PPID_ASAP = 11;
    private static final int LONGEST = 60_000;
    private static final byte[] NOTHING = new byte[0];

    private final SctpEndpoint endpoint;
    private final int serverId;
    private final ParameterWriter out = new ParameterWriter(LONGEST + 4096);

    AsapAnswers(final SctpEndpoint endpoint, final int serverId) {
        this.endpoint = endpoint;
        this.serverId = serverId;
    }

    int serverId() {
        return serverId;
    }

    private void send(final int association, final long nowNs) {
        final int length = out.finish();
        endpoint.send(association, 0, PPID_ASAP, false, out.buffer(), 0, length, nowNs);
    }

    private void handle(final PoolHandle handle) {
        out.parameter(ParameterType.POOL_HANDLE, handle.octets());
    }

    private void identifier(final int element) {
        out.begin(ParameterType.PE_IDENTIFIER).word(element).end();
    }

    private void error(final int cause, final byte[] info) {
        out.begin(ParameterType.OPERATION_ERROR).begin(cause).bytes(info).end().end();
    }

    /** REGISTRATION_RESPONSE; {@code cause} 0 = accepted. */
    void registration(final int association, final PoolHandle handle, final int element, final int cause,
        final byte[] info, final long nowNs) {
        out.message(AsapType.REGISTRATION_RESPONSE, cause == 0 ? 0 : AsapType.FLAG_REJECTED);
        handle(handle);
        identifier(element);
        if (cause != 0) {
            error(cause, info);
        }
        send(association, nowNs);
    }

    /** DEREGISTRATION_RESPONSE. */
    void deregistration(final int association, final PoolHandle handle, final int element, final long nowNs) {
        out.message(AsapType.DEREGISTRATION_RESPONSE, 0);
        handle(handle);
        identifier(element);
        send(association, nowNs);
    }

    /** HANDLE_RESOLUTION_RESPONSE with elements, as many as fit. */
    void resolution(final int association, final Pool pool, final List<OwnedElement> elements, final long nowNs) {
        out.message(AsapType.HANDLE_RESOLUTION_RESPONSE, 0);
        handle(pool.handle);
        // RSPLIB wants the policy even where RFC 5352 section 2.2.6 allows to leave it out (Round Robin)
        out.parameter(ParameterType.POLICY, elements.get(0).parameter.policy());
        for (final OwnedElement element : elements) {
            if (out.remaining() < 4096) {
                break;
            }
            element.parameter.write(out);
        }
        send(association, nowNs);
    }

    /** HANDLE_RESOLUTION_RESPONSE for a pool that nobody is in. */
    void unknownPool(final int association, final PoolHandle handle, final long nowNs) {
        out.message(AsapType.HANDLE_RESOLUTION_RESPONSE, 0);
        handle(handle);
        error(ErrorCause.UNKNOWN_POOL_HANDLE, NOTHING);
        send(association, nowNs);
    }

    /** ENDPOINT_KEEP_ALIVE; RSPLIB adds the PE identifier and answers once for it, so we do too. */
    void keepAlive(final int association, final PoolHandle handle, final int element, final long nowNs) {
        out.message(AsapType.ENDPOINT_KEEP_ALIVE, 0).word(serverId);
        handle(handle);
        identifier(element);
        send(association, nowNs);
    }

    /** ERROR for a message of unknown type (cause 0x2). */
    void unrecognizedMessage(final int association, final ByteBuffer message, final int length, final long nowNs) {
        final byte[] whole = new byte[Math.min(length, 1024)];
        message.get(0, whole);
        out.message(AsapType.ERROR, 0);
        error(ErrorCause.UNRECOGNIZED_MESSAGE, whole);
        send(association, nowNs);
    }

    /** ERROR for parameters that ask to be reported (cause 0x1), one cause each. */
    void unrecognizedParameters(final int association, final List<byte[]> parameters, final long nowNs) {
        out.message(AsapType.ERROR, 0).begin(ParameterType.OPERATION_ERROR);
        for (final byte[] parameter : parameters) {
            out.begin(ErrorCause.UNRECOGNIZED_PARAMETER).bytes(parameter).end();
        }
        out.end();
        send(association, nowNs);
    }
}
