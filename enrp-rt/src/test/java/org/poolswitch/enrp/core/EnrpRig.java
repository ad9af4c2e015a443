// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.poolswitch.asap.wire.AsapType;
import org.poolswitch.enrp.wire.EnrpMessage;
import org.poolswitch.enrp.wire.EnrpReader;
import org.poolswitch.enrp.wire.EnrpType;
import org.poolswitch.enrp.wire.HandleTableRequest;
import org.poolswitch.enrp.wire.HandleTableResponse;
import org.poolswitch.enrp.wire.HandleUpdate;
import org.poolswitch.enrp.wire.Presence;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.rserpool.PolicyType;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.rserpool.SelectionPolicies;
import org.poolswitch.rserpool.ServerInformation;
import org.poolswitch.rserpool.TransportParameter;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.PathState;
import org.poolswitch.sctp.PathStatus;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sim.UnwiredEndpoint;

/** A whole registrar whose peers, elements and users a test plays, message by message, in virtual time. */
final class EnrpRig {
    static final long MS = 1_000_000L;
    static final int SERVER = 0x88888888;
    static final PoolHandle GWC = PoolHandle.of("gwc");

    /** What the registrar said on an association, and when. */
    record Said(int association, EnrpMessage message, long atNs) {
    }

    /** An endpoint that remembers; association n comes from 10.0.0.n. */
    private final class Port extends UnwiredEndpoint {
        private final int port;
        private final boolean enrp;
        private final Set<Integer> up = new HashSet<>();

        Port(final int port, final boolean enrp) {
            this.port = port;
            this.enrp = enrp;
        }

        @Override
        public SendStatus send(final int association, final int stream, final int ppid, final boolean unordered,
            final long lifetimeNs, final byte[] buffer, final int offset, final int length, final long atNs) {
            if (!up.contains(association)) {
                return SendStatus.CLOSED;
            }
            final byte[] octets = Arrays.copyOfRange(buffer, offset, offset + length);
            if (enrp) {
                said.add(new Said(association, parsed(octets), atNs));
            } else {
                toElements.add(octets);
            }
            return SendStatus.ACCEPTED;
        }

        /** Nobody is reached but who is {@link #answering}: peers and elements come to us. */
        @Override
        public int connect(final SctpAddress remote, final long atNs) {
            called.add(remote);
            final int association = 100 + remote.hosts().get(0).getAddress()[3];
            if (!enrp || !answering.contains(association - 100) || !up.add(association)) {
                return 0;
            }
            dialled.add(association);
            return association;
        }

        @Override
        public void abort(final int association, final long atNs) {
            aborted.add(association);
            up.remove(association);
        }

        @Override
        public int associationWith(final SctpAddress remote) {
            return 0;
        }

        @Override
        public List<PathStatus> paths(final int association) {
            return List.of(new PathStatus(host(association), host(association), 0, PathState.values()[0], true, 0, 0,
                0, 0, 0));
        }

        @Override
        public SctpAddress localAddress() {
            return SctpAddress.of(AsapRig.ip("10.0.0.200"), port, 9899);
        }
    }

    final List<Said> said = new ArrayList<>();
    final List<byte[]> toElements = new ArrayList<>();
    /** Where the registrar called peers, or tried to. */
    final List<SctpAddress> called = new ArrayList<>();
    /** Peers that the registrar can call, by the last octet of their address; association 100 and more leads there. */
    final Set<Integer> answering = new HashSet<>();
    final List<Integer> aborted = new ArrayList<>();
    /** Calls of the registrar that have not been answered yet, see {@link #connected}. */
    private final List<Integer> dialled = new ArrayList<>();
    final EnrpServer server;
    private final Port asapPort = new Port(3863, false);
    private final Port enrpPort = new Port(EnrpType.PORT, true);
    long nowNs = 1_000_000 * MS;

    EnrpRig(final String settings) {
        this(settings, RegistrarConfig.carrier());
    }

    EnrpRig(final String settings, final RegistrarConfig asap) {
        this(settings, asap, MeshObserver.NONE, List.of());
    }

    /** @param contacts peers that are to be called, by the last octet of their address */
    EnrpRig(final String settings, final RegistrarConfig asap, final MeshObserver observer,
        final List<Integer> contacts) {
        server = new EnrpServer(asap, asapPort, new SplittableRandom(1), SelectionPolicies.standard(),
            MeshSetup.of(EnrpConfig.carrier().withTimers(RegistrarSettings.apply(EnrpTimers.carrier(), settings))
                .withPeers(contacts.stream().map(n -> SctpAddress.of(host(n), EnrpType.PORT, 9899)).toList(), 9899),
                enrpPort).withServerId(SERVER).withObserver(observer));
        server.onStart(nowNs);
        pass(0);
    }

    private static java.net.InetAddress host(final int association) {
        return AsapRig.ip("10.0.0." + association);
    }

    private static EnrpMessage parsed(final byte[] octets) {
        try {
            return new EnrpReader().read(ByteBuffer.wrap(octets));
        } catch (final MalformedException e) {
            throw new AssertionError(e);
        }
    }

    /** Somebody opens an association to the ENRP port. */
    EnrpRig up(final int association) {
        enrpPort.up.add(association);
        server.sctpListener(1).onAssociationUp(association, SctpAddress.of(host(association), EnrpType.PORT, 9899),
            true, 10, 10, nowNs);
        return this;
    }

    void down(final int association) {
        enrpPort.up.remove(association);
        server.sctpListener(1).onAssociationDown(association, DownCause.SHUTDOWN, List.of(), nowNs);
    }

    /** What the registrar called is up. */
    void connected() {
        for (final int association : List.copyOf(dialled)) {
            server.sctpListener(1).onAssociationUp(association, SctpAddress.of(host(association - 100), EnrpType.PORT,
                9899), false, 10, 10, nowNs);
        }
        dialled.clear();
    }

    /** A message comes in. @return what was said because of it */
    List<Said> hear(final int association, final EnrpMessage message) {
        said.clear();
        final ParameterWriter out = new ParameterWriter(70_000);
        message.write(out);
        server.sctpListener(1).onMessage(association, 0, EnrpType.PPID, false, out.buffer(), 0, out.finish(), nowNs);
        return List.copyOf(said);
    }

    /** A registrar at that association says PRESENCE. */
    List<Said> presence(final int association, final int id, final int checksum) {
        return hear(association, new Presence(id, SERVER, false, checksum, new ServerInformation(id,
            TransportParameter.sctp(EnrpType.PORT, 0, List.of(host(association))))));
    }

    /** Asks for a page. @return it, or null if it was not answered */
    HandleTableResponse page(final int association, final int id, final boolean ownedOnly) {
        return of(HandleTableResponse.class, hear(association, new HandleTableRequest(id, SERVER, ownedOnly)))
            .stream().findFirst().orElse(null);
    }

    static <T> List<T> of(final Class<T> type, final List<Said> all) {
        return all.stream().map(Said::message).filter(type::isInstance).map(type::cast).toList();
    }

    static PoolElementParameter element(final int id, final int home) {
        final byte[] transport = TransportParameter.sctp(2905, 0, List.of(host(9))).octets();
        return AsapRig.element(id, "10.0.0.9", PolicyType.ROUND_ROBIN).withHome(home).withAsapTransport(transport);
    }

    static HandleUpdate update(final int from, final int id, final int home) {
        return new HandleUpdate(from, SERVER, false, HandleUpdate.ADD_PE, GWC, element(id, home));
    }

    /** An element registers over an association with the ASAP port. */
    void register(final int association, final int id) {
        asapPort.up.add(association);
        server.onAssociationUp(association, SctpAddress.of(host(association), 2905, 9899), true, 10, 10, nowNs);
        final ParameterWriter out = new ParameterWriter(70_000).message(AsapType.REGISTRATION, 0);
        GWC.write(out);
        AsapRig.element(id, association).write(out);
        server.onMessage(association, 0, 11, false, out.buffer(), 0, out.finish(), nowNs);
    }

    /** Lets time pass, deadline by deadline. @return what was said meanwhile */
    List<Said> pass(final long ns) {
        said.clear();
        final long end = nowNs + ns;
        while (server.nextDeadlineNs() <= end) {
            nowNs = Math.max(nowNs, server.nextDeadlineNs());
            server.onDeadline(nowNs);
        }
        nowNs = end;
        return List.copyOf(said);
    }

    long count(final EnrpCounter counter) {
        return server.meshCounters().get(counter);
    }
}
