// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.wire.AsapType;
import org.poolswitch.asap.wire.ServerAnnounce;
import org.poolswitch.observe.Counters;
import org.poolswitch.rserpool.ErrorCause;
import org.poolswitch.rserpool.ParameterReader;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.PolicyType;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;

/**
 * Takes control messages in and hands each to the part it concerns. What is malformed is counted and dropped, what is
 * unknown is dropped or reported as its type's high bits say (RFC 5354 section 3).
 */
public final class ControlReader {
    private final AsapConfig config;
    private final SctpEndpoint endpoint;
    private final Counters counters;
    private final RegistrarLink registrar;
    private final AsapPoolUser user;
    private final ControlWriter writer;
    /** Associations that registrars opened to us. */
    private final Map<Integer, SctpAddress> registrars = new HashMap<>();
    private AsapPoolElement element;

    public ControlReader(final AsapConfig config, final SctpEndpoint endpoint, final Counters counters,
        final RegistrarLink registrar, final AsapPoolUser user, final ControlWriter writer) {
        this.config = config;
        this.endpoint = endpoint;
        this.counters = counters;
        this.registrar = registrar;
        this.user = user;
        this.writer = writer;
    }

    public void element(final AsapPoolElement newElement) {
        element = newElement;
    }

    public void onRegistrarCame(final int association, final SctpAddress remote) {
        registrars.put(association, remote);
    }

    public boolean isRegistrar(final int association) {
        return registrars.containsKey(association);
    }

    public void onAssociationDown(final int association) {
        registrars.remove(association);
    }

    /** From an element that we use: COOKIE, BUSINESS_CARD. */
    public void fromElement(final int association, final int stream, final byte[] buffer, final int offset,
        final int length, final long nowNs) {
        try {
            final ParameterReader in = parameters(buffer, offset, length);
            switch (buffer[offset]) {
                case AsapType.COOKIE -> {
                    final ByteBuffer c = mandatory(in, ParameterType.COOKIE);
                    user.onCookie(association, stream, c.array(), c.arrayOffset(), c.limit(), nowNs);
                }
                case AsapType.BUSINESS_CARD -> businessCard(association, in);
                default -> other(association, buffer, offset, length, nowNs);
            }
            report(association, in, nowNs);
        } catch (final MalformedException e) {
            counters.increment(AsapCounter.MALFORMED);
        }
    }

    /** From a user of our element: COOKIE_ECHO; a registrar that is not in our list may ask too. */
    public void fromUser(final int association, final int stream, final byte[] buffer, final int offset,
        final int length, final long nowNs) {
        try {
            final ParameterReader in = parameters(buffer, offset, length);
            switch (buffer[offset]) {
                case AsapType.COOKIE_ECHO -> {
                    final ByteBuffer c = mandatory(in, ParameterType.COOKIE);
                    if (c.limit() > config.bounds().cookieOctets()) {
                        throw new MalformedException("a cookie longer than we ever send");
                    }
                    element.onCookieEcho(association, stream, c.array(), c.arrayOffset(), c.limit(), nowNs);
                }
                case AsapType.ENDPOINT_KEEP_ALIVE -> keepAlive(association, buffer, offset, length, nowNs);
                case AsapType.BUSINESS_CARD -> {
                    // a user that is an element itself may send one; it calls us, not we it
                    mandatory(in, ParameterType.POOL_HANDLE);
                }
                default -> other(association, buffer, offset, length, nowNs);
            }
            report(association, in, nowNs);
        } catch (final MalformedException e) {
            counters.increment(AsapCounter.MALFORMED);
        }
    }

    /** From a registrar: answers, and keep-alives. */
    public void fromRegistrar(final int association, final byte[] buffer, final int offset, final int length,
        final long nowNs) {
        try {
            final ParameterReader in = parameters(buffer, offset, length);
            switch (buffer[offset]) {
                case AsapType.REGISTRATION_RESPONSE, AsapType.DEREGISTRATION_RESPONSE ->
                    registered(buffer[offset], buffer[offset + 1], in, nowNs);
                case AsapType.HANDLE_RESOLUTION_RESPONSE -> resolved(association, buffer[offset + 1], in, nowNs);
                case AsapType.ENDPOINT_KEEP_ALIVE -> keepAlive(association, buffer, offset, length, nowNs);
                case AsapType.ERROR -> counters.increment(AsapCounter.ERRORS);
                default -> other(association, buffer, offset, length, nowNs);
            }
            report(association, in, nowNs);
        } catch (final MalformedException e) {
            counters.increment(AsapCounter.MALFORMED);
        }
    }

    private void registered(final int type, final int flags, final ParameterReader in, final long nowNs)
        throws MalformedException {
        final byte[] handle = handle(in);
        mandatory(in, ParameterType.PE_IDENTIFIER);
        final int id = in.word();
        boolean error = false;
        while (in.next()) {
            if (in.type() == ParameterType.OPERATION_ERROR) {
                error = true;
            } else if (!in.skipUnknown()) {
                throw new MalformedException("a response with a parameter that may not be skipped");
            }
        }
        if (element == null) {
            counters.increment(AsapCounter.UNEXPECTED);
        } else if (type == AsapType.REGISTRATION_RESPONSE) {
            element.onRegistered(handle, id, (flags & AsapType.FLAG_REJECTED) != 0, nowNs);
        } else if (!error) {
            // a deregistration that was refused is repeated by its timer, and then forgotten
            element.onDeregistered(handle, id, nowNs);
        }
    }

    private void resolved(final int association, final int flags, final ParameterReader in, final long nowNs)
        throws MalformedException {
        final byte[] handle = handle(in);
        // absent means Round Robin (RFC 5352 section 2.2.6)
        int policy = PolicyType.ROUND_ROBIN;
        final List<ResolvedElement> elements = new ArrayList<>();
        while (in.next()) {
            switch (in.type()) {
                case ParameterType.OPERATION_ERROR -> {
                    final ParameterReader cause = new ParameterReader(in.value());
                    final boolean unknown = cause.next() && cause.type() == ErrorCause.UNKNOWN_POOL_HANDLE;
                    user.pools().onUnresolved(handle, unknown, nowNs);
                    return;
                }
                case ParameterType.POLICY -> policy = in.word();
                case ParameterType.POOL_ELEMENT -> {
                    final ResolvedElement e = ResolvedElement.of(PoolElementParameter.read(in.value()),
                        config.encapsulationPort());
                    if (e == null) {
                        counters.increment(AsapCounter.UNEXPECTED);
                    } else {
                        elements.add(e);
                    }
                }
                default -> {
                    if (!in.skipUnknown()) {
                        throw new MalformedException("a resolution with a parameter that may not be skipped");
                    }
                }
            }
        }
        if (elements.isEmpty()) {
            user.pools().onUnresolved(handle, true, nowNs);
        } else {
            // a subscription with the standby ends with our interest in it
            user.pools().onResolved(handle, policy, elements, (flags & AsapType.FLAG_ACCEPTED) != 0
                && registrar.isHome(association), nowNs);
        }
    }

    private void businessCard(final int association, final ParameterReader in) throws MalformedException {
        mandatory(in, ParameterType.POOL_HANDLE);
        final int[] ids = new int[config.bounds().elementsPerPool()];
        int n = 0;
        while (in.next()) {
            if (in.type() == ParameterType.POOL_ELEMENT) {
                final int id = PoolElementParameter.read(in.value()).identifier();
                if (n < ids.length) {
                    ids[n++] = id;
                }
            } else if (!in.skipUnknown()) {
                throw new MalformedException("a business card with a parameter that may not be skipped");
            }
        }
        user.onBusinessCard(association, Arrays.copyOf(ids, n));
    }

    /** ENDPOINT_KEEP_ALIVE (RFC 5352 section 3.4); its server identifier stands in front of the parameters. */
    private void keepAlive(final int association, final byte[] buffer, final int offset, final int length,
        final long nowNs) throws MalformedException {
        if (length < 8) {
            throw new MalformedException("a keep-alive without server identifier");
        }
        final ParameterReader in = new ParameterReader(body(buffer, offset, length, 8));
        final byte[] handle = handle(in);
        if (element == null || !element.answersKeepAlive(handle)) {
            counters.increment(AsapCounter.UNEXPECTED);
            return;
        }
        counters.increment(AsapCounter.KEEP_ALIVES);
        send(association, writer.keepAliveAck(handle, element.identifier()), nowNs);
        if ((buffer[offset + 1] & AsapType.FLAG_HOME) != 0) {
            adopt(association, ByteBuffer.wrap(buffer, offset + 4, 4).getInt(), nowNs);
        }
    }

    /** The H bit: the sender is our home from now on (RFC 5352 section 3.4). */
    private void adopt(final int association, final int serverId, final long nowNs) {
        final SctpAddress called = registrars.get(association);
        final SctpAddress remote = called != null ? called : element.remote(association);
        if (registrar.adopt(association, serverId, remote, nowNs)) {
            registrars.remove(association);
            element.onUserIsRegistrar(association, nowNs);
        }
    }

    /** A datagram in the registrars' multicast group. */
    public void fromGroup(final byte[] buffer, final int offset, final int length, final InetSocketAddress source,
        final long nowNs) {
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

    private void other(final int association, final byte[] buffer, final int offset, final int length,
        final long nowNs) {
        final int type = buffer[offset] & 0xff;
        counters.increment(AsapCounter.UNEXPECTED);
        if (type >> 6 == 1) {
            send(association, writer.unrecognizedMessage(buffer, offset, length), nowNs);
        }
    }

    private void report(final int association, final ParameterReader in, final long nowNs) {
        if (!in.unrecognized().isEmpty()) {
            send(association, writer.unrecognizedParameters(in.unrecognized()), nowNs);
        }
    }

    private void send(final int association, final byte[] message, final long nowNs) {
        endpoint.send(association, 0, RegistrarLink.PPID, false, message, 0, message.length, nowNs);
    }

    private static ParameterReader parameters(final byte[] buffer, final int offset, final int length)
        throws MalformedException {
        return new ParameterReader(body(buffer, offset, length, 4));
    }

    private static ByteBuffer body(final byte[] buffer, final int offset, final int length, final int header)
        throws MalformedException {
        if (length < 4) {
            throw new MalformedException("shorter than a message header");
        }
        final int said = (buffer[offset + 2] & 0xff) << 8 | buffer[offset + 3] & 0xff;
        if (said < header || said > length) {
            throw new MalformedException("a message longer than what came");
        }
        return ByteBuffer.wrap(buffer, offset + header, said - header);
    }

    private static byte[] handle(final ParameterReader in) throws MalformedException {
        final ByteBuffer value = mandatory(in, ParameterType.POOL_HANDLE);
        if (value.limit() < 1 || value.limit() > PoolHandle.LONGEST) {
            throw new MalformedException("a pool handle has 1 to 32 octets");
        }
        return in.bytes();
    }

    /** Goes to a parameter that must come now; unknown ones before it are treated as their type says. */
    private static ByteBuffer mandatory(final ParameterReader in, final int type) throws MalformedException {
        while (in.next()) {
            if (in.type() == type) {
                return in.value();
            }
            if (in.type() <= ParameterType.PE_CHECKSUM || !in.skipUnknown()) {
                throw new MalformedException("another parameter where a mandatory one belongs");
            }
        }
        throw new MalformedException("a mandatory parameter is missing");
    }
}
