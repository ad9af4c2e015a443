// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate.node;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.PathState;
import org.poolswitch.sctp.PathStatus;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.UndeliveredMessage;
import org.poolswitch.sim.UnwiredEndpoint;

/** A node's SCTP port on a {@link MessageNetwork}: keeps {@code SctpEndpoint}'s contract without SCTP. */
final class MessagePort extends UnwiredEndpoint {
    /** Streams each way. */
    static final int STREAMS = 1024;
    private static final int MOST_ASSOCIATIONS = 300;
    private static final int LONGEST = 262_144;
    private static final int QUEUE_OCTETS = 262_144;
    private static final long CONNECT_FAILS_NS = 200 * MessageNetwork.MS;
    private static final int OFFSET = 5;
    private static final int FIRST_EPHEMERAL = 49_152;

    /** One end of an association. */
    private static final class End {
        final int id;
        final MessagePort port;
        final SctpAddress remote;
        /** Null while nobody has answered. */
        End other;
        boolean up;
        boolean gone;
        /** Its user reads nothing. */
        boolean deaf;
        long heardNs = Long.MIN_VALUE;
        boolean wasFull;
        /** Sent by this end and not read at the other. */
        final List<UndeliveredMessage> waiting = new ArrayList<>();
        int octets;

        End(final int id, final MessagePort port, final SctpAddress remote) {
            this.id = id;
            this.port = port;
            this.remote = remote;
        }
    }

    private final MessageNetwork network;
    private final MessageNetwork.Node node;
    private final int index;
    private final SctpAddress local;
    private final Map<Integer, End> ends = new LinkedHashMap<>();

    MessagePort(final MessageNetwork network, final MessageNetwork.Node node, final int index,
        final SctpAddress local) {
        this.network = network;
        this.node = node;
        this.index = index;
        this.local = local;
    }

    MessageNetwork.Node node() {
        return node;
    }

    private SctpListener listener() {
        return node.machine.sctpListener(index);
    }

    /** Identifiers of the associations that exist. */
    List<Integer> associations() {
        return new ArrayList<>(ends.keySet());
    }

    /** Where an association leads. */
    MessagePort peerOf(final int association) {
        final End end = ends.get(association);
        return end == null || end.other == null ? null : end.other.port;
    }

    /** This side stops to read, or begins again. */
    void setDeaf(final int association, final boolean deaf) {
        final End end = ends.get(association);
        if (end != null && end.other != null) {
            end.deaf = deaf;
            deliver(end.other);
        }
    }

    @Override
    public int connect(final SctpAddress remote, final long nowNs) {
        if (ends.size() >= MOST_ASSOCIATIONS) {
            return CONNECT_FULL;
        }
        final End end = new End(network.newAssociation(), this, remote);
        ends.put(end.id, end);
        final MessagePort there = network.at(remote);
        if (there == null || there == this || there.ends.size() >= MOST_ASSOCIATIONS) {
            network.after(CONNECT_FAILS_NS, () -> end(end, DownCause.CONNECT_FAILED));
            return end.id;
        }
        network.after(2 * MessageNetwork.DELAY_NS, () -> established(end, there));
        return end.id;
    }

    private void established(final End end, final MessagePort there) {
        if (end.gone) {
            return;
        }
        final End other = new End(network.newAssociation(), there, SctpAddress.of(local.host(),
            FIRST_EPHEMERAL + end.id % (65_536 - FIRST_EPHEMERAL), local.encapsulationPort()));
        there.ends.put(other.id, other);
        other.other = end;
        end.other = other;
        up(other, true);
        up(end, false);
    }

    private void up(final End end, final boolean incoming) {
        if (!end.gone) {
            end.up = true;
            end.heardNs = network.nowNs();
            end.port.node.input("association up", null, () -> end.port.listener().onAssociationUp(end.id, end.remote,
                incoming, STREAMS, STREAMS, network.nowNs()));
            deliver(end);
        }
    }

    @Override
    public SendStatus send(final int association, final int stream, final int ppid, final boolean unordered,
        final long lifetimeNs, final byte[] buffer, final int offset, final int length, final long nowNs) {
        final End end = ends.get(association);
        if (end == null) {
            return SendStatus.CLOSED;
        }
        if (length < 1 || length > LONGEST || stream < 0 || stream >= STREAMS || lifetimeNs < 1) {
            return SendStatus.INVALID;
        }
        if (end.octets + length > QUEUE_OCTETS && !end.waiting.isEmpty()) {
            end.wasFull = true;
            return SendStatus.FULL;
        }
        end.waiting.add(new UndeliveredMessage(stream, ppid, unordered, end.up,
            Arrays.copyOfRange(buffer, offset, offset + length)));
        end.octets += length;
        deliver(end);
        return SendStatus.ACCEPTED;
    }

    /** What waits at one end goes to the other, if somebody reads there. */
    private void deliver(final End from) {
        if (from.up) {
            network.after(MessageNetwork.DELAY_NS, () -> arrive(from));
        }
    }

    private void arrive(final End from) {
        while (!from.gone && !from.other.gone && !from.other.deaf && !from.waiting.isEmpty()) {
            final UndeliveredMessage message = from.waiting.remove(0);
            from.octets -= message.payload().length;
            final End to = from.other;
            to.heardNs = network.nowNs();
            from.heardNs = network.nowNs();
            network.tap().on(from.port.node, to.port.node, message.ppid(), message.payload())
                .forEach(payload -> hand(to, message, payload));
        }
        if (from.wasFull && !from.gone && from.waiting.isEmpty()) {
            from.wasFull = false;
            from.port.node.input("sendable", null,
                () -> from.port.listener().onSendable(from.id, network.nowNs()));
        }
    }

    private void hand(final End to, final UndeliveredMessage message, final byte[] payload) {
        if (!to.gone && payload.length > 0) {
            final byte[] buffer = new byte[payload.length + 2 * OFFSET];
            System.arraycopy(payload, 0, buffer, OFFSET, payload.length);
            to.port.node.input("port " + to.port.local.port() + " PPID " + message.ppid(), payload,
                () -> to.port.listener().onMessage(to.id, message.stream(), message.ppid(), message.unordered(),
                    buffer, OFFSET, payload.length, network.nowNs()));
        }
    }

    private void end(final End end, final DownCause cause) {
        if (end.gone) {
            return;
        }
        end.gone = true;
        end.port.ends.remove(end.id);
        final List<UndeliveredMessage> back = List.copyOf(end.waiting);
        end.waiting.clear();
        end.port.node.input("association down", null, () -> end.port.listener().onAssociationDown(end.id, cause, back,
            network.nowNs()));
    }

    private void over(final int association, final DownCause here, final DownCause there) {
        final End end = ends.get(association);
        if (end != null) {
            network.after(0, () -> end(end, here));
            network.after(MessageNetwork.DELAY_NS, () -> {
                if (end.other != null) {
                    end(end.other, there);
                }
            });
        }
    }

    @Override
    public void shutdown(final int association, final long nowNs) {
        over(association, DownCause.SHUTDOWN, DownCause.SHUTDOWN);
    }

    @Override
    public void abort(final int association, final long nowNs) {
        over(association, DownCause.LOCAL_ABORT, DownCause.PEER_ABORTED);
    }

    @Override
    public long lastHeardNs(final int association) {
        final End end = ends.get(association);
        return end == null ? Long.MIN_VALUE : end.heardNs;
    }

    @Override
    public void probe(final int association, final long nowNs) {
        final End end = ends.get(association);
        if (end != null && end.up) {
            // a peer's SCTP answers, whatever its user does
            network.after(2 * MessageNetwork.DELAY_NS, () -> end.heardNs = network.nowNs());
        }
    }

    @Override
    public List<PathStatus> paths(final int association) {
        final End end = ends.get(association);
        return end == null ? List.of() : end.remote.hosts().stream().map(host -> new PathStatus(local.host(), host,
            local.encapsulationPort(), PathState.ACTIVE, true, MessageNetwork.MS, MessageNetwork.MS, -1, -1, 0))
            .toList();
    }

    @Override
    public SctpAddress localAddress() {
        return local;
    }
}
