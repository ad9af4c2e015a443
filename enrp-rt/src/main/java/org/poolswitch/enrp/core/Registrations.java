// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.util.Arrays;
import org.poolswitch.asap.wire.AsapType;
import org.poolswitch.observe.Counters;
import org.poolswitch.rserpool.ErrorCause;
import org.poolswitch.rserpool.Handlespace;
import org.poolswitch.rserpool.OperationError;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.rserpool.PolicyParameter;
import org.poolswitch.rserpool.Pool;
import org.poolswitch.rserpool.PoolElementEntry;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.rserpool.TransportParameter;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.runtime.RateLimit;

/** Registration and deregistration (RFC 5352 sections 3.1 and 3.2). */
final class Registrations {
    private final RegistrarConfig config;
    private final Counters counters;
    private final AsapAnswers answers;
    private final Handlespace space;
    private final AsapPeers peers;
    private final AddressRule addresses;
    private final ElementBook book;
    private final ElementWatch watch;

    Registrations(final RegistrarConfig config, final Counters counters, final AsapAnswers answers,
        final Handlespace space, final AsapPeers peers, final ElementBook book, final ElementWatch watch) {
        this.config = config;
        this.counters = counters;
        this.answers = answers;
        this.space = space;
        this.peers = peers;
        this.book = book;
        this.watch = watch;
        addresses = new AddressRule(config, peers);
    }

    private void count(final AsapPeer peer, final long nowNs) {
        peer.registrationsNs = config.rates().registrations().take(peer.registrationsNs, nowNs);
    }

    private boolean isLimited(final PoolElementEntry e, final long nowNs) {
        final RateLimit each = config.rates().elementRegistrations();
        if (!each.allows(e.registrationsNs(), nowNs)) {
            counters.increment(RegistrarCounter.REGISTRATIONS_LIMITED);
            return true;
        }
        e.registrationsNs(each.take(e.registrationsNs(), nowNs));
        return false;
    }

    private PoolElementEntry find(final AsapRequest request, final int identifier) {
        final Pool pool = space.pool(request.buffer(), request.handleAt(), request.handleLength());
        return pool == null ? null : space.find(pool, identifier);
    }

    void onRegistration(final AsapPeer peer, final AsapRequest request, final long nowNs) throws MalformedException {
        request.needHandle();
        final int identifier = request.elementIdentifier();
        final PoolElementEntry known = find(request, identifier);
        // what others say in its name is not the element's: they would keep it from renewing (RFC 5355 section 3)
        if (known != null && known.association() == peer.association && isLimited(known, nowNs)) {
            return;
        }
        count(peer, nowNs);
        final PoolHandle handle = known != null ? known.pool().handle() : request.handle();
        OperationError error = null;
        PoolElementParameter element = null;
        try {
            element = request.element();
            if (element == null) {
                throw new MalformedException("a registration without element");
            }
            error = handle.length() > config.poolHandleOctets()
                ? OperationError.quoting(ErrorCause.INVALID_VALUES,
                    parameter(ParameterType.POOL_HANDLE, handle.octets()))
                : invalid(peer, element);
        } catch (final MalformedException e) {
            if (element != null || !request.unrecognized().isEmpty() || identifier == 0) {
                // no element to name in an answer, or a parameter inside that is reported instead
                throw e;
            }
            error = OperationError.quoting(ErrorCause.INVALID_VALUES, request.wholeElement());
        }
        if (error == null) {
            error = refusal(peer, handle, known, element.withAsapTransport(asapTransport(peer, request, element)),
                nowNs);
        }
        counters.increment(error == null ? RegistrarCounter.REGISTRATIONS : RegistrarCounter.REGISTRATIONS_REJECTED);
        answers.registration(peer.association, handle, identifier, error, nowNs);
    }

    /**
     * Where whoever takes the element over is to call it (RFC 5354 section 3.11): where it called us from, unless it
     * says that it cannot be called there.
     */
    private byte[] asapTransport(final AsapPeer peer, final AsapRequest request, final PoolElementParameter e) {
        return (request.flags() & AsapType.FLAG_ASAP_AT_USER_TRANSPORT) != 0
            && e.transportType() == ParameterType.SCTP_TRANSPORT
            && e.transportUse() == TransportParameter.DATA_PLUS_CONTROL
            ? PeerElements.dataOnly(e.userTransport()) : peers.transport(peer);
    }

    /** Values that no element may have; each is quoted. */
    private OperationError invalid(final AsapPeer peer, final PoolElementParameter e) {
        try {
            new PolicyParameter(e.policy());
        } catch (final MalformedException unusable) {
            return OperationError.quoting(ErrorCause.INVALID_VALUES, parameter(ParameterType.POLICY, e.policy()));
        }
        try {
            final TransportParameter transport = e.transport();
            final boolean nowhere = transport.port() == 0 && transport.type() != ParameterType.OPAQUE_TRANSPORT;
            if (e.identifier() != 0 && e.lifeMillis() != 0 && !nowhere && addresses.allows(peer, transport)) {
                return null;
            }
        } catch (final MalformedException unusable) {
            return OperationError.quoting(ErrorCause.INVALID_VALUES, e.userTransport());
        }
        return OperationError.quoting(ErrorCause.INVALID_VALUES, e.userTransport());
    }

    private static byte[] parameter(final int type, final byte[] value) {
        final ParameterWriter out = new ParameterWriter(value.length + 8).clear().parameter(type, value);
        return Arrays.copyOf(out.buffer(), value.length + 4);
    }

    private OperationError refusal(final AsapPeer peer, final PoolHandle handle, final PoolElementEntry known,
        final PoolElementParameter e, final long nowNs) {
        // the same identifier from somewhere else, while its owner lives or has another home, is somebody else
        if (known != null && known.association() != peer.association
            && (!book.owns(known) || peers.get(known.association()) != null) && !addresses.isSame(peer, known, e)) {
            return OperationError.of(ErrorCause.NON_UNIQUE_PE_IDENTIFIER);
        }
        if ((known == null || known.association() != peer.association)
            && peer.elements() >= config.elementsPerAssociation()) {
            counters.increment(RegistrarCounter.REGISTRATIONS_TOO_MANY);
            return OperationError.of(ErrorCause.LACK_OF_RESOURCES);
        }
        int cause = book.register(peer, handle, known, e, watch.nextKeepAliveNs(nowNs), nowNs);
        if (isInconsistent(cause) && known != null && known.pool().size() == 1) {
            cause = replaceAlone(peer, handle, known, e, nowNs);
        }
        if (cause == 0) {
            watch.forgetReports(known);
            return null;
        }
        return switch (cause) {
            case ErrorCause.INCONSISTENT_POLICY -> OperationError.of(cause, policy(space.pool(handle).first()));
            case ErrorCause.INCONSISTENT_TRANSPORT ->
                OperationError.of(cause, space.pool(handle).first().parameter().userTransport());
            default -> OperationError.of(cause);
        };
    }

    private static boolean isInconsistent(final int cause) {
        return cause == ErrorCause.INCONSISTENT_POLICY || cause == ErrorCause.INCONSISTENT_TRANSPORT
            || cause == ErrorCause.INCONSISTENT_DATA_CONTROL;
    }

    /**
     * RFC 5352 section 3.1 has a re-registration tested against the members that are there: one that is alone in its
     * pool can differ from nobody. Peers hear that it went and came again, for they would refuse the change.
     */
    private int replaceAlone(final AsapPeer peer, final PoolHandle handle, final PoolElementEntry alone,
        final PoolElementParameter e, final long nowNs) {
        if (!book.owns(alone)) {
            book.adoptLeaving(alone);
        }
        book.remove(alone, nowNs);
        counters.increment(RegistrarCounter.POOLS_CHANGED);
        return book.register(peer, handle, null, e, watch.nextKeepAliveNs(nowNs), nowNs);
    }

    /** The pool's policy (RFC 5354 section 3.10.5): of its first element. */
    private static byte[] policy(final PoolElementEntry e) {
        final ParameterWriter out = new ParameterWriter(e.length() + 8).clear();
        e.writePolicy(out);
        return Arrays.copyOf(out.buffer(), out.position());
    }

    void onDeregistration(final AsapPeer peer, final AsapRequest request, final long nowNs)
        throws MalformedException {
        request.needHandle();
        count(peer, nowNs);
        final PoolElementEntry known = find(request, request.identifier());
        int cause = 0;
        // unknown elements are confirmed too, for they are not there, as asked
        if (known != null && !addresses.speaksFor(peer, known)) {
            cause = ErrorCause.REJECTED_FOR_SECURITY;
            counters.increment(RegistrarCounter.DEREGISTRATIONS_REJECTED);
        } else if (known != null) {
            counters.increment(RegistrarCounter.DEREGISTRATIONS);
            if (!book.owns(known)) {
                // its registrar is another one, but it asked us: all are to hear of it
                book.adoptLeaving(known);
            }
            book.remove(known, nowNs);
        }
        answers.deregistration(peer.association, request.handle(), request.identifier(), cause, nowNs);
    }
}
