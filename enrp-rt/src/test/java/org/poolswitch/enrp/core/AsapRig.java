// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.poolswitch.asap.wire.AsapType;
import org.poolswitch.observe.Counters;
import org.poolswitch.rserpool.ParameterReader;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.rserpool.PeIdentifier;
import org.poolswitch.rserpool.PolicyParameter;
import org.poolswitch.rserpool.PolicyType;
import org.poolswitch.rserpool.PoolElementEntry;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.rserpool.SelectionPolicies;
import org.poolswitch.rserpool.TransportParameter;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.PathState;
import org.poolswitch.sctp.PathStatus;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sim.UnwiredEndpoint;

/** A registrar's ASAP half with an endpoint that only remembers; association n comes from 10.0.0.n. */
final class AsapRig extends UnwiredEndpoint {
    static final int SERVER = 0x11111111;
    static final PoolHandle GWC = PoolHandle.of("gwc");
    static final long MS = 1_000_000L;

    /** A message that the registrar sent. */
    record Sent(int association, byte[] octets) {
        int type() {
            return octets[0];
        }

        int flags() {
            return octets[1];
        }

        /** Values of all parameters of one type, in order. */
        List<ByteBuffer> all(final int parameter) {
            final List<ByteBuffer> found = new ArrayList<>();
            final int start = type() == AsapType.ENDPOINT_KEEP_ALIVE ? 8 : 4;
            final ParameterReader in = new ParameterReader(ByteBuffer.wrap(octets, start, octets.length - start)
                .slice());
            try {
                while (in.next()) {
                    if (in.type() == parameter) {
                        found.add(in.value());
                    }
                }
            } catch (final MalformedException e) {
                throw new AssertionError(e);
            }
            return found;
        }

        /** Identifiers of the elements it names. */
        List<Integer> elements() {
            return all(ParameterType.POOL_ELEMENT).stream().map(v -> v.getInt(0)).toList();
        }

        /** First cause of its operation error, -1 if it has none. */
        int cause() {
            final List<ByteBuffer> errors = all(ParameterType.OPERATION_ERROR);
            return errors.isEmpty() ? -1 : errors.get(0).getShort(0);
        }
    }

    final Counters counters = new Counters(RegistrarCounter.class);
    final AsapServer server;
    final Deque<Sent> sent = new ArrayDeque<>();
    final Map<Integer, SctpAddress> remotes = new HashMap<>();
    final List<Integer> connected = new ArrayList<>();
    final List<Integer> shut = new ArrayList<>();
    /** It calls from the port it listens on: one association with each remote port. */
    boolean ownPort;
    long nowNs = 1_000_000 * MS;

    AsapRig(final RegistrarConfig config) {
        server = new AsapServer(config, SERVER, this, new SplittableRandom(1), SelectionPolicies.standard(), counters);
    }

    static InetAddress ip(final String text) {
        try {
            return InetAddress.getByName(text);
        } catch (final UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** A registrar is taken over: all its elements are ours, as a mesh does it. */
    void adoptAll(final int homeServer) {
        final List<PoolElementEntry> all = new ArrayList<>();
        for (PoolElementEntry e = server.handlespace().firstOwned(homeServer); e != null; e = e.nextOwned()) {
            all.add(e);
        }
        all.forEach(e -> server.adopt(e, nowNs));
    }

    AsapRig up(final int association) {
        remotes.put(association, SctpAddress.of(ip("10.0.0." + association), 2905, 9899));
        server.onAssociationUp(association, remotes.get(association), true, 10, 10, nowNs);
        return this;
    }

    void down(final int association) {
        remotes.remove(association);
        server.onAssociationDown(association, DownCause.values()[0], List.of(), nowNs);
    }

    static PoolElementParameter element(final int id, final String host, final int policy, final int... values) {
        return new PoolElementParameter(id, 0, 60_000, TransportParameter.sctp(2905, 1, List.of(ip(host))).octets(),
            PolicyParameter.of(policy, values).value());
    }

    static PoolElementParameter element(final int id, final int association) {
        return element(id, "10.0.0." + association, PolicyType.ROUND_ROBIN);
    }

    /** Hands in a message and returns the answer, or null. */
    Sent ask(final int association, final int type, final int flags, final Consumer<ParameterWriter> body) {
        sent.clear();
        final ParameterWriter out = new ParameterWriter(70_000).message(type, flags);
        body.accept(out);
        final int length = out.finish();
        server.onMessage(association, 0, 11, false, out.buffer(), 0, length, nowNs);
        return sent.peek();
    }

    Sent register(final int association, final PoolHandle handle, final PoolElementParameter element) {
        return ask(association, AsapType.REGISTRATION, 0, out -> {
            handle.write(out);
            element.write(out);
        });
    }

    Sent register(final int association, final int id) {
        return register(association, GWC, element(id, association));
    }

    Sent ofElement(final int association, final int type, final int id) {
        return ask(association, type, 0, out -> {
            GWC.write(out);
            PeIdentifier.write(out, id);
        });
    }

    Sent resolve(final int association, final int flags) {
        return ask(association, AsapType.HANDLE_RESOLUTION, flags, GWC::write);
    }

    /** Lets time pass; every deadline is served when it comes. */
    List<Sent> pass(final long ns) {
        sent.clear();
        final long end = nowNs + ns;
        while (server.nextDeadlineNs() <= end) {
            nowNs = Math.max(nowNs, server.nextDeadlineNs());
            server.onDeadline(nowNs);
        }
        nowNs = end;
        return List.copyOf(sent);
    }

    long count(final RegistrarCounter counter) {
        return counters.get(counter);
    }

    // ---- the endpoint -------------------------------------------------------------------------------------------

    @Override
    public SendStatus send(final int association, final int stream, final int ppid, final boolean unordered,
        final long lifetimeNs, final byte[] buffer, final int offset, final int length, final long atNs) {
        if (!remotes.containsKey(association)) {
            return SendStatus.CLOSED;
        }
        sent.add(new Sent(association, Arrays.copyOfRange(buffer, offset, offset + length)));
        return SendStatus.ACCEPTED;
    }

    @Override
    public int associationWith(final SctpAddress remote) {
        return remotes.keySet().stream().filter(a -> ownPort && remotes.get(a).equals(remote)).findAny().orElse(0);
    }

    @Override
    public int connect(final SctpAddress remote, final long atNs) {
        if (associationWith(remote) != 0) {
            return CONNECT_IN_USE;
        }
        final int association = 100 + connected.size();
        connected.add(association);
        remotes.put(association, remote);
        return association;
    }

    @Override
    public List<PathStatus> paths(final int association) {
        return remotes.get(association).hosts().stream().map(h -> new PathStatus(h, h, 0, PathState.values()[0], true,
            0, 0, 0, 0, 0)).toList();
    }

    @Override
    public void shutdown(final int association, final long atNs) {
        shut.add(association);
    }

    @Override
    public SctpAddress localAddress() {
        return SctpAddress.of(ip("10.0.0.200"), 3863, 9899);
    }
}
