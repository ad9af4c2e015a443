// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.wire.AsapType;
import org.poolswitch.asap.wire.ServerAnnounce;
import org.poolswitch.observe.Counters;
import org.poolswitch.rserpool.ErrorCause;
import org.poolswitch.rserpool.OperationError;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.PolicyParameter;
import org.poolswitch.rserpool.PolicyType;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sctp.SctpAddress;

/** Takes in what registrars say: answers, keep-alives, announcements. */
public final class RegistrarReader {
    private final AsapConfig config;
    private final Counters counters;
    private final RegistrarLink registrar;
    private final AsapPoolUser user;
    private final ControlWriter writer;
    private final ControlReports reports;
    /** Associations that registrars opened to us. */
    private final Map<Integer, SctpAddress> callers = new HashMap<>();
    private AsapPoolElement element;

    RegistrarReader(final AsapConfig config, final Counters counters, final RegistrarLink registrar,
        final AsapPoolUser user, final ControlWriter writer, final ControlReports reports) {
        this.config = config;
        this.counters = counters;
        this.registrar = registrar;
        this.user = user;
        this.writer = writer;
        this.reports = reports;
    }

    void element(final AsapPoolElement newElement) {
        element = newElement;
    }

    /** A registrar opened an association to us. */
    public void onCall(final int association, final SctpAddress remote) {
        callers.put(association, remote);
    }

    /** Whether {@link #onCall} told of this one. */
    public boolean isCaller(final int association) {
        return callers.containsKey(association);
    }

    /** An association ended. */
    public void onAssociationDown(final int association) {
        callers.remove(association);
        registrar.onStrangerDown(association);
    }

    /** One control message of a registrar. */
    public void onMessage(final int association, final byte[] buffer, final int offset, final int length,
        final long nowNs) {
        final ControlInput m = new ControlInput(association, 0, buffer, offset, length, nowNs);
        try {
            switch (m.type()) {
                case AsapType.REGISTRATION_RESPONSE -> registered(m);
                case AsapType.DEREGISTRATION_RESPONSE -> deregistered(m);
                case AsapType.HANDLE_RESOLUTION_RESPONSE -> resolved(m);
                case AsapType.ENDPOINT_KEEP_ALIVE -> keepAlive(m);
                case AsapType.ERROR -> reports.error(m);
                default -> reports.unexpected(m);
            }
            reports.afterwards(m);
        } catch (final MalformedException e) {
            reports.malformed(m);
        }
    }

    /** First cause of the Operation Error that may come now, or -1. */
    private static int cause(final ControlInput m) throws MalformedException {
        if (!m.optional(ParameterType.OPERATION_ERROR)) {
            return -1;
        }
        final int cause = OperationError.read(m.in().value()).code();
        m.rest();
        return cause;
    }

    /** REGISTRATION_RESPONSE (RFC 5352 section 2.2.3); an error without the R bit is a warning. */
    private void registered(final ControlInput m) throws MalformedException {
        m.begin(4);
        final byte[] handle = m.handle();
        m.mandatory(ParameterType.PE_IDENTIFIER);
        final int id = m.in().word();
        final int cause = cause(m);
        if (element == null) {
            counters.increment(AsapCounter.UNEXPECTED);
        } else if (m.flag(AsapType.FLAG_REJECTED)) {
            element.registrations().onRefused(handle, id, Math.max(ErrorCause.UNSPECIFIED, cause), m.nowNs);
        } else {
            element.registrations().onAccepted(handle, id, cause, m.nowNs);
        }
    }

    private void deregistered(final ControlInput m) throws MalformedException {
        m.begin(4);
        final byte[] handle = m.handle();
        m.mandatory(ParameterType.PE_IDENTIFIER);
        final int id = m.in().word();
        if (cause(m) >= 0) {
            // a deregistration that was refused is repeated by its timer, and then forgotten
            return;
        }
        if (element == null) {
            counters.increment(AsapCounter.UNEXPECTED);
        } else {
            element.registrations().onDeregistered(handle, id, m.nowNs);
        }
    }

    private void resolved(final ControlInput m) throws MalformedException {
        m.begin(4);
        final byte[] handle = m.handle();
        // absent means Round Robin (RFC 5352 section 2.2.6)
        PolicyParameter policy = PolicyParameter.of(PolicyType.ROUND_ROBIN);
        final List<PoolElementParameter> elements = new ArrayList<>();
        while (m.in().next()) {
            switch (m.in().type()) {
                case ParameterType.OPERATION_ERROR -> {
                    final int cause = OperationError.read(m.in().value()).code();
                    m.rest();
                    user.pools().onUnresolved(handle, cause == ErrorCause.UNKNOWN_POOL_HANDLE, m.nowNs);
                    return;
                }
                case ParameterType.POLICY -> policy = new PolicyParameter(m.in().bytes());
                case ParameterType.POOL_ELEMENT ->
                    elements.add(PoolElementParameter.read(m.in().value(), m.unrecognized()));
                default -> m.unknown();
            }
        }
        if (elements.isEmpty()) {
            user.pools().onUnresolved(handle, true, m.nowNs);
        } else {
            // a subscription with the standby ends with our interest in it
            user.pools().onResolved(handle, policy, elements, m.flag(AsapType.FLAG_ACCEPTED)
                && registrar.isHome(m.association), m.nowNs);
        }
    }

    /**
     * ENDPOINT_KEEP_ALIVE (RFC 5352 section 3.4): answered if the handle is one of ours. RSPLIB names the element too;
     * a name that is not ours is not answered for.
     */
    void keepAlive(final ControlInput m) throws MalformedException {
        m.begin(8);
        final byte[] handle = m.handle();
        final boolean named = m.optional(ParameterType.PE_IDENTIFIER);
        final int id = named ? m.in().word() : 0;
        m.rest();
        final Registration r = element == null ? null : element.registrations().find(handle);
        if (r == null || r.leaving() || named && r.identifier() != id) {
            counters.increment(AsapCounter.UNEXPECTED);
            return;
        }
        counters.increment(AsapCounter.KEEP_ALIVES);
        reports.send(m, writer.keepAliveAck(handle, r.identifier()));
        if (m.flag(AsapType.FLAG_HOME)) {
            adopt(m.association, m.word(4), r, m.nowNs);
        }
    }

    /** The H bit: the sender is our home from now on, if it is believed. */
    private void adopt(final int association, final int serverId, final Registration r, final long nowNs) {
        final SctpAddress called = callers.get(association);
        final SctpAddress remote = called != null ? called : element.remote(association);
        final boolean change = !registrar.isHome(association);
        if (!registrar.adopt(association, serverId, remote, nowNs)) {
            // a home that lives answers a renewal; it is also how a home learns that it is one still
            r.tell(nowNs);
        } else if (change) {
            onAdopted(association, serverId, nowNs);
        }
    }

    /** An association that somebody opened to us is the one with our home. */
    public void onAdopted(final int association, final int serverId, final long nowNs) {
        callers.remove(association);
        element.onUserIsRegistrar(association, nowNs);
        user.pools().onHomeMoved(nowNs);
        reports.observer().onHomeChanged(serverId, registrar.homeAddress(), nowNs);
    }

    /** A datagram in the registrars' multicast group: SERVER_ANNOUNCE. */
    public void onAnnouncement(final byte[] buffer, final int offset, final int length,
        final InetSocketAddress source, final long nowNs) {
        try {
            final ServerAnnounce announce = ServerAnnounce.read(buffer, offset, length);
            counters.increment(AsapCounter.ANNOUNCEMENTS);
            final SctpAddress at = announce.address(source, config.encapsulationPort());
            if (at == null) {
                counters.increment(AsapCounter.UNEXPECTED);
            } else {
                registrar.onAnnounce(announce.serverId(), at, nowNs);
            }
        } catch (final MalformedException e) {
            counters.increment(AsapCounter.MALFORMED);
        }
    }
}
