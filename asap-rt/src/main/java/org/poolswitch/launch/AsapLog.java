// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.launch;

import java.util.List;
import java.util.Locale;
import org.poolswitch.asap.AsapObserver;
import org.poolswitch.observe.ErrorLog;
import org.poolswitch.rserpool.ErrorCause;
import org.poolswitch.rserpool.OperationError;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.sctp.SctpAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator reads of a node's ASAP stack. */
final class AsapLog implements AsapObserver {
    private static final Logger LOG = LoggerFactory.getLogger(AsapLog.class);
    private final ErrorLog errors = new ErrorLog(LOG::warn);

    private static String name(final byte[] handle) {
        return PoolHandle.text(handle);
    }

    private static String hex(final int id) {
        return String.format(Locale.ROOT, "%08x", id);
    }

    @Override
    public void onRegistered(final byte[] poolHandle, final int identifier, final long nowNs) {
        LOG.info("registered in pool {} as element {}", name(poolHandle), hex(identifier));
    }

    @Override
    public void onRegistrationRefused(final byte[] poolHandle, final int cause, final long nowNs) {
        LOG.warn("the registrar refuses this element in pool {}: {}; {}", name(poolHandle), ErrorCause.text(cause),
            advice(cause));
    }

    static String advice(final int cause) {
        return switch (cause) {
            case ErrorCause.NON_UNIQUE_PE_IDENTIFIER -> "another identifier is tried at once";
            case ErrorCause.INCONSISTENT_POLICY ->
                "the pool's first element chose another policy: give all of them the same --policy";
            case ErrorCause.INCONSISTENT_TRANSPORT ->
                "the pool's first element is reached by another transport protocol";
            case ErrorCause.INCONSISTENT_DATA_CONTROL ->
                "the pool's elements have no control channel, or all of them have one";
            case ErrorCause.LACK_OF_RESOURCES -> "the registrar is full; asked again later";
            case ErrorCause.REJECTED_FOR_SECURITY -> "the registrar does not trust this node or its address";
            default -> "asked again later";
        };
    }

    @Override
    public void onRegistrationWarning(final byte[] poolHandle, final int cause, final long nowNs) {
        LOG.warn("the registrar took this element into pool {} and warns: {}", name(poolHandle),
            ErrorCause.text(cause));
    }

    @Override
    public void onHomeChanged(final int serverId, final SctpAddress registrar, final long nowNs) {
        LOG.info("registrar {} at {} took this node over", hex(serverId), registrar);
    }

    @Override
    public void onErrorReport(final List<OperationError.Cause> causes, final long nowNs) {
        errors.report("a peer complains about our ASAP", ErrorCause.text(causes.get(0).code()), nowNs);
    }

    @Override
    public void onUnusableTransport(final byte[] poolHandle, final int transportType, final long nowNs) {
        LOG.warn("no session with pool {} is possible: its elements are reached by {}, sessions need SCTP",
            name(poolHandle), transport(transportType));
    }

    private static String transport(final int type) {
        return switch (type) {
            case ParameterType.DCCP_TRANSPORT -> "DCCP";
            case ParameterType.TCP_TRANSPORT -> "TCP";
            case ParameterType.UDP_TRANSPORT -> "UDP";
            case ParameterType.UDP_LITE_TRANSPORT -> "UDP-Lite";
            case ParameterType.SCTP_TRANSPORT -> "an SCTP transport without port";
            default -> "a transport of their own";
        };
    }
}
