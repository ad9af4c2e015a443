// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.util.Arrays;
import java.util.List;
import org.poolswitch.asap.wire.AsapType;
import org.poolswitch.rserpool.ErrorCause;
import org.poolswitch.rserpool.OperationError;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.rserpool.PeIdentifier;
import org.poolswitch.rserpool.Pool;
import org.poolswitch.rserpool.PoolElementEntry;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SendStatus;

/** The ASAP messages that a registrar sends (RFC 5352 section 2.2). */
final class AsapAnswers {
    private static final int PPID_ASAP = 11;
    private static final int LONGEST = 64_000;
    /** Octets of a message that an ERROR quotes; the rest tells its sender nothing new. */
    private static final int QUOTED = 1024;

    private final SctpEndpoint endpoint;
    private final int serverId;
    private final ParameterWriter out = new ParameterWriter(LONGEST);

    AsapAnswers(final SctpEndpoint endpoint, final int serverId) {
        this.endpoint = endpoint;
        this.serverId = serverId;
    }

    int serverId() {
        return serverId;
    }

    private SendStatus send(final int association, final long nowNs) {
        final int length = out.finish();
        return endpoint.send(association, 0, PPID_ASAP, false, out.buffer(), 0, length, nowNs);
    }

    /** REGISTRATION_RESPONSE; {@code error} null = accepted. */
    void registration(final int association, final PoolHandle handle, final int element, final OperationError error,
        final long nowNs) {
        out.message(AsapType.REGISTRATION_RESPONSE, error == null ? 0 : AsapType.FLAG_REJECTED);
        handle.write(out);
        PeIdentifier.write(out, element);
        if (error != null) {
            error.write(out);
        }
        send(association, nowNs);
    }

    /** DEREGISTRATION_RESPONSE; {@code cause} 0 = done. */
    void deregistration(final int association, final PoolHandle handle, final int element, final int cause,
        final long nowNs) {
        out.message(AsapType.DEREGISTRATION_RESPONSE, 0);
        handle.write(out);
        PeIdentifier.write(out, element);
        if (cause != 0) {
            OperationError.of(cause).write(out);
        }
        send(association, nowNs);
    }

    /** HANDLE_RESOLUTION_RESPONSE with the first {@code n} elements; those that do not fit as a whole are left out. */
    void resolution(final int association, final Pool pool, final PoolElementEntry[] elements, final int n,
        final boolean subscribed, final long nowNs) {
        final int needed = PoolElementEntry.asapLength(elements, n);
        out.message(AsapType.HANDLE_RESOLUTION_RESPONSE, subscribed ? AsapType.FLAG_ACCEPTED : 0);
        pool.handle().write(out);
        // RSPLIB wants the policy even where RFC 5352 section 2.2.6 allows to leave it out (Round Robin)
        elements[0].writePolicy(out);
        final boolean allFit = needed <= out.remaining();
        for (int i = 0; i < n && (allFit || elements[i].length() <= out.remaining()); i++) {
            elements[i].writeAsap(out);
        }
        send(association, nowNs);
    }

    /** HANDLE_RESOLUTION_RESPONSE for a pool that nobody is in. RSPLIB wants the error right behind the handle. */
    void unknownPool(final int association, final PoolHandle handle, final boolean subscribed, final long nowNs) {
        out.message(AsapType.HANDLE_RESOLUTION_RESPONSE, subscribed ? AsapType.FLAG_ACCEPTED : 0);
        handle.write(out);
        OperationError.of(ErrorCause.UNKNOWN_POOL_HANDLE).write(out);
        send(association, nowNs);
    }

    /** ENDPOINT_KEEP_ALIVE; RSPLIB adds the PE identifier and answers once for it, so we do too. */
    SendStatus keepAlive(final PoolElementEntry e, final boolean home, final long nowNs) {
        out.message(AsapType.ENDPOINT_KEEP_ALIVE, home ? AsapType.FLAG_HOME : 0).word(serverId);
        e.pool().handle().write(out);
        PeIdentifier.write(out, e.identifier());
        return send(e.association(), nowNs);
    }

    /** ERROR for a message of unknown type (cause 0x2). */
    void unrecognizedMessage(final int association, final byte[] buffer, final int offset, final int length,
        final long nowNs) {
        out.message(AsapType.ERROR, 0);
        OperationError.of(ErrorCause.UNRECOGNIZED_MESSAGE,
            Arrays.copyOfRange(buffer, offset, offset + Math.min(length, QUOTED))).write(out);
        send(association, nowNs);
    }

    /** ERROR for parameters that ask to be reported (cause 0x1), one cause each, as far as they fit. */
    void unrecognizedParameters(final int association, final List<byte[]> parameters, final long nowNs) {
        final OperationError error = OperationError.unrecognizedParameters(parameters);
        if (error != null) {
            out.message(AsapType.ERROR, 0);
            error.write(out);
            send(association, nowNs);
        }
    }
}
