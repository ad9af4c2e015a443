// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import com.sun.nio.sctp.Association;
import com.sun.nio.sctp.AssociationChangeNotification;
import com.sun.nio.sctp.MessageInfo;
import com.sun.nio.sctp.PeerAddressChangeNotification;
import com.sun.nio.sctp.PeerAddressChangeNotification.AddressChangeEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.PathState;
import org.poolswitch.sctp.PathStatus;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SendStatus;

/** One kernel association: what its user wants goes to the kernel, what the kernel says becomes events. */
final class KernelAssociation implements KernelChannel.Owner {
    private final KernelSctpEndpoint endpoint;
    private final KernelAgenda agenda;
    private final KernelConfig config;
    private final boolean incoming;
    private final KernelLife life;
    private final KernelOutput output;
    private final KernelPaths paths;
    private final Reassembly reassembly;
    private KernelChannel channel;
    private SctpAddress remote;
    private int id;
    private int outStreams;
    private long heardNs = Long.MIN_VALUE;

    KernelAssociation(final KernelSctpEndpoint endpoint, final KernelAgenda agenda, final KernelConfig config,
        final int id, final SctpAddress remote, final boolean incoming) {
        this.endpoint = endpoint;
        this.agenda = agenda;
        this.config = config;
        this.id = id;
        this.remote = remote;
        this.incoming = incoming;
        this.life = new KernelLife(this, agenda, config);
        this.output = new KernelOutput(this, agenda, config);
        this.paths = new KernelPaths(endpoint.localAddress().hosts());
        this.reassembly = new Reassembly(config.maxMessageOctets());
    }

    /** The socket that is used from now on; a set-up may try several. */
    void attach(final KernelChannel newChannel) {
        channel = newChannel;
        channel.setOwner(this);
    }

    int id() {
        return id;
    }

    KernelLife life() {
        return life;
    }

    long heardNs() {
        return heardNs;
    }

    List<PathStatus> paths() {
        return life.isUp() ? paths.status() : List.of();
    }

    /** True while no path works. */
    boolean isSuspect() {
        return paths.isNoneActive();
    }

    boolean setPrimary(final InetAddress host) {
        if (!life.isUp() || !paths.knows(host)
            || !channel.setPrimary(new InetSocketAddress(host, remote.port()))) {
            return false;
        }
        // the kernel's notification of it comes later
        paths.onEvent(host, AddressChangeEvent.ADDR_MADE_PRIMARY);
        return true;
    }

    SendStatus send(final int stream, final int ppid, final boolean unordered, final long lifetimeNs,
        final byte[] buffer, final int offset, final int length, final long nowNs) {
        if (!life.takesMessages()) {
            return SendStatus.CLOSED;
        }
        final int streams = life.isUp() ? outStreams : config.streams();
        final SendStatus status = stream < streams
            ? output.add(stream, ppid, unordered, lifetimeNs, buffer, offset, length, nowNs) : SendStatus.INVALID;
        if (status == SendStatus.ACCEPTED) {
            agenda.due(output.nextExpiryNs());
            agenda.dirty(this);
        }
        return status;
    }

    void shutdown(final long nowNs) {
        life.shutdown(output.isEmpty(), nowNs);
    }

    /** Gives the kernel what is new. */
    void flush(final long nowNs) {
        output.abandon(nowNs);
        if (!output.isEmpty()) {
            if (life.mayWrite()) {
                channel.requestWrite();
            }
        } else if (life.wantsShutdown()) {
            life.onShutdownStarted();
            try {
                channel.startShutdown();
            } catch (final IOException e) {
                life.onError(e);
            }
        }
    }

    long deadlineNs() {
        return Math.min(life.deadlineNs(), output.nextExpiryNs());
    }

    void onDeadline(final long nowNs) {
        output.abandon(nowNs);
        // what waited behind an abandoned message may go
        agenda.dirty(this);
        life.onDeadline(nowNs);
    }

    void onActive() {
        if (!life.isConnecting()) {
            return;
        }
        final Association association = channel.association();
        if (association == null) {
            life.onConnectFailed();
            return;
        }
        life.onUp();
        reportUp(association);
        flush(heardNs);
    }

    private void reportUp(final Association association) {
        heardNs = System.nanoTime();
        outStreams = association.maxOutboundStreams();
        output.onStreams(outStreams);
        final InetAddress primary = channel.primary();
        paths.reset(channel.remoteHosts(), primary == null ? remote.host() : primary);
        remote = new SctpAddress(paths.hosts(), remote.port(), 0);
        agenda.event(KernelEvent.up(id, remote, incoming, outStreams, association.maxInboundStreams()));
    }

    /**
     * The kernel keeps the socket; for us the old association is gone and another has come. What the peer had not
     * acknowledged has been handed back just before (RFC 9260 section 5.2.4.1).
     */
    private void restart(final Association association) {
        if (!life.isUp()) {
            return;
        }
        agenda.event(KernelEvent.down(id, DownCause.PEER_RESTARTED, output.undelivered()));
        output.reset();
        reassembly.reset();
        life.onRestart();
        id = endpoint.renumber(this);
        reportUp(association);
    }

    /** Those of our addresses that the kernel has in this association. */
    List<InetAddress> localHosts() {
        final List<InetAddress> ours = endpoint.localAddress().hosts();
        final List<InetAddress> kept = new ArrayList<>(ours);
        if (life.isUp()) {
            kept.retainAll(channel.localHosts());
        }
        // none: bound to the wildcard, or ended just now
        return kept.isEmpty() ? ours : kept;
    }

    /** The close of the socket that follows is an ABORT. */
    void makeCloseAbortive() {
        try {
            channel.makeCloseAbortive();
        } catch (final IOException e) {
            endpoint.trouble("SO_LINGER", e);
        }
    }

    /**
     * It is over.
     *
     * @param told true if the kernel has handed back all that is lost
     */
    void down(final DownCause cause, final boolean told) {
        endpoint.remove(this);
        agenda.remove(this);
        agenda.event(KernelEvent.down(id, cause, told ? output.undelivered() : output.guessUndelivered(heardNs)));
        channel.close();
    }

    void read() {
        channel.read();
    }

    /** All that the kernel had to say for now has been read. */
    void onReadComplete() {
        if (life.isUp()) {
            output.reportGivenUp();
        }
    }

    @Override
    public boolean takesMore() {
        final boolean takes = agenda.takesMore();
        if (!takes) {
            // what the kernel has to say of a loss is left unread as well
            life.onWord();
        }
        return takes;
    }

    @Override
    public boolean onWritable() {
        try {
            if (!output.write(channel, agenda.batchNs())) {
                return false;
            }
        } catch (final IOException e) {
            life.onError(e);
        }
        if (life.wantsShutdown() && output.isEmpty()) {
            agenda.dirty(this);
        }
        return true;
    }

    @Override
    public void onMessage(final MessageInfo info, final ByteBuffer bytes) {
        if (life.isDown()) {
            return;
        }
        heardNs = agenda.batchNs();
        life.onWord();
        final byte[] whole = reassembly.add(info.streamNumber(), info.payloadProtocolID(), info.isUnordered(),
            info.isComplete(), bytes);
        if (whole != null) {
            agenda.event(new KernelEvent.Message(id, info.streamNumber(), info.payloadProtocolID(), info.isUnordered(),
                whole));
        } else if (reassembly.isTooLong()) {
            life.abort(DownCause.PROTOCOL_VIOLATION);
        }
    }

    @Override
    public void onAssociationChange(final AssociationChangeNotification change) {
        switch (change.event()) {
            case COMM_LOST -> life.onOver(isSuspect() ? DownCause.PEER_SILENT : DownCause.PEER_ABORTED);
            case CANT_START -> life.onOver(DownCause.CONNECT_FAILED);
            case SHUTDOWN -> life.onOver(DownCause.SHUTDOWN);
            case RESTART -> restart(change.association());
            default -> heardNs = System.nanoTime();
        }
    }

    @Override
    public void onPathChange(final PeerAddressChangeNotification change) {
        if (!life.isUp() || !(change.address() instanceof InetSocketAddress address)) {
            return;
        }
        final boolean wasSuspect = isSuspect();
        final InetAddress host = KernelChannel.host(address);
        final PathState now = paths.onEvent(host, change.event());
        if (now != null) {
            agenda.event(KernelEvent.path(id, host, now));
        }
        if (isSuspect() != wasSuspect) {
            agenda.event(KernelEvent.suspect(id, !wasSuspect));
            agenda.dirty(this);
        }
    }

    @Override
    public void onSendFailed(final int stream, final ByteBuffer bytes) {
        final byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        output.onFailed(stream, copy);
        life.onWord();
    }

    @Override
    public void onPeerShutdown() {
        heardNs = System.nanoTime();
        life.onPeerShutdown(heardNs);
    }

    @Override
    public boolean onEndOfFile() {
        return life.onEndOfFile();
    }
}
