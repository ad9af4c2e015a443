// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.tool;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.poolswitch.asap.wire.AsapType;
import org.poolswitch.rserpool.ErrorCause;
import org.poolswitch.rserpool.ParameterReader;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.PolicyType;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;

/** One handle resolution (RFC 5352 section 3.3). */
final class ResolveQuery extends RegistrarQuery {
    private static final int PPID_ASAP = 11;

    private final byte[] handle;
    private final int items;
    private final List<PoolElementParameter> elements = new ArrayList<>();
    // absent means Round Robin (RFC 5352 section 2.2.6)
    private byte[] policy = ByteBuffer.allocate(4).putInt(PolicyType.ROUND_ROBIN).array();
    private String refusal;
    private boolean unknown;

    /** @param items how many elements are wanted, or 0 for as many as the registrar likes to name */
    ResolveQuery(final SctpEndpoint endpoint, final List<SctpAddress> registrars, final byte[] handle,
        final int items, final long timeoutNs, final Runnable over) {
        super(endpoint, registrars, PPID_ASAP, timeoutNs, over);
        this.handle = handle.clone();
        this.items = items;
    }

    @Override
    void ask(final long nowNs) {
        handle(out.message(AsapType.HANDLE_RESOLUTION, 0), handle);
        if (items > 0) {
            out.begin(ParameterType.HANDLE_RESOLUTION_OPTION).word(items).end();
        }
        send(nowNs);
    }

    @Override
    void onMessage(final int type, final int flags, final ByteBuffer body, final long nowNs)
        throws MalformedException {
        if (type != AsapType.HANDLE_RESOLUTION_RESPONSE) {
            return;
        }
        final ParameterReader in = new ParameterReader(body);
        boolean ours = false;
        while (in.next()) {
            switch (in.type()) {
                case ParameterType.POOL_HANDLE -> ours = Arrays.equals(in.bytes(), handle);
                case ParameterType.POLICY -> policy = in.bytes();
                case ParameterType.POOL_ELEMENT -> elements.add(PoolElementParameter.read(in.value()));
                case ParameterType.OPERATION_ERROR -> refusal(in.value());
                default -> {
                    if (!in.skipUnknown()) {
                        throw new MalformedException("a parameter that may not be skipped");
                    }
                }
            }
        }
        if (!ours) {
            throw new MalformedException("an answer to something else");
        }
        done(nowNs);
    }

    private void refusal(final ByteBuffer operationError) throws MalformedException {
        final ParameterReader causes = new ParameterReader(operationError.duplicate());
        unknown = causes.next() && causes.type() == ErrorCause.UNKNOWN_POOL_HANDLE;
        refusal = cause(operationError);
    }

    /** Why the registrar named nobody, or null. */
    String refusal() {
        return refusal;
    }

    /** The pool is not known, or it is empty. */
    boolean unknown() {
        return unknown || refusal == null && elements.isEmpty();
    }

    /** The pool's policy: its type, then fields that mean nothing. */
    byte[] policy() {
        return policy.clone();
    }

    /** Who is in the pool, in the order of the answer. */
    List<PoolElementParameter> elements() {
        return elements;
    }
}
