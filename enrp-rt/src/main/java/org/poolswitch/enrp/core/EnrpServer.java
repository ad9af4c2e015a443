// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.util.List;
import java.util.random.RandomGenerator;
import org.poolswitch.asap.wire.AsapType;
import org.poolswitch.observe.Counters;
import org.poolswitch.rserpool.SelectionPolicies;
import org.poolswitch.runtime.AnnouncementPort;
import org.poolswitch.runtime.NodeMachine;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.UndeliveredMessage;

/** A registrar (ENRP server, RFC 5353) as a machine: the hub of its two halves, ASAP and ENRP. */
public final class EnrpServer implements NodeMachine, SctpListener {
    private final Counters counters = new Counters(RegistrarCounter.class);
    private final Counters meshCounters = new Counters(EnrpCounter.class);
    private final AsapServer asap;
    /** Null for a registrar that has no peers. */
    private final Mesh mesh;
    private final Announcer announcer;
    /** Null for a registrar that has no peers: it serves from the start. */
    private final HeldRequests held;

    /** A registrar without peers, with the standards' selection policies. */
    public EnrpServer(final RegistrarConfig config, final SctpEndpoint endpoint, final RandomGenerator random) {
        this(config, endpoint, random, SelectionPolicies.standard());
    }

    /**
     * A registrar without peers.
     *
     * @param random   secure in production, seeded in simulation
     * @param policies the selection policies to serve
     */
    public EnrpServer(final RegistrarConfig config, final SctpEndpoint endpoint, final RandomGenerator random,
        final SelectionPolicies policies) {
        this(config, endpoint, random, policies, null);
    }

    /**
     * One of several registrars.
     *
     * @param endpoint its ASAP port
     * @param setup    its ENRP port and what goes with it; null = no peers
     */
    public EnrpServer(final RegistrarConfig config, final SctpEndpoint endpoint, final RandomGenerator random,
        final SelectionPolicies policies, final MeshSetup setup) {
        final int id = identifier(setup, random);
        asap = new AsapServer(config, id, endpoint, random, policies, counters);
        if (setup == null) {
            mesh = null;
            announcer = null;
            held = null;
            return;
        }
        final MeshShared shared = new MeshShared(setup.config(), id, setup.endpoint().localAddress(),
            asap.handlespace(), new PeerTable(setup.config().timers().maxPeers()), new PeerLinks(setup.endpoint(),
            meshCounters), meshCounters, random, setup.journal(), setup.observer());
        mesh = new Mesh(shared, asap, config.rates());
        held = new HeldRequests(setup.config().timers(), meshCounters);
        announcer = new Announcer(shared, endpoint.localAddress(), setup, mesh);
    }

    private static int identifier(final MeshSetup setup, final RandomGenerator random) {
        int id = setup == null ? 0 : setup.serverId();
        if (id == 0 && setup != null) {
            id = setup.journal().identifier();
        }
        while (id == 0) {
            id = random.nextInt();
        }
        return id;
    }

    /** This server's identifier: random, not 0, and kept over a restart only by a journal (RFC 5353 section 3.2.1). */
    public int identifier() {
        return asap.serverId();
    }

    /** The half towards elements and users. */
    public AsapServer asap() {
        return asap;
    }

    /** What happened between it and elements and users, so far. */
    public Counters counters() {
        return counters;
    }

    /** What happened among registrars so far. */
    public Counters meshCounters() {
        return meshCounters;
    }

    /** Gauge: pools. */
    public int pools() {
        return asap.handlespace().pools();
    }

    /** Gauge: elements of all pools. */
    public int elements() {
        return asap.handlespace().elements();
    }

    /** Gauge: elements whose home this server is. */
    public int ownedElements() {
        return asap.handlespace().owned(identifier());
    }

    /** Gauge: other registrars that this one knows. */
    public int peers() {
        return mesh == null ? 0 : mesh.peers();
    }

    /** Whether it has found its peers, or waited long enough for them. */
    public boolean isInService() {
        return mesh == null || mesh.isInService();
    }

    // ---- the driver ---------------------------------------------------------------------------------------------

    @Override
    public void onStart(final long nowNs) {
        if (mesh != null) {
            mesh.onStart(announcer.hearsPeers(), nowNs);
            announcer.onStart(nowNs);
        }
    }

    @Override
    public SctpListener sctpListener() {
        return this;
    }

    @Override
    public SctpListener sctpListener(final int port) {
        return port == 0 || mesh == null ? this : mesh;
    }

    @Override
    public List<AnnouncementPort> announcementPorts() {
        return announcer == null ? List.of() : announcer.ports();
    }

    @Override
    public void beginDrain(final long nowNs) {
        if (mesh != null) {
            announcer.stop();
            mesh.leaving().begin(nowNs);
        }
    }

    @Override
    public boolean isDrained() {
        return mesh == null || mesh.leaving().isDone();
    }

    @Override
    public void onClockJump(final long pausedNs, final long nowNs) {
        asap.onClockJump(nowNs);
        if (mesh != null) {
            mesh.onClockJump(nowNs);
        }
    }

    @Override
    public long nextDeadlineNs() {
        return mesh == null ? asap.nextDeadlineNs()
            : Math.min(Math.min(asap.nextDeadlineNs(), held.nextDeadlineNs(mesh.isInService())),
                Math.min(mesh.nextDeadlineNs(), announcer.nextDeadlineNs()));
    }

    @Override
    public void onDeadline(final long nowNs) {
        release(nowNs);
        asap.onDeadline(nowNs);
        if (mesh != null) {
            mesh.onDeadline(nowNs);
            announcer.onDeadline(mesh.isInService(), nowNs);
        }
    }

    // ---- the ASAP port ------------------------------------------------------------------------------------------

    @Override
    public void onMessage(final int association, final int stream, final int ppid, final boolean unordered,
        final byte[] buffer, final int offset, final int length, final long nowNs) {
        // an element's answer to a keep-alive decides about what the journal remembers, so it cannot wait
        if (mesh != null && !mesh.isInService() && (length == 0
            || buffer[offset] != AsapType.ENDPOINT_KEEP_ALIVE_ACK)) {
            held.add(association, stream, ppid, unordered, buffer, offset, length);
            return;
        }
        release(nowNs);
        asap.onMessage(association, stream, ppid, unordered, buffer, offset, length, nowNs);
    }

    private void release(final long nowNs) {
        if (held != null && !held.isEmpty() && mesh.isInService()) {
            held.release(asap, nowNs);
        }
    }

    @Override
    public void onAssociationUp(final int association, final SctpAddress remote, final boolean incoming,
        final int outStreams, final int inStreams, final long nowNs) {
        asap.onAssociationUp(association, remote, incoming, outStreams, inStreams, nowNs);
    }

    @Override
    public void onAssociationDown(final int association, final DownCause cause,
        final List<UndeliveredMessage> undelivered, final long nowNs) {
        if (held != null && !held.isEmpty()) {
            held.onDown(association);
        }
        asap.onAssociationDown(association, cause, undelivered, nowNs);
    }
}
